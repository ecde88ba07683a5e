/**
 * Passages to sentences of tokens, the shape every later stage works on.
 *
 * In: a passage. Out: sentences whose tokens know their place in the source, their
 * shape, and whether they stand inside a quotation. Places go through the passage's pieces, so a token
 * that crosses an inline tag spans the tag too.
 */

import type { Passage, Piece, Sentence, Token } from '../types.ts'
import { sentenceEnds } from './boundaries.ts'
import { isSpace } from './chars.ts'
import { quotations } from './quotations.ts'
import { rawTokens } from './tokens.ts'

/** Costs a few milliseconds: make one for many passages. */
export const sentenceSegmenter = (): Intl.Segmenter => new Intl.Segmenter('en', { granularity: 'sentence' })

/**
 * Sentences of one passage; none for furniture and code. Every sentence has at least one token; tokens
 * are ordered and disjoint over the whole passage.
 */
export function sentences(passage: Passage, segmenter: Intl.Segmenter = sentenceSegmenter()): Sentence[] {
  const { kind, text } = passage
  if (kind === 'boilerplate' || kind === 'code') return []
  const place = placer(passage.pieces)
  const quoted = insideOf(quotations(text))
  const out: Sentence[] = []
  let start = 0
  for (const end of sentenceEnds(text, segmenter)) {
    const tokens: Token[] = []
    for (const raw of rawTokens(text.slice(start, end))) {
      const from = start + raw.start
      const to = start + raw.end
      const surface = text.slice(from, to)
      tokens.push({
        kind: raw.kind,
        span: { start: place.start(from), end: place.end(to) },
        surface,
        key: raw.key,
        shape: shapeOf(surface, raw.key),
        joined: from > 0 && !isSpace(text.charCodeAt(from - 1)),
        quoted: quoted(from),
      })
    }
    start = end
    if (tokens.length > 0) out.push({ tokens, kind })
  }
  return out
}

/** Passage offsets to document offsets; asked with ascending offsets, it walks the pieces once. */
function placer(pieces: readonly Piece[]): { start(at: number): number; end(at: number): number } {
  let index = 0
  const pieceOf = (at: number): Piece | undefined => {
    while (index > 0 && (pieces[index]?.from ?? 0) > at) index -= 1
    for (;;) {
      const piece = pieces[index]
      if (!piece || at < piece.from + piece.length || index === pieces.length - 1) return piece
      index += 1
    }
  }
  return {
    start(at) {
      const piece = pieceOf(at)
      if (!piece) return at
      return piece.length === piece.width ? piece.at + at - piece.from : piece.at
    },
    end(at) {
      const piece = pieceOf(at - 1)
      if (!piece) return at
      return piece.length === piece.width ? piece.at + at - piece.from : piece.at + piece.width
    },
  }
}

/** Asked with ascending offsets: is `at` in one of the ranges? */
function insideOf(
  ranges: readonly { readonly start: number; readonly end: number }[],
): (at: number) => boolean {
  let index = 0
  return (at) => {
    while (index < ranges.length && (ranges[index]?.end ?? 0) <= at) index += 1
    const range = ranges[index]
    return range !== undefined && at >= range.start
  }
}

/**
 * Case of a surface: "word" lower, "Word" and "A" title, "UK", "U.S." and "5G" upper, "iPhone" mixed;
 * none when no letter has a case.
 */
export function shapeOf(surface: string, key: string): Token['shape'] {
  const first = surface.charCodeAt(0)
  if (surface === key && first >= 0x61 && first <= 0x7a) return 'lower'
  let upper = 0
  let lower = 0
  let startsUpper = false
  for (const char of surface) {
    const small = char.toLowerCase()
    const capital = char.toUpperCase()
    if (small === capital) continue
    if (char === small) lower += 1
    else {
      upper += 1
      if (lower === 0 && upper === 1) startsUpper = true
    }
  }
  if (upper === 0) return lower > 0 ? 'lower' : 'none'
  if (lower === 0) return upper > 1 || surface.length > 1 ? 'upper' : 'title'
  return startsUpper && upper === 1 ? 'title' : 'mixed'
}
