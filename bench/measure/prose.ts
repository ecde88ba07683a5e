/**
 * Few sample texts to megabytes of prose for timing.
 *
 * In: texts, a size, a seed. Out: documents of article length whose sentences come in ever new order,
 * so that no sentence-level memory could help. The words stay those of the texts, which flatters every
 * cache; `distinctWords` says how few they are, and bench/speed.ts takes other texts instead.
 */
import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import { type Random, random } from '../training/random.ts'
import { measureKeys } from './words.ts'

const DOCUMENT_BYTES = 5000
const PARAGRAPH_SENTENCES = 5

/** Sentences of plain texts as they stand, headings included. */
export function sentencesOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    readSentences(document(text, { format: 'text' })).flatMap(({ tokens }) => {
      const first = tokens[0]
      const last = tokens.at(-1)
      return first === undefined || last === undefined ? [] : [text.slice(first.span.start, last.span.end)]
    }),
  )
}

/**
 * Documents of about 5 kB, in all at least `bytes` of UTF-8; the same for the same seed.
 *
 * @throws Error when there is no sentence to repeat
 */
export function proseDocuments(texts: readonly string[], bytes: number, seed: number): string[] {
  const sentences = sentencesOf(texts)
  if (sentences.length === 0)
    throw new Error('no sentences to repeat\n  fix: give texts with at least one sentence')
  const next = inEverNewOrder(sentences, random(seed))
  const out: string[] = []
  for (let total = 0; total < bytes; ) {
    let text = ''
    for (let i = 0; text.length < DOCUMENT_BYTES; i++)
      text += (text === '' ? '' : i % PARAGRAPH_SENTENCES === 0 ? '\n\n' : ' ') + next()
    out.push(text)
    total += Buffer.byteLength(text)
  }
  return out
}

export const distinctWords = (texts: readonly string[]): number => new Set(texts.flatMap(measureKeys)).size

/** Deals all items in random order, shuffles, deals again. */
function inEverNewOrder(items: readonly string[], rng: Random): () => string {
  let deck: string[] = []
  return () => {
    if (deck.length === 0) {
      deck = [...items]
      for (let i = deck.length - 1; i > 0; i--) {
        const j = rng.below(i + 1)
        const kept = deck[i] ?? ''
        deck[i] = deck[j] ?? ''
        deck[j] = kept
      }
    }
    return deck.pop() ?? ''
  }
}
