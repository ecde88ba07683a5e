/**
 * The first row of a CSV file: its column names, and with them what parts its cells.
 *
 * In: the first bytes of the file. Out: where text and id are, where the rows begin; or the problem that
 * makes the file unreadable. The delimiter is the first of comma, semicolon and tab under which a column
 * has the name of the text field; a .tsv file has tabs.
 */
import { parse } from 'csv-parse/sync'
import type { Problem } from '../index.ts'
import { csvRows } from './csv-rows.ts'
import { fieldNames, type RecordKeys } from './json-record.ts'
import { malformed } from './problems.ts'
import { isMarked, wrongByte } from './text-bytes.ts'

export interface CsvHeader {
  /** One byte. */
  readonly delimiter: number
  /** From 0. */
  readonly textColumn: number
  /** −1 where there is none. */
  readonly idColumn: number
  /** Where the first row of data begins. */
  readonly offset: number
  readonly line: number
}

/** A header row that is longer belongs to no table anybody made. */
export const HEADER_BYTES = 65_536
const DELIMITERS = [',', ';', '\t'] as const

/** `head`: the first HEADER_BYTES of the file called `name`, or all of it. */
export async function csvHeader(
  head: Uint8Array,
  name: string,
  keys: RecordKeys,
): Promise<CsvHeader | { readonly problem: Problem }> {
  const marked = isMarked(head) ? 3 : 0
  const own = head.subarray(marked)
  const tabs = name.toLowerCase().endsWith('.tsv')
  let seen: readonly string[] = []
  for (const delimiter of tabs ? (['\t'] as const) : DELIMITERS) {
    const row = await firstRow(own, delimiter)
    if (row === undefined) continue
    const names = headerNames(row.bytes, delimiter)
    if (names.length > seen.length) seen = names
    const textColumn = names.indexOf(keys.textKey)
    if (textColumn === -1) continue
    return {
      delimiter: delimiter.charCodeAt(0),
      textColumn,
      idColumn: names.indexOf(keys.idKey),
      offset: row.next + marked,
      line: row.nextLine,
    }
  }
  const problem = malformed(
    seen.length === 0 ? 'there is no row of column names' : `no column is called "${keys.textKey}"`,
    `name the column that holds the text with --text-key (there are: ${fieldNames(seen)})`,
  )
  return { problem }
}

function headerNames(row: Uint8Array, delimiter: string): readonly string[] {
  const rows: unknown = parse(Buffer.from(row), { delimiter, record_delimiter: '\n', relax_quotes: true })
  const cells: unknown = Array.isArray(rows) ? rows[0] : undefined
  return Array.isArray(cells) ? cells.map(String) : []
}

async function firstRow(head: Uint8Array, delimiter: string) {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield head
  }
  for await (const row of csvRows(once(), delimiter.charCodeAt(0), HEADER_BYTES)) {
    const whole = row.state === 'whole' && (row.next < head.length || head.length < HEADER_BYTES - 3)
    return whole && wrongByte(row.bytes) === undefined ? row : undefined
  }
  return undefined
}
