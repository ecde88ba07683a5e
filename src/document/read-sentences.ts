/**
 * A document to all its sentences: the whole way through this folder.
 *
 * In: a `Document`. Out: sentences of tokens, in order, of prose and headings only.
 */

import type { Document, Sentence } from '../types.ts'
import { passages } from './passages.ts'
import { sentenceReader } from './sentences.ts'

/** All sentences of the document that are for reading, in order. Tokens are ordered and disjoint. */
export function readSentences(document: Document): Sentence[] {
  return [...eachSentence(document)]
}

/** The same, one at a time: for texts whose tokens should not all be in memory at once. */
export function* eachSentence(document: Document): Generator<Sentence> {
  const read = sentenceReader()
  for (const passage of passages(document)) yield* read(passage)
}
