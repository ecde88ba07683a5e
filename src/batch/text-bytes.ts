/**
 * Bytes that claim to be UTF-8 text: their mark, and the first byte that cannot be right.
 *
 * For records inside a file, whose encoding nobody may guess one by one; documents of their own are
 * decoded by the library.
 */
import { isUtf8 } from 'node:buffer'

export interface WrongByte {
  readonly kind: 'not UTF-8' | 'NUL'
  /** Offset of the byte, from 0. */
  readonly at: number
}

/** The first byte that is no UTF-8, else the first NUL; undefined where all is well. */
export function wrongByte(bytes: Uint8Array): WrongByte | undefined {
  if (!isUtf8(bytes)) return { kind: 'not UTF-8', at: validLength(bytes) }
  const zero = bytes.indexOf(0)
  return zero === -1 ? undefined : { kind: 'NUL', at: zero }
}

/** Where the first sequence begins that is no UTF-8: between two bounds, halved until they meet. */
function validLength(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (startsValid(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  // A prefix may end inside a sequence that goes wrong only later: its first byte is the place.
  while (good > 0 && !isUtf8(bytes.subarray(0, good))) good -= 1
  return good
}

/** Is every sequence well-formed, the last one perhaps incomplete? */
function startsValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

export const isMarked = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/** A byte order mark is no text; editors put one before the first line. */
export const withoutMark = (bytes: Uint8Array): Uint8Array => (isMarked(bytes) ? bytes.subarray(3) : bytes)
