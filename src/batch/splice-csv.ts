/**
 * Changes of a text to edits of the CSV row it stands in: its cell changes, everything else stays.
 *
 * In: the bytes of a row, which column, the delimiter. Out: a TextPlace, or undefined where the row has
 * no such cell. A cell in quotation marks is edited inside of them; a bare one as well, unless its new
 * text needs quotation marks: then the cell is written anew as a whole.
 */
import type { TextChange } from './changes.ts'
import { carriedOut } from './changes.ts'
import { csvCells } from './csv-header.ts'
import { type ByteRange, editsWithin, type TextPlace, unwritable, utf8Step } from './text-place.ts'

const QUOTE = 0x22
const DOUBLED = { bytes: 2, units: 1 } as const

interface Cell extends ByteRange {
  readonly quoted: boolean
}

export function csvPlace(row: Uint8Array, column: number, delimiter: number): TextPlace | undefined {
  const text = csvCells(row, String.fromCharCode(delimiter))[column]
  const cell = cellAt(row, column, delimiter)
  if (text === undefined || cell === undefined || contentOf(row, cell) !== text) return undefined
  const { quoted } = cell
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

/** The inside of cell `column`, quotation marks left out. The row is one that could be read. */
function cellAt(row: Uint8Array, column: number, delimiter: number): Cell | undefined {
  let at = 0
  for (let number = 0; at <= row.length; number++) {
    const quoted = row[at] === QUOTE
    const start = quoted ? at + 1 : at
    let end = start
    if (quoted) {
      while (end < row.length && (row[end] !== QUOTE || row[end + 1] === QUOTE))
        end += row[end] === QUOTE ? 2 : 1
    } else while (end < row.length && row[end] !== delimiter) end += 1
    if (number === column) return { start, end, quoted }
    at = (quoted ? end + 1 : end) + 1
  }
  return undefined
}

function contentOf(row: Uint8Array, { start, end, quoted }: Cell): string {
  const content = Buffer.from(row.subarray(start, end)).toString()
  return quoted ? content.replaceAll('""', '"') : content
}
