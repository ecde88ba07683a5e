/** "a" or "an": which one a word takes, and texts whose articles suit what follows them. */
import type { NgramModel } from '../model/ngrams.ts'

/** Nats by which the model must prefer one of the two. */
const SURE = 1

/**
 * The article that the key `next` takes, asked from the model (it has seen "an hour" and "a user"); where
 * the model does not know the word, by its first letter, and for a number by how it is read.
 */
export function article(model: NgramModel, next: string): 'a' | 'an' {
  if (/^\p{Nd}/u.test(next)) return /^(?:8|1[18](?!\d))/.test(next) ? 'an' : 'a'
  const id = model.vocabulary.id(next)
  if (id > 0) {
    const a = model.cost(-1, -1, model.vocabulary.id('a'), id)
    const an = model.cost(-1, -1, model.vocabulary.id('an'), id)
    if (Math.abs(a - an) > SURE) return a < an ? 'a' : 'an'
  }
  return 'aeiou'.includes(next.charAt(0)) ? 'an' : 'a'
}

export const isArticle = (key: string | undefined): boolean => key === 'a' || key === 'an'

/** `text` with the article at its end, if there is one, as `next` takes it. */
export function suited(model: NgramModel, text: string, next: string | undefined): string {
  if (next === undefined) return text
  return text.replace(/(?<=^|\s)an?$/i, (found) => inCaseOf(found, article(model, next)))
}

/** `text` with every article inside as the word behind it takes it. */
export const suitedInside = (model: NgramModel, text: string): string =>
  text.replace(
    /(?<=^|\s)(an?)(\s+)([\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,]*)/giu,
    (_, found: string, gap: string, next: string) =>
      inCaseOf(found, article(model, keyOf(next))) + gap + next,
  )

/** As the vocabulary has it: lower case, straight apostrophe, without what follows the word. */
const keyOf = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/(?:'(?:s|re|ve|ll|d|m))?[.,]*$/, '')

function inCaseOf(found: string, right: 'a' | 'an'): string {
  if (found.charAt(0) !== 'A') return right
  return found === 'AN' ? right.toUpperCase() : right === 'a' ? 'A' : 'An'
}
