/**
 * A shard to its records: the one door to all readers.
 *
 * In: an InputFile, the names of fields and columns, limits, perhaps where to go on. Out: BatchRecords,
 * numbered from 0 without gaps, one after the other; memory holds about one. Nothing is thrown for what
 * an input holds: where a shard cannot be read on, a last record says why.
 */

import { fileBytes } from './decompress.ts'
import { withoutCompression } from './input-kind.ts'
import type { RecordKeys } from './json-record.ts'
import { countLines } from './lines.ts'
import { problemOf } from './problems.ts'
import { readCsv } from './read-csv.ts'
import { readDocument } from './read-document.ts'
import { type Opening, readJsonl } from './read-jsonl.ts'
import { readWarc } from './read-warc.ts'
import { type BatchRecord, END_OF_SHARD, type InputFile, type ReadPosition } from './shapes.ts'

export interface RecordOptions extends RecordKeys {
  /** Longest record, bytes before decoding. */
  readonly maxBytes: number
  /** Goes on here; standard input must begin at its beginning again all the same. */
  readonly from?: ReadPosition
  readonly stdin?: AsyncIterable<Uint8Array>
  /** Decompressed bytes for each compressed one, from which on a file is refused. */
  readonly maxRatio?: number
}

export async function* records(file: InputFile, options: RecordOptions): AsyncGenerator<BatchRecord> {
  const { from = { number: 0, offset: 0, line: 1 }, maxBytes } = options
  if (from.offset >= END_OF_SHARD) return
  const bytes = (offset: number): AsyncGenerator<Uint8Array> => fileBytes(file, { ...options, offset })
  let last = { number: from.number - 1, next: from.offset, nextLine: from.line }
  try {
    const line = from.line ?? (await lineAt(file, from.offset, bytes))
    last = { ...last, nextLine: line }
    const opening: Opening = { name: file.name, maxBytes, ...from, line, bytes, once: file.path === '-' }
    for await (const record of reading(file, opening, options)) {
      last = { number: record.number, next: record.next, nextLine: record.nextLine }
      yield record
    }
  } catch (error) {
    // What was read of the record in hand is given up: half a document would be another document.
    yield {
      state: 'failed',
      number: last.number + 1,
      id: placeOf(file, last),
      problem: problemOf(error),
      start: last.next,
      next: END_OF_SHARD,
    }
  }
}

function reading(file: InputFile, opening: Opening, options: RecordOptions): AsyncGenerator<BatchRecord> {
  switch (file.container) {
    case 'jsonl':
      return readJsonl(opening, options)
    case 'csv':
      return readCsv(opening, options)
    case 'warc':
      return readWarc(opening)
    case 'document':
      return readDocument(opening, withoutCompression(file.name))
  }
}

const placeOf = (
  file: InputFile,
  { next, nextLine }: { next: number; nextLine: number | undefined },
): string => {
  if (file.container === 'document') return file.name
  return file.container === 'warc' ? `${file.name}@${next}` : `${file.name}:${nextLine ?? 1}`
}

/** Line number of the first byte at `offset`, by counting. */
async function lineAt(
  file: InputFile,
  offset: number,
  bytes: (offset: number) => AsyncIterable<Uint8Array>,
): Promise<number> {
  if (offset === 0 || file.path === '-' || file.container === 'warc' || file.container === 'document')
    return 1
  async function* before(): AsyncGenerator<Uint8Array> {
    let left = offset
    for await (const chunk of bytes(0)) {
      yield chunk.subarray(0, left)
      left -= chunk.length
      if (left <= 0) return
    }
  }
  return 1 + (await countLines(before()))
}
