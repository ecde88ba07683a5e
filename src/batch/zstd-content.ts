/**
 * Zstandard bytes to the bytes they hold, block by block.
 *
 * In: compressed chunks, any number of frames. Out: at most 128 KiB at a time. The frames are walked
 * here (RFC 8878, section 3.1) and handed to the decompressor one block after the other: so a small file
 * cannot ask for a window of gigabytes, a push cannot give more than a block, and a file that was cut
 * short is told from one that ended. Checksums are not verified.
 */
import { Decompress } from 'fzstd'
import { type ByteReader, byteReader } from './byte-reader.ts'
import { Broken } from './problems.ts'

/** What zstd itself refuses to decompress without being asked. */
const MAX_WINDOW = 1 << 27
const MAX_BLOCK = 1 << 17
const MAGIC = 0xfd2fb528
/** Sixteen magic numbers, of which the last four bits are free. */
const SKIPPABLE = 0x184d2a50

const broken = (fact: string, fix = 'fetch it again'): Broken =>
  new Broken({ kind: 'unreadable', message: `the zstd data cannot be read on: ${fact}`, fix })

export async function* zstdContent(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = byteReader(chunks)
  while (true) {
    const magic = await input.take(4)
    if (magic === undefined) {
      if (input.held() > 0) throw broken('it ends in the middle (cut short)')
      return
    }
    const number = magic.readUInt32LE(0)
    if ((number & 0xfffffff0) >>> 0 === SKIPPABLE) {
      const size = (await needed(input, 4)).readUInt32LE(0)
      if ((await input.skip(size)) < size) throw broken('it ends in the middle (cut short)')
    } else if (number === MAGIC) yield* frame(magic, input)
    else throw broken('this is no zstd frame', 'check that the file is what its name says')
  }
}

async function* frame(magic: Buffer, input: ByteReader): AsyncGenerator<Uint8Array> {
  const descriptor = (await needed(input, 1))[0] ?? 0
  const singleSegment = (descriptor & 0x20) !== 0
  const sizeFlag = descriptor >> 6
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const sizeBytes = sizeFlag === 0 ? (singleSegment ? 1 : 0) : 1 << sizeFlag
  const rest = await needed(input, (singleSegment ? 0 : 1) + dictionaryBytes + sizeBytes)
  if (
    dictionaryBytes > 0 &&
    rest.subarray(singleSegment ? 0 : 1).some((byte, at) => at < dictionaryBytes && byte)
  )
    throw broken('it needs a dictionary', 'decompress it first')
  if (windowBytes(rest, singleSegment, sizeBytes) > MAX_WINDOW)
    throw broken(`it needs a window of more than ${MAX_WINDOW} bytes`, 'decompress it first')

  const ready: Uint8Array[] = []
  const decompress = new Decompress((chunk) => ready.push(chunk))
  const push = (bytes: Uint8Array, state: 'more' | 'last'): void => {
    try {
      decompress.push(bytes, state === 'last')
    } catch (error) {
      throw broken(`it is damaged (${error instanceof Error ? error.message : 'an error'})`)
    }
  }
  push(Buffer.concat([magic, Buffer.of(descriptor), rest]), 'more')
  for (let last = false; !last; ) {
    const head = await needed(input, 3)
    const word = head.readUIntLE(0, 3)
    const kind = (word >> 1) & 3
    const size = word >> 3
    if (size > MAX_BLOCK || kind === 3) throw broken('it is damaged (a block is no block)')
    last = (word & 1) === 1
    const body = await needed(input, kind === 1 ? 1 : size)
    const checksum = last && (descriptor & 4) !== 0 ? await needed(input, 4) : Buffer.alloc(0)
    push(Buffer.concat([head, body, checksum]), last ? 'last' : 'more')
    for (const chunk of ready.splice(0)) if (chunk.length > 0) yield chunk
  }
}

/** Memory the frame asks for; `rest` is its header behind the descriptor. */
function windowBytes(rest: Buffer, singleSegment: boolean, sizeBytes: number): number {
  if (!singleSegment) {
    const byte = rest[0] ?? 0
    const base = 2 ** (10 + (byte >> 3))
    return base + (base / 8) * (byte & 7)
  }
  const at = rest.length - sizeBytes
  if (sizeBytes === 8) return Number(rest.readBigUInt64LE(at))
  return rest.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
}

async function needed(input: ByteReader, size: number): Promise<Buffer> {
  const bytes = await input.take(size)
  if (bytes === undefined) throw broken('it ends in the middle (cut short)')
  return bytes
}
