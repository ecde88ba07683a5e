/**
 * Keys of an original to text that can be pasted at the place: spacing, case, the article before it.
 */
import type { NgramModel } from '../model/ngrams.ts'
import type { Token } from '../types.ts'
import type { Candidate } from './candidates.ts'

const NO_SPACE_BEFORE = /^(?:['’]|[-.,;:!?%)\]}…]$)/
const NO_SPACE_AFTER = /[-([{$£€#]$/

/** Text of `candidate` for the place `tokens` = [start, end) of a sentence, cased like the place. */
export function realize(candidate: Candidate, sentence: readonly Token[], opensSentence: boolean): string {
  const place = sentence.slice(candidate.start, candidate.end)
  if (candidate.written !== undefined && candidate.kind === 'name')
    return isShouted(sentence) ? candidate.written.toUpperCase() : candidate.written
  const words = candidate.written?.split(' ') ?? candidate.words
  return like(place, join(words), opensSentence)
}

/** A line all in capitals; a name like "UN" alone says nothing about the case of its original. */
const isShouted = (sentence: readonly Token[]): boolean =>
  sentence.every(({ shape, surface }) => shape === 'upper' || shape === 'none' || surface.length === 1)

function join(words: readonly string[]): string {
  let text = ''
  for (const word of words) {
    const shown = word === 'i' ? 'I' : word.startsWith("i'") ? `I${word.slice(1)}` : word
    const tight = text === '' || NO_SPACE_BEFORE.test(shown) || NO_SPACE_AFTER.test(text)
    text += tight ? shown : ` ${shown}`
  }
  return text
}

function like(place: readonly Token[], text: string, opensSentence: boolean): string {
  const words = place.filter((token) => token.kind === 'word')
  const first = words[0]
  if (first === undefined || text === '') return text
  if (words.every((token) => token.shape === 'upper' && token.surface.length > 1)) return text.toUpperCase()
  if (words.every((token) => token.shape === 'title') && (words.length > 1 || !opensSentence))
    return text.replace(/(^|[\s-])(\p{Ll})/gu, (whole) => whole.toUpperCase())
  if (first.shape === 'title' || first.shape === 'upper')
    return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
  return text
}

/**
 * The article that `next` takes, asked from the model (it has seen "an hour" and "a user"); by first
 * letter where the model does not know the word.
 */
export function article(model: NgramModel, next: string): 'a' | 'an' {
  const id = model.vocabulary.id(next)
  if (id > 0) {
    const a = model.cost(-1, -1, model.vocabulary.id('a'), id)
    const an = model.cost(-1, -1, model.vocabulary.id('an'), id)
    if (Math.abs(a - an) > 1) return a < an ? 'a' : 'an'
  }
  return 'aeiou'.includes(next.charAt(0)) ? 'an' : 'a'
}
