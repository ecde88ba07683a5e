/**
 * Changes of a text to edits of the CSV row it stands in: its cell changes, everything else stays.
 *
 * In: the bytes of a row, which column, the delimiter. Out: a TextPlace, or undefined where the row has
 * no such cell. A cell in quotation marks is edited inside of them; a bare one as well, unless its new
 * text needs quotation marks: then the cell is written anew as a whole.
 */
import { carriedOut, type TextChange } from './changes.ts'
import { cellText, csvCells } from './csv-cells.ts'
import { editsWithin, type TextPlace, unwritable, utf8Step } from './text-place.ts'

const QUOTE = 0x22
const DOUBLED = { bytes: 2, units: 1 } as const

export function csvPlace(row: Uint8Array, column: number, delimiter: number): TextPlace | undefined {
  const cell = csvCells(row, delimiter)[column]
  if (cell === undefined) return undefined
  const { quoted } = cell
  const text = cellText(row, cell)
  const step = (at: number) => (quoted && row[at] === QUOTE ? DOUBLED : utf8Step(row[at] ?? 0))
  const encoded = (part: string): Buffer => Buffer.from(quoted ? part.replaceAll('"', '""') : part)
  return {
    text,
    edits(changes) {
      const [first, ...more] = changes
      if (first === undefined) return []
      if (!quoted && changes.some((change) => needsQuotes(change, delimiter))) {
        const bytes = Buffer.from(`"${carriedOut(text, changes).replaceAll('"', '""')}"`)
        return [{ at: cell.start, length: cell.end - cell.start, bytes, changes: [first, ...more] }]
      }
      return (
        editsWithin(row, cell, changes, step, encoded) ??
        unwritable('a change falls into the middle of a character', 'report this as a bug')
      )
    },
  }
}

function needsQuotes({ after }: TextChange, delimiter: number): boolean {
  return ['"', '\n', '\r', String.fromCharCode(delimiter)].some((mark) => after.includes(mark))
}
