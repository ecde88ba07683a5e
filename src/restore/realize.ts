/**
 * Keys of an original to text that can be pasted at the place: spaces, capitals, the text's apostrophe.
 */
import { capital } from '../lexicon/title-case.ts'
import type { Token } from '../types.ts'
import type { Candidate } from './candidates.ts'
import { casedLike } from './capitals.ts'
import { glued, surfaceOf } from './glue.ts'

/** Text of `candidate` for the place `tokens` = [start, end) of a sentence, cased like the place. */
export function realize(candidate: Candidate, sentence: readonly Token[], opensSentence: boolean): string {
  const text = textOf(candidate, sentence, opensSentence)
  return sentence.some(({ surface }) => surface.includes('’')) ? text.replaceAll("'", '’') : text
}

function textOf(candidate: Candidate, sentence: readonly Token[], opensSentence: boolean): string {
  const { start, end, parts, written, words, kind } = candidate
  const place = sentence.slice(start, end)
  if (parts === undefined)
    return casedLike(place, sentence, inWords(written?.split(' ') ?? words), {
      opensSentence,
      isName: kind === 'name',
    })
  let text = ''
  for (const { start: from, end: to, read } of parts) {
    const opens = opensSentence && from === start
    const own = read === undefined ? surfaceOf(sentence.slice(from, to)) : textOf(read, sentence, opens)
    text = glued(text, own, sentence[from]?.joined)
  }
  // The first part may be gone, and its capital with it.
  return opensSentence && isCapital(place) ? capital(text) : text
}

const isCapital = (place: readonly Token[]): boolean =>
  place.find(({ kind }) => kind === 'word')?.shape === 'title'

/** Keys as written: "i" is "I", "third - party" is "third-party". */
export function inWords(words: readonly string[]): string {
  let text = ''
  for (const word of words)
    text = glued(text, word === 'i' ? 'I' : word.startsWith("i'") ? `I${word.slice(1)}` : word)
  return text
}
