/**
 * Case of a proposal, taken from the place it is written to: a sentence's first letter, the capitals of
 * a name or a heading, a line in capitals. Capitals are added, none is taken away.
 */
import { capital, isSmallWord, titleCase } from '../lexicon/title-case.ts'
import type { Token } from '../types.ts'

export interface CaseOptions {
  readonly opensSentence: boolean
  /** The original is a name: capitals at the place are its own, and "UN" does not shout. */
  readonly isName: boolean
}

/** `text` cased like the tokens `place` of `sentence`. */
export function casedLike(
  place: readonly Token[],
  sentence: readonly Token[],
  text: string,
  { opensSentence, isName }: CaseOptions,
): string {
  // "I" is capital wherever it stands.
  const words = place.filter(
    ({ kind, key }, i) => kind === 'word' && (key !== 'i' || (opensSentence && i === 0)),
  )
  const first = words[0]
  if (first === undefined || text === '') return text
  const hasCapitals = /\p{Lu}/u.test(text)
  if (words.some(isLong) && words.every(isUpper)) {
    if (words.filter(isLong).length > 1 || isAmongCapitals(place, sentence)) return text.toUpperCase()
    return isName ? titleCase(text) : hasCapitals ? text : text.toUpperCase()
  }
  if (!hasCapitals && words.length > 1) {
    const byWord = wordByWord(place, text)
    if (byWord !== undefined) return byWord
  }
  // The capital of a sentence's first word says nothing about a name.
  const telling = words.filter(({ key }, i) => !isSmallWord(key) && !(opensSentence && i === 0))
  if (telling.length > 0 && telling.every(isCapital)) return titleCase(text)
  return isCapital(first) ? capital(text) : text
}

const isCapital = ({ shape }: Token): boolean => shape === 'title' || shape === 'upper'
const isUpper = ({ shape, surface }: Token): boolean =>
  shape === 'upper' || (shape === 'title' && surface.length === 1)
const isLong = ({ surface }: Token): boolean => surface.length > 1

/** Stands a word in capitals beside the place? Then it is the line that shouts, not an abbreviation. */
function isAmongCapitals(place: readonly Token[], sentence: readonly Token[]): boolean {
  const at = sentence.indexOf(place[0] as Token)
  return [sentence[at - 1], sentence[at + place.length]].some(
    (token) => token?.kind === 'word' && token.shape === 'upper' && !token.surface.includes('.'),
  )
}

/** As many words as tokens: each takes the capital of its own. Not for names, whose words all have one. */
function wordByWord(place: readonly Token[], text: string): string | undefined {
  const parts = text.split(' ')
  const plain = place.every(({ kind, joined }, i) => kind === 'word' && (i === 0 || !joined))
  if (!plain || parts.length !== place.length || parts.some((part) => part.includes('-'))) return undefined
  return parts
    .map((part, i) => (isCapital(place[i] as Token) && place[i]?.key !== 'i' ? capital(part) : part))
    .join(' ')
}
