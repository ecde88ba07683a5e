/**
 * A piece of an output to the bytes that are appended to its file: as it is, as one gzip member, or as
 * one zstd frame. Members and frames may follow each other, so that a file can be cut behind any piece.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Compression } from './shapes.ts'

const gzipped = promisify(gzip)
const ZSTD_LEVEL = 3

export async function compressed(piece: Uint8Array, compression: Compression): Promise<Uint8Array> {
  if (piece.length === 0) return piece
  switch (compression) {
    case 'none':
      return piece
    case 'gzip':
      return gzipped(piece)
    case 'zstd': {
      // Loaded when asked for: it brings 300 kB of WebAssembly.
      const { compress, init } = await import('@bokuweb/zstd-wasm')
      await init()
      return compress(piece as Parameters<typeof compress>[0], ZSTD_LEVEL)
    }
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
