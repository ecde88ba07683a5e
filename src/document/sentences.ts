/**
 * Passages to sentences of tokens, the shape every later stage works on.
 *
 * In: a passage. Out: sentences whose tokens know their place in the source, their
 * shape, and whether they stand inside a quotation. Places go through the passage's pieces, so a token
 * that crosses an inline tag spans the tag too.
 */

import type { Passage, Piece, Sentence, Token } from '../types.ts'
import { sentenceEnds, sentenceSegmenter } from './boundaries.ts'
import { isSpace } from './chars.ts'
import { quotations, type Range } from './quotations.ts'
import { nextToken, scan } from './scanner.ts'
import { rememberedWords } from './words.ts'

/**
 * A reader for the passages of one document. It keeps the document's words and makes costly things when
 * they are first needed.
 *
 * What it returns gives the sentences of one passage; none for furniture and code. Every sentence has at
 * least one token; tokens are ordered and disjoint over the whole passage.
 */
export function sentenceReader(): (passage: Passage) => Sentence[] {
  const segmenter = sentenceSegmenter()
  const words = rememberedWords()
  return ({ kind, text, pieces }) => {
    if (kind === 'boilerplate' || kind === 'code') return []
    const place = placer(pieces)
    const quoted = insideOf(quotations(text))
    const out: Sentence[] = []
    const token = scan(text, 0, words)
    for (const end of sentenceEnds(text, segmenter)) {
      token.limit = end
      const tokens: Token[] = []
      while (nextToken(token)) {
        const { start } = token
        tokens.push({
          kind: token.kind,
          span: { start: place.start(start), end: place.end(token.end) },
          surface: token.surface,
          key: token.key,
          shape: token.shape,
          joined: start > 0 && !isSpace(text.charCodeAt(start - 1)),
          quoted: quoted(start),
        })
      }
      if (tokens.length > 0) out.push({ tokens, kind })
    }
    return out
  }
}

/** Passage offsets to document offsets; asked with ascending offsets, it walks the pieces once. */
function placer(pieces: readonly Piece[]): { start(at: number): number; end(at: number): number } {
  const [only] = pieces
  // Plain text is one piece, copied as it is.
  const shift =
    only !== undefined && pieces.length === 1 && only.length === only.width ? only.at - only.from : undefined
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
      if (shift !== undefined) return at + shift
      const piece = pieceOf(at)
      if (!piece) return at
      return piece.length === piece.width ? piece.at + at - piece.from : piece.at
    },
    end(at) {
      if (shift !== undefined) return at + shift
      const piece = pieceOf(at - 1)
      if (!piece) return at
      return piece.length === piece.width ? piece.at + at - piece.from : piece.at + piece.width
    },
  }
}

/** Asked with ascending offsets: is `at` in one of the ranges? */
function insideOf(ranges: readonly Range[]): (at: number) => boolean {
  let index = 0
  return (at) => {
    while (index < ranges.length && (ranges[index]?.end ?? 0) <= at) index += 1
    const range = ranges[index]
    return range !== undefined && at >= range.start
  }
}
