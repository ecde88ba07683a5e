/**
 * A shard of CSV to its records, one a row below the column names, from any record on.
 *
 * In: how to get its bytes. Out: BatchRecords in order. A row that cannot be read is a record with its
 * problem; where a quotation mark makes rows indistinguishable, one such record stands for the rest.
 */
import { cellText, csvCells } from './csv-cells.ts'
import { type CsvHeader, csvHeader, HEADER_BYTES } from './csv-header.ts'
import { type CsvRow, csvRows } from './csv-rows.ts'
import type { RecordKeys } from './json-record.ts'
import { malformed, tooLarge } from './problems.ts'
import type { Opening } from './read-jsonl.ts'
import { type BatchRecord, END_OF_SHARD } from './shapes.ts'
import { wrongByte } from './text-bytes.ts'

type Outcome =
  | { readonly state: 'read'; readonly id: string; readonly content: string }
  | Pick<Extract<BatchRecord, { state: 'failed' }>, 'state' | 'id' | 'problem'>

export async function* readCsv(opening: Opening, keys: RecordKeys): AsyncGenerator<BatchRecord> {
  const { name, maxBytes } = opening
  const { head, chunks } = await headOf(opening.bytes(0))
  const header = await csvHeader(head, name, keys)
  let { number } = opening
  if ('problem' in header) {
    if (number === 0 && head.length > 0)
      yield {
        state: 'failed',
        number,
        id: `${name}:1`,
        problem: header.problem,
        start: 0,
        next: END_OF_SHARD,
      }
    return
  }
  const from = opening.offset > header.offset ? opening : header
  const again = from === opening && !opening.once
  if (again) await chunks.return(undefined)
  const bytes = again ? opening.bytes(from.offset) : behind(chunks, from.offset)
  for await (const row of csvRows(bytes, header.delimiter, maxBytes, from)) {
    const { start, nextLine } = row
    const next = row.state === 'broken' ? END_OF_SHARD : row.next
    const outcome = answer(row, `${name}:${row.line}`, header, keys, maxBytes)
    const place = { number, start, next, nextLine }
    yield outcome.state === 'failed' ? { ...place, ...outcome } : { ...place, ...outcome, format: 'auto' }
    number += 1
  }
}

function answer(row: CsvRow, place: string, header: CsvHeader, keys: RecordKeys, maxBytes: number): Outcome {
  const { line } = row
  const failed = (message: string, fix: string): Outcome => ({
    state: 'failed',
    id: place,
    problem: malformed(message, fix),
  })
  if (row.state === 'too-long') {
    return { state: 'failed', id: place, problem: tooLarge(`the row on line ${line}`, row.size, maxBytes) }
  }
  if (row.state === 'broken') {
    return failed(`${row.fact}: nothing from line ${line} on can be read`, 'repair the quotation marks there')
  }
  const wrong = wrongByte(row.bytes)
  if (wrong !== undefined) {
    const fact = wrong.kind === 'NUL' ? 'holds a NUL byte' : 'is not UTF-8'
    return failed(
      `the row on line ${line} ${fact} (at its byte ${wrong.at + 1})`,
      'convert the file to UTF-8 first',
    )
  }
  const { bytes } = row
  const cells = csvCells(bytes, header.delimiter)
  const [text, id] = [cells[header.textColumn], cells[header.idColumn]]
  if (text === undefined)
    return failed(
      `the row on line ${line} has ${cells.length === 1 ? '1 cell' : `${cells.length} cells`}; "${keys.textKey}" is column ${header.textColumn + 1}`,
      'complete the row',
    )
  const named = id === undefined ? '' : cellText(bytes, id)
  return { state: 'read', id: named === '' ? place : named, content: cellText(bytes, text) }
}

/** The first bytes, and all bytes again. */
async function headOf(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly chunks: AsyncGenerator<Uint8Array> }> {
  const source = chunks[Symbol.asyncIterator]()
  const parts: Uint8Array[] = []
  let size = 0
  while (size < HEADER_BYTES) {
    const { done, value } = await source.next()
    if (done) break
    parts.push(Buffer.from(value))
    size += value.length
  }
  const first = Buffer.concat(parts, size)
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield first
      for (let more = await source.next(); !more.done; more = await source.next()) yield more.value
    } finally {
      await source.return?.()
    }
  }
  return { head: first.subarray(0, HEADER_BYTES), chunks: all() }
}

async function* behind(chunks: AsyncIterable<Uint8Array>, offset: number): AsyncGenerator<Uint8Array> {
  let skip = offset
  for await (const chunk of chunks) {
    if (skip < chunk.length) yield skip === 0 ? chunk : chunk.subarray(skip)
    skip = Math.max(0, skip - chunk.length)
  }
}
