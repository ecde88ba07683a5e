/**
 * Is this block page furniture: a menu, a share bar, a cookie notice, a date line, a credit?
 *
 * In: the text of one block, and the table of phrases. Out: yes or no. A block is furniture only if all
 * of it is accounted for (phrases laid end to end, an opening followed by dates or names), so that a
 * sentence which merely begins like one stays readable: a wrongly skipped paragraph is the worse mistake.
 */

import { isLowerAt, isUpperAt } from './chars.ts'
import { FURNITURE, type Furniture } from './furniture.ts'
import { nextToken, scan } from './scanner.ts'
import { type RawToken, rawTokens } from './tokens.ts'
import { forgottenWords } from './words.ts'

/** Whether a block's text, trimmed, is furniture. */
export type FurnitureTest = (text: string) => boolean

const MAX_NOTICE_UNITS = 600
const MAX_UNITS = 240
/** Enough for the longest opening of a notice. */
const HEAD_UNITS = 64
const MAX_CREDIT_WORDS = 14
const MAX_NAME_WORDS = 6
/** Punctuation that parts the entries of a menu. */
const SEPARATORS = new Set(['|', '·', '•', '»', '›', '>', '/', '→', '▾', '▼'])

/** Compiles `furniture` once; the test it returns keeps no state. */
export function boilerplate(furniture: Furniture = FURNITURE): FurnitureTest {
  const phrases = new Set(furniture.phrases)
  const longest = Math.max(...furniture.phrases.map((phrase) => phrase.split(' ').length))
  const openings = firstWords(furniture.phrases)
  const noticeWords = firstWords(furniture.noticeOpenings)
  const dates = new Set(furniture.dateOpenings)
  const credits = new Set(furniture.creditOpenings)
  const dateWords = new Set(furniture.dateWords)
  // Whatever is no menu begins with one of these or a count.
  const begins = firstWords([
    ...furniture.phrases,
    ...furniture.dateOpenings,
    ...furniture.creditOpenings,
    ...furniture.dateWords,
  ])
  const menuWords = new Set(furniture.menuWords)

  const tiled = (words: readonly string[]): boolean => {
    const reached = new Array<boolean>(words.length + 1).fill(false)
    reached[0] = true
    for (let at = 0; at < words.length; at++) {
      if (!reached[at]) continue
      if (isCount(words[at])) reached[at + 1] = true
      if (!openings.has(words[at] ?? '')) continue
      for (let n = 1; n <= longest && at + n <= words.length; n++)
        if (phrases.has(words.slice(at, at + n).join(' '))) reached[at + n] = true
    }
    return (reached[words.length] ?? false) && !words.every(isCount)
  }
  const isDate = (word: string): boolean => isCount(word) || dateWords.has(word)
  const dateLine = (words: readonly string[]): boolean => {
    if (words.length > MAX_CREDIT_WORDS || !words.some((word) => /\d/.test(word))) return false
    for (let n = 0; n <= Math.min(3, words.length - 1); n++)
      if (dates.has(words.slice(0, n).join(' ')) && words.slice(n).every(isDate)) return words.length > 1
    return false
  }
  const creditLine = (words: readonly string[], surfaces: readonly string[]): boolean => {
    if (words.length > MAX_CREDIT_WORDS) return false
    for (let n = Math.min(2, words.length - 1); n >= 1; n--) {
      if (!credits.has(words.slice(0, n).join(' '))) continue
      const names = words.slice(n).filter((word) => !isDate(word) && word !== 'and').length
      const capitals = surfaces
        .slice(n)
        .every((surface, i) => isUpperAt(surface, 0) || isFiller(words[n + i]))
      if (capitals && names > 0 && names <= MAX_NAME_WORDS) return true
    }
    return false
  }
  const isFiller = (word: string | undefined): boolean =>
    word === 'and' || (word !== undefined && isDate(word))

  const isNotice = (text: string): boolean => {
    const head = `${readable(rawTokens(text.slice(0, HEAD_UNITS))).join(' ')} `
    return furniture.noticeOpenings.some((opening) => head.startsWith(`${opening} `))
  }

  return (text) => {
    if (text.length > MAX_NOTICE_UNITS) return false
    const first = firstReadable(text)
    if (noticeWords.has(first) && isNotice(text)) return true
    // Most paragraphs leave here, having cost a few words.
    if (
      text.length > MAX_UNITS ||
      (text.length > HEAD_UNITS && '.!?'.includes(text.slice(-1)) && !/\d/.test(text))
    )
      return false
    if (first !== '' && !begins.has(first) && !isCount(first) && hasSmallWord(text)) return false
    const tokens = rawTokens(text)
    const wordTokens = tokens.filter(isReadable)
    const words = readable(tokens)
    if (words.length === 0) return false
    if (tiled(words) || dateLine(words)) return true
    const surfaces = wordTokens.map(({ start, end }) => text.slice(start, end))
    const ends = tokens.at(-1)
    const sentence = ends?.kind === 'punctuation' && '.!?'.includes(ends.key) && !words.at(-1)?.endsWith('.')
    if (!sentence && creditLine(words, surfaces)) return true
    return !sentence && isMenu(text, tokens, surfaces, (word) => menuWords.has(word))
  }
}

const firstWords = (phrases: readonly string[]): ReadonlySet<string> =>
  new Set(phrases.map((phrase) => phrase.split(' ')[0] ?? ''))

/** Key of the first readable token near the start, empty when there is none. */
function firstReadable(text: string): string {
  const head = text.slice(0, HEAD_UNITS)
  const token = scan(head, head.length, forgottenWords())
  while (nextToken(token)) if (isReadable(token)) return token.key
  return ''
}

/** A word in lower case: such a block is no menu. */
function hasSmallWord(text: string): boolean {
  const token = scan(text, text.length, forgottenWords())
  while (nextToken(token)) if (isReadable(token) && isLowerAt(token.surface, 0)) return true
  return false
}

const isReadable = ({ kind, key }: Pick<RawToken, 'kind' | 'key'>): boolean =>
  kind !== 'punctuation' || key === '©'
const readable = (tokens: readonly RawToken[]): string[] => tokens.filter(isReadable).map(({ key }) => key)
const isCount = (word: string | undefined): boolean =>
  word !== undefined && /^\d[\d.,]{0,12}(?:st|nd|rd|th|am|pm|h|m)?$/.test(word)

/** Three or more capitalised words of which half are menu words, or three short entries parted by bars. */
function isMenu(
  text: string,
  tokens: readonly RawToken[],
  surfaces: readonly string[],
  isMenuWord: (word: string) => boolean,
): boolean {
  if (surfaces.length < 3 || surfaces.some((surface) => isLowerAt(surface, 0))) return false
  const marks = tokens
    .filter(({ kind }) => kind === 'punctuation')
    .map(({ start, end }) => text.slice(start, end))
  const bars = marks.filter((mark) => SEPARATORS.has(mark)).length
  if (bars >= 2 && bars === marks.length && surfaces.length <= (bars + 1) * 3) return true
  const words = tokens.filter(({ kind }) => kind === 'word')
  const known = words.filter(({ key }) => isMenuWord(key)).length
  return marks.every((mark) => mark === '&' || SEPARATORS.has(mark)) && known * 3 >= words.length * 2
}
