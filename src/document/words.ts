/**
 * Words as they are read again and again: surface, key and shape, made once for each.
 *
 * In: the place of a word in a text. Out: the word; where the same was read lately no string is made and
 * the keys are the very same strings, so that Maps find them by what they have remembered. Bounded: one
 * slot holds one word, a newer one takes its place.
 */
import type { Token } from '../types.ts'
import { shapeOf, wordKey } from './token-keys.ts'

export interface Word {
  readonly surface: string
  readonly key: string
  readonly shape: Token['shape']
}

/** A word as written: one token, or two where it ends in a clitic ("it's"). */
export interface WrittenWord extends Word {
  readonly written: string
  readonly clitic: Word | undefined
}

/** A power of two of slots, or none. */
export type Words = (WrittenWord | undefined)[]

const SLOTS = 2048

/** A memory for the words of one document. */
export const rememberedWords = (): Words => new Array<WrittenWord | undefined>(SLOTS).fill(undefined)

/** For a few tokens a memory is more work than the words. */
export const forgottenWords = (): Words => []

/** The word text[start, end). `hash` is any number that says something about its units. */
export function wordAt(words: Words, text: string, start: number, end: number, hash: number): WrittenWord {
  if (words.length === 0) return writtenWord(text.slice(start, end))
  const slot = (hash ^ (hash >>> 10) ^ (end - start)) & (words.length - 1)
  const known = words[slot]
  if (known !== undefined && stands(known.written, text, start, end)) return known
  const made = writtenWord(text.slice(start, end))
  words[slot] = made
  return made
}

function stands(written: string, text: string, start: number, end: number): boolean {
  if (written.length !== end - start) return false
  for (let i = 0; i < written.length; i++)
    if (written.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  return true
}

/** Endings that are tokens of their own, lower case, without the apostrophe. */
const CLITICS = new Set(['s', 're', 've', 'll', 'd', 'm'])

function writtenWord(written: string): WrittenWord {
  const small = smallFrom(written)
  if (small === 0) return { written, surface: written, key: written, shape: 'lower', clitic: undefined }
  if (small === 1 && isCapital(written.charCodeAt(0)))
    return { written, surface: written, key: written.toLowerCase(), shape: 'title', clitic: undefined }
  const key = wordKey(written)
  const mark = key.lastIndexOf("'")
  if (mark <= 0 || !CLITICS.has(key.slice(mark + 1)))
    return { written, ...word(written, key), clitic: undefined }
  // Surface and key have the same tail: the clitic is ASCII after a one-unit apostrophe.
  const cut = written.length - (key.length - mark)
  const head = written.slice(0, cut)
  return { written, ...word(head, wordKey(head)), clitic: word(written.slice(cut), key.slice(mark)) }
}

/** Where the letters a–z begin that the word ends with. */
function smallFrom(written: string): number {
  let at = written.length
  while (at > 0) {
    const unit = written.charCodeAt(at - 1)
    if (unit < 0x61 || unit > 0x7a) break
    at -= 1
  }
  return at
}

const isCapital = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a

/** One string where surface and key are alike. */
function word(surface: string, key: string): Word {
  return { surface: surface === key ? key : surface, key, shape: shapeOf(surface, key) }
}
