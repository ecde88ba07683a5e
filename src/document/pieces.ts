/**
 * Builds one passage out of copied and decoded runs of the source.
 *
 * In: ranges to copy, and readings ("’" for "&rsquo;") with the range they stand for. Out: a `Passage`
 * whose pieces are ordered, disjoint and cover its text. All three formats build through this, so the
 * law "pieces of equal width slice back to the text" is kept in one place.
 */

import type { Passage, Piece } from '../types.ts'
import { isSpace } from './chars.ts'

export interface PieceBuilder {
  /** Reads the source range [at, end) as it stands. */
  copy(at: number, end: number): void
  /** Reads `text` for the `width` units at `at`; the reading is shorter than `width`. */
  read(text: string, at: number, width: number): void
  /** Nothing was read since the last `take`. */
  isEmpty(): boolean
  /** What was read, trimmed of white space, and starts afresh; undefined when only white space was read. */
  take(kind: Passage['kind']): Passage | undefined
}

/** Stands for inline code: keeps words on both sides from being read as neighbours. */
export const OBJECT = '\ufffc'

export function pieceBuilder(source: string): PieceBuilder {
  let parts: string[] = []
  let pieces: Piece[] = []
  let length = 0
  const push = (text: string, at: number, width: number): void => {
    const last = pieces.at(-1)
    const plain = text.length === width
    if (last && plain && last.length === last.width && last.at + last.width === at)
      pieces[pieces.length - 1] = { ...last, length: last.length + width, width: last.width + width }
    else pieces.push({ from: length, length: text.length, at, width })
    parts.push(text)
    length += text.length
  }
  return {
    copy(at, end) {
      if (end > at) push(source.slice(at, end), at, end - at)
    },
    read(text, at, width) {
      if (text !== '') push(text, at, width)
    },
    isEmpty: () => length === 0,
    take(kind) {
      const passage = trimmed(kind, parts.length === 1 ? (parts[0] ?? '') : parts.join(''), pieces)
      parts = []
      pieces = []
      length = 0
      return passage
    },
  }
}

function trimmed(kind: Passage['kind'], text: string, pieces: readonly Piece[]): Passage | undefined {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start += 1
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1
  if (start === end) return undefined
  if (start === 0 && end === text.length) return { kind, text, pieces }
  const kept: Piece[] = []
  for (const piece of pieces) {
    const from = Math.max(piece.from, start)
    const to = Math.min(piece.from + piece.length, end)
    if (from >= to) continue
    if (piece.length === piece.width)
      kept.push({ from: from - start, length: to - from, at: piece.at + from - piece.from, width: to - from })
    else kept.push({ ...piece, from: from - start, length: to - from })
  }
  return { kind, text: text.slice(start, end), pieces: kept }
}
