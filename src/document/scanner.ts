/**
 * Readable text to tokens, one after the other: one pass over UTF-16 units, no regular expression and
 * no object on the common path.
 *
 * In: a stretch of a string. Out: with each call the next token, in a record that the next call writes
 * over. What is a token is told in tokens.ts.
 */
import type { Token } from '../types.ts'
import { emailEnd, urlEnd } from './addresses.ts'
import { numberKey, punctuationKey, shapeOf, wordKey } from './token-keys.ts'
import { CLASS, classAt, isApostrophe, LATIN, LATIN_END, unitsAt } from './unit-classes.ts'
import { type Word, type Words, wordAt } from './words.ts'

/** The token found last, and where the scan stands. */
export interface Scan {
  readonly text: string
  readonly words: Words
  /** Where the next token is looked for, and where the stretch ends. */
  at: number
  limit: number
  /** The next "@" at or behind some earlier place; −1 for none. */
  sign: number
  /** The second half of the word found last. */
  clitic: Word | undefined
  kind: Token['kind']
  start: number
  end: number
  surface: string
  key: string
  shape: Token['shape']
}

/** A scan of text[0, limit); it may be moved on by a larger `limit` when it has come to its end. */
export function scan(text: string, limit: number, words: Words): Scan {
  return {
    text,
    words,
    at: 0,
    limit,
    sign: text.indexOf('@'),
    clitic: undefined,
    kind: 'word',
    start: 0,
    end: 0,
    surface: '',
    key: '',
    shape: 'none',
  }
}

/** Moves to the next token; false, and nothing changed but `at`, when there is none before `limit`. */
export function nextToken(scan: Scan): boolean {
  if (scan.clitic !== undefined) {
    const { clitic } = scan
    scan.clitic = undefined
    found(scan, scan.end, scan.end + clitic.surface.length, clitic)
    return true
  }
  const { text, limit } = scan
  let at = scan.at
  let kind: number = CLASS.space
  for (; at < limit; at += unitsAt(text, at, limit)) {
    kind = classAt(text, at, limit)
    if (kind !== CLASS.space) break
  }
  scan.at = at
  if (at >= limit) return false
  if (kind === CLASS.other) punctuation(scan, at)
  else if (!address(scan, at)) {
    if (kind === CLASS.letter) word(scan, at)
    else number(scan, at)
  }
  return true
}

function set(
  scan: Scan,
  kind: Token['kind'],
  start: number,
  end: number,
  surface: string,
  key: string,
  shape: Token['shape'],
): void {
  scan.kind = kind
  scan.start = start
  scan.end = end
  scan.at = end
  scan.surface = surface
  scan.key = key
  scan.shape = shape
}

const found = (scan: Scan, start: number, end: number, { surface, key, shape }: Word): void =>
  set(scan, 'word', start, end, surface, key, shape)

function punctuation(scan: Scan, at: number): void {
  const end = at + unitsAt(scan.text, at, scan.limit)
  const surface = scan.text.slice(at, end)
  // Symbols may have a case ("Ⓐ"), ASCII and general punctuation have none.
  const unit = surface.charCodeAt(0)
  const plain = unit < 0x80 || (unit >= 0x2010 && unit < 0x2040)
  const key = punctuationKey(surface)
  set(scan, 'punctuation', at, end, surface, key, plain ? 'none' : shapeOf(surface, key))
}

function address(scan: Scan, at: number): boolean {
  const { text, limit } = scan
  let end = urlEnd(text, at, limit)
  const isUrl = end > at
  if (!isUrl) {
    if (scan.sign !== -1 && scan.sign < at) scan.sign = text.indexOf('@', at)
    end = emailEnd(text, at, limit, scan.sign)
  }
  if (end === at) return false
  const surface = text.slice(at, end)
  const key = isUrl ? '<url>' : '<email>'
  set(scan, isUrl ? 'url' : 'email', at, end, surface, key, shapeOf(surface, key))
  return true
}

function word(scan: Scan, start: number): void {
  const { text, limit } = scan
  let end = start
  let hash = 0
  let unit = 0
  for (; end < limit; end++) {
    unit = text.charCodeAt(end)
    if (unit >= LATIN_END || LATIN[unit] !== CLASS.letter) break
    hash = (Math.imul(hash, 31) + unit) | 0
  }
  if (end < limit) {
    const dotted = unit === 0x2e && end === start + 1 ? dottedEnd(text, start, limit) : start
    if (dotted > start) {
      plainWord(scan, start, dotted)
      return
    }
    if (unit !== 0x20) end = wordEnd(text, end, limit)
  }
  const first = wordAt(scan.words, text, start, end, hash)
  found(scan, start, start + first.surface.length, first)
  scan.clitic = first.clitic
}

/** A word without clitics that is not worth remembering. */
function plainWord(scan: Scan, start: number, end: number): void {
  const surface = scan.text.slice(start, end)
  const key = wordKey(surface)
  set(scan, 'word', start, end, surface, key, shapeOf(surface, key))
}

/** End of the letters, digits, soft hyphens and inner apostrophes from `from`. */
function wordEnd(text: string, from: number, limit: number): number {
  let end = from
  while (end < limit) {
    const kind = classAt(text, end, limit)
    const unit = text.charCodeAt(end)
    if (kind === CLASS.letter || kind === CLASS.digit || unit === 0xad) end += unitsAt(text, end, limit)
    else if (isApostrophe(unit) && end + 1 < limit && classAt(text, end + 1, limit) === CLASS.letter) end += 1
    else break
  }
  return end
}

/** End of "U.S." or "e.g.": single letters each followed by a full stop, at least two; else `start`. */
function dottedEnd(text: string, start: number, limit: number): number {
  let end = start
  let letters = 0
  while (
    end + 1 < limit &&
    text.charCodeAt(end + 1) === 0x2e &&
    text.charCodeAt(end) < LATIN_END &&
    classAt(text, end, limit) === CLASS.letter
  ) {
    end += 2
    letters += 1
  }
  return letters >= 2 ? end : start
}

function number(scan: Scan, start: number): void {
  const { text, limit } = scan
  let end = start
  while (end < limit) {
    const unit = text.charCodeAt(end)
    if (classAt(text, end, limit) === CLASS.digit) end += unitsAt(text, end, limit)
    else if (
      (unit === 0x2e || unit === 0x2c) &&
      end + 1 < limit &&
      classAt(text, end + 1, limit) === CLASS.digit
    )
      end += 1
    else break
  }
  // "5G", "10th", "4x4": digits with letters behind them read as one word.
  if (end < limit && classAt(text, end, limit) === CLASS.letter) {
    plainWord(scan, start, wordEnd(text, end, limit))
    return
  }
  const surface = text.slice(start, end)
  set(scan, 'number', start, end, surface, numberKey(surface), 'none')
}
