/**
 * A row of CSV to its cells, as bytes and as text.
 *
 * In: the bytes of a row that csv-rows.ts told apart, so every quotation mark that opens a cell closes.
 * Out: ranges or texts. Ten times as fast as a parser for whole files, and it knows where a cell lies; a
 * law in the tests holds it against csv-parse.
 */
import type { ByteRange } from './text-place.ts'

export interface Cell extends ByteRange {
  /** In quotation marks, which the range leaves out. */
  readonly quoted: boolean
}

const QUOTE = 0x22

/** Cells in order; `delimiter` is one byte. */
export function csvCells(row: Uint8Array, delimiter: number): readonly Cell[] {
  const cells: Cell[] = []
  let at = 0
  // A delimiter at the end has an empty cell behind it.
  while (at <= row.length) {
    const quoted = row[at] === QUOTE
    const start = quoted ? at + 1 : at
    const end = quoted ? closing(row, start) : foundOrEnd(row, delimiter, start)
    cells.push({ start, end, quoted })
    at = end + (quoted ? 2 : 1)
  }
  return cells
}

/** What a cell says; doubled quotation marks are one. */
export function cellText(row: Uint8Array, { start, end, quoted }: Cell): string {
  const text = Buffer.from(row.buffer, row.byteOffset + start, end - start).toString()
  return quoted ? text.replaceAll('""', '"') : text
}

function closing(row: Uint8Array, from: number): number {
  let at = foundOrEnd(row, QUOTE, from)
  while (row[at + 1] === QUOTE) at = foundOrEnd(row, QUOTE, at + 2)
  return at
}

function foundOrEnd(row: Uint8Array, byte: number, from: number): number {
  const at = row.indexOf(byte, from)
  return at === -1 ? row.length : at
}
