/**
 * A text to what a person reads of it: words with their places, and the stretches of the source that
 * are for reading.
 *
 * In: the text as given. Out: tokens in order, and stretches in order that never overlap; what lies
 * between them is markup, furniture or white space. For whoever shows a document or looks at the words
 * around a place without analysing it.
 */
import type { Document, InputFormat, Token } from '../types.ts'
import { type DocumentOptions, document as readDocument } from './document.ts'
import { passages } from './passages.ts'
import { sentenceReader } from './sentences.ts'

export interface Stretch {
  /** Range of the source, UTF-16 units. */
  readonly start: number
  readonly end: number
  /** As read; shorter than the range only for a character reference, which is a stretch of its own. */
  readonly text: string
  /** Another block (paragraph, heading, cell) begins behind it. */
  readonly last: boolean
}

export interface Readable {
  readonly format: InputFormat
  readonly problems: Document['problems']
  readonly tokens: readonly Token[]
  readonly stretches: readonly Stretch[]
}

/** Never throws, whatever the text. */
export function readable(text: string, options: DocumentOptions = {}): Readable {
  const { format, problems, ...document } = readDocument(text, options)
  const read = sentenceReader()
  const tokens: Token[] = []
  const stretches: Stretch[] = []
  for (const passage of passages({ ...document, format, problems })) {
    if (passage.kind === 'boilerplate' || passage.kind === 'code') continue
    for (const sentence of read(passage)) for (const token of sentence.tokens) tokens.push(token)
    for (const [i, { from, length, at, width }] of passage.pieces.entries()) {
      if (at < (stretches.at(-1)?.end ?? 0)) continue
      stretches.push({
        start: at,
        end: at + width,
        text: passage.text.slice(from, from + length),
        last: i === passage.pieces.length - 1,
      })
    }
  }
  return { format, problems, tokens, stretches }
}
