/**
 * A shard of JSON Lines to its records, one a line, from any record on.
 *
 * In: how to get its bytes. Out: BatchRecords in order; a line that is no document is one too, with its
 * problem. A line longer than allowed is passed over without being held.
 */
import { jsonRecord, type RecordKeys } from './json-record.ts'
import { byteLines } from './lines.ts'
import { tooLarge } from './problems.ts'
import type { BatchRecord } from './shapes.ts'

/** What the readers of this folder share: bytes from `offset` on, and what stands there. */
export interface Opening {
  /** Name of the shard, for ids and messages. */
  readonly name: string
  readonly maxBytes: number
  readonly number: number
  readonly offset: number
  /** Of the line at `offset`. */
  readonly line: number
  /** Bytes can be asked for only once: standard input. */
  readonly once: boolean
  /** Decompressed bytes from an offset on; may throw Broken. */
  bytes(offset: number): AsyncIterable<Uint8Array>
}

export async function* readJsonl(opening: Opening, keys: RecordKeys): AsyncGenerator<BatchRecord> {
  const { name, maxBytes, offset } = opening
  let { number } = opening
  for await (const part of byteLines(opening.bytes(offset), maxBytes, opening)) {
    const { line, start, next } = part
    const place = { number, start, next, nextLine: line + 1 }
    number += 1
    if (part.state === 'too-long') {
      const problem = tooLarge(`line ${line}`, part.size, maxBytes)
      yield { ...place, state: 'failed', id: `${name}:${line}`, problem }
      continue
    }
    const read = jsonRecord(part.bytes, name, line, keys)
    yield read.state === 'failed' ? { ...place, ...read } : { ...place, ...read, format: 'auto' }
  }
}
