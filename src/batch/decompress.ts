/**
 * The bytes of a shard as they were before compression, in chunks, from any offset.
 *
 * In: a file (or standard input) and its compression. Out: chunks of at most some megabytes; a chunk's
 * memory is the reader's until it asks for the next. What is damaged, cut short or blown up beyond
 * reason ends the chunks with a Broken, after everything that could be read.
 */
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Problem } from '../index.ts'
import { codeOf } from '../write/error-code.ts'
import { Broken, unreadable } from './problems.ts'
import type { Compression, InputFile } from './shapes.ts'
import { zstdContent } from './zstd-content.ts'

export interface ByteOptions {
  /** First byte wanted, of the decompressed bytes. Plain files are opened there; others are inflated up to there. */
  readonly offset?: number
  readonly stdin?: AsyncIterable<Uint8Array>
  /** More decompressed bytes than this for each compressed byte are no text: default 250. */
  readonly maxRatio?: number
}

/** Compressed bytes given to zlib at a time: at its best ratio, 1,032, they become 17 MB. */
const GZIP_SLICE = 16_384
const READ_BYTES = 1 << 18
const DEFAULT_RATIO = 250
/** Runs of blanks compress beyond any ratio: this much is always given. */
const FREE_BYTES = 64_000_000

/** Decompressed bytes of `file`. @throws Broken when they end before their time */
export async function* fileBytes(
  file: Pick<InputFile, 'path' | 'compression'>,
  options: ByteOptions = {},
): AsyncGenerator<Uint8Array> {
  const { offset = 0, stdin, maxRatio = DEFAULT_RATIO } = options
  const plain = file.compression === 'none'
  const isStdin = file.path === '-'
  const raw = isStdin ? (stdin ?? nothing()) : stored(file.path, plain ? offset : 0)
  let skip = plain && !isStdin ? 0 : offset
  for await (const chunk of plain ? raw : inflated(raw, file.compression, maxRatio)) {
    if (skip >= chunk.length) skip -= chunk.length
    else {
      yield skip === 0 ? chunk : chunk.subarray(skip)
      skip = 0
    }
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* stored(path: string, start: number): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { start, highWaterMark: READ_BYTES })) yield chunk
  } catch (error) {
    throw new Broken(unreadable(codeOf(error)))
  }
}

async function* inflated(
  raw: AsyncIterable<Uint8Array>,
  compression: Compression,
  maxRatio: number,
): AsyncGenerator<Uint8Array> {
  let given = FREE_BYTES
  let got = 0
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of raw) {
      given += chunk.length * maxRatio
      yield chunk
    }
  }
  for await (const chunk of compression === 'zstd' ? zstdContent(counted()) : gunzipped(counted())) {
    got += chunk.length
    if (got > given)
      throw new Broken({
        kind: 'limit',
        message: `its compressed bytes become more than ${maxRatio} times as many`,
        fix: 'decompress it first if this is wanted',
      })
    yield chunk
  }
}

/** Members of a gzip file in a row; written slice by slice, so that no chunk in waiting is large. */
async function* gunzipped(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  const ready: Uint8Array[] = []
  let failure: unknown
  let ended = false
  let wake = (): void => {}
  // By events, not by iteration: that would lose what was inflated before an error.
  gunzip.on('data', (chunk: Uint8Array) => ready.push(chunk))
  gunzip.on('error', (error) => {
    failure = error
    wake()
  })
  gunzip.on('end', () => {
    ended = true
    wake()
  })
  const step = (act: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve
      if (failure === undefined && !ended) act(resolve)
      else resolve()
    })
  let size = 0
  try {
    for await (const chunk of raw) {
      for (let at = 0; at < chunk.length; at += GZIP_SLICE) {
        const slice = chunk.subarray(at, at + GZIP_SLICE)
        size += slice.length
        await step((done) => gunzip.write(slice, () => done()))
        yield* ready.splice(0)
        if (failure !== undefined) throw new Broken(damaged(failure, size))
        const left = Math.min(slice.length, size - gunzip.bytesWritten)
        if (left > 0) onlyZeros(slice.subarray(slice.length - left))
      }
    }
    await step(() => gunzip.end())
    yield* ready.splice(0)
    if (failure !== undefined) throw new Broken(damaged(failure, size))
  } finally {
    gunzip.destroy()
  }
}

/** Zeros behind the last member are padding; anything else would be lost without a word. */
function onlyZeros(rest: Uint8Array): void {
  if (rest.some((byte) => byte !== 0))
    throw new Broken(unreadableGzip('more bytes follow its end', 'write it again with gzip'))
}

function damaged(error: unknown, size: number): Problem {
  const code = codeOf(error)
  if (code === 'Z_BUF_ERROR') return unreadableGzip('it ends in the middle (cut short)', 'fetch it again')
  const detail = error instanceof Error ? error.message : code
  return unreadableGzip(`it is damaged before its byte ${size} (${detail})`, 'fetch it again')
}

const unreadableGzip = (fact: string, fix: string): Problem => ({
  kind: 'unreadable',
  message: `the gzip data cannot be read on: ${fact}`,
  fix,
})
