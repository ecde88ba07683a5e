/**
 * A file that is one document to its one record: bytes as they are, decoded by whoever analyses them.
 *
 * In: how to get its bytes. Out: one BatchRecord; never more than the limit is held, whatever the file
 * says about its length.
 */
import { tooLarge } from './problems.ts'
import type { Opening } from './read-jsonl.ts'
import { type BatchRecord, END_OF_SHARD } from './shapes.ts'

/** `fileName` has the ending that tells the format: that of the shard without .gz or .zst. */
export async function* readDocument(opening: Opening, fileName: string): AsyncGenerator<BatchRecord> {
  const { name, maxBytes, number } = opening
  if (number > 0) return
  const place = { number, id: name, start: 0, next: END_OF_SHARD }
  const content = await wholeBytes(opening.bytes(0), maxBytes)
  if (content === undefined)
    yield { ...place, state: 'failed', problem: tooLarge('the file', undefined, maxBytes) }
  else yield { ...place, state: 'read', name: fileName, format: 'auto', content }
}

/** All bytes, or undefined where they are more than `maxBytes`. */
export async function wholeBytes(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > maxBytes) return undefined
    parts.push(Buffer.from(chunk))
  }
  return Buffer.concat(parts, size)
}
