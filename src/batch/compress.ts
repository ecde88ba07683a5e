/**
 * A piece of an output to the bytes that are appended to its file: as it is, as one gzip member, or as
 * one zstd frame (for an empty piece, too). Members and frames may follow each other, so that a file can be cut behind any piece.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Compression } from './shapes.ts'

const gzipped = promisify(gzip)
const ZSTD_LEVEL = 3

export async function compressed(piece: Uint8Array, compression: Compression): Promise<Uint8Array> {
  switch (compression) {
    case 'none':
      return piece
    case 'gzip':
      return gzipped(piece)
    case 'zstd': {
      const { compress } = await zstd()
      return compress(piece as Parameters<typeof compress>[0], ZSTD_LEVEL)
    }
  }
}

/**
 * Loaded when asked for: it brings 300 kB of WebAssembly. Made once: made again, it gives frames that
 * nobody can read.
 */
const zstd = once(async () => {
  const loaded = await import('@bokuweb/zstd-wasm')
  await loaded.init()
  return loaded
})

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** What is put behind the name of an output that is compressed. */
export function compressedEnding(compression: Compression): '' | '.gz' | '.zst' {
  switch (compression) {
    case 'none':
      return ''
    case 'gzip':
      return '.gz'
    case 'zstd':
      return '.zst'
  }
}
