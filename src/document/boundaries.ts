/**
 * Where sentences begin and end in one passage.
 *
 * In: the passage's text. Out: offsets at which it is cut. Unicode's rules propose, our own scanner for
 * Latin text (breaks.ts) and `Intl.Segmenter` for everything else; proposals after abbreviations,
 * initials, list numbers and before lower-case words are taken back. The segmenter's cost grows with the
 * square of what it is given, so it gets windows of a few thousand units, each starting at the last cut
 * of the one before: linear time, and no sentence of usual length is cut by a window.
 */

import { BEFORE_NUMBER, BEGINNERS, NEVER_LAST, PERHAPS_LAST } from './abbreviations.ts'
import { latinBreaks } from './breaks.ts'
import { isDigit, isLowerAt, isSpace, isUpperAt, skipSpace, trimEnd } from './chars.ts'

/** Units given to the segmenter at first; measured fastest between 500 and 4,000. */
const WINDOW = 2000
/** A sentence longer than this is cut at white space. */
const MAX_SENTENCE = 20_000
const MAX_WORD = 40
/** Behind the quotation marks and dashes of Latin text; what ends sentences in other scripts stands here and above. */
const OTHER_STOPS = 0x2024
/** White space looked over for what follows. */
const MAX_GAP = 256

/** Makes the segmenter when it is first needed: that takes as long as reading a short text. */
export type Segmenter = () => Intl.Segmenter

/** A maker that makes one and keeps it. */
export function sentenceSegmenter(): Segmenter {
  let made: Intl.Segmenter | undefined
  return () => {
    made ??= new Intl.Segmenter('en', { granularity: 'sentence' })
    return made
  }
}

/** Ends of the sentences of `text`, ascending; the last is `text.length`. Empty for the empty text. */
export function sentenceEnds(text: string, segmenter: Segmenter): number[] {
  const breaks = latinBreaks(text)
  if (breaks === undefined && text.length < MAX_SENTENCE && !hasInnerStop(text)) return [text.length]
  const ends: number[] = []
  let keepFrom = 0
  const propose = (end: number): void => {
    if (end < text.length && end - keepFrom < MAX_SENTENCE && continues(text, keepFrom, end)) return
    ends.push(end)
    keepFrom = end
  }
  if (breaks === undefined) eachProposal(text, segmenter(), propose)
  else eachBreak(text, breaks, propose)
  if (text.length > 0 && ends.at(-1) !== text.length) ends.push(text.length)
  return ends
}

/** Breaks as they are, and further ones at white space where they are too far apart. */
function eachBreak(text: string, breaks: readonly number[], propose: (end: number) => void): void {
  let start = 0
  for (const end of breaks) {
    // A window of that size ends in its second half at the earliest.
    while (end - start > MAX_SENTENCE / 2) {
      const stop = windowEnd(text, start, start + MAX_SENTENCE)
      if (end <= stop) break
      propose(stop)
      start = stop
    }
    propose(end)
    start = end
  }
}

/** What the segmenter proposes, window by window. */
function eachProposal(text: string, segmenter: Intl.Segmenter, propose: (end: number) => void): void {
  let start = 0
  let size = WINDOW
  while (start < text.length) {
    const stop = windowEnd(text, start, start + size)
    const proposed = proposals(text, start, stop, segmenter)
    // The last proposal is the window's own end unless the text ends there.
    if (stop < text.length) proposed.pop()
    if (proposed.length === 0 && stop < text.length && size < MAX_SENTENCE) {
      size = Math.min(size * 4, MAX_SENTENCE)
      continue
    }
    if (proposed.length === 0) proposed.push(stop)
    for (const end of proposed) propose(end)
    start = proposed.at(-1) ?? stop
    size = WINDOW
  }
}

/** Anything that can end a sentence, before the last word: most headings, cells and items have nothing. */
function hasInnerStop(text: string): boolean {
  for (let at = 0; at < text.length - 1; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x2e || unit === 0x21 || unit === 0x3f || unit >= OTHER_STOPS) return true
  }
  return false
}

/** A window's end: at white space if there is any in its second half, never inside a surrogate pair. */
function windowEnd(text: string, start: number, wanted: number): number {
  if (wanted >= text.length) return text.length
  const half = start + ((wanted - start) >> 1)
  for (let at = wanted; at > half; at--) if (isSpace(text.charCodeAt(at - 1))) return at
  const unit = text.charCodeAt(wanted)
  return unit >= 0xdc00 && unit <= 0xdfff && wanted - 1 > start ? wanted - 1 : wanted
}

/** Line ends inside a passage are spaces: the segmenter would end a sentence at each. */
function proposals(text: string, start: number, stop: number, segmenter: Intl.Segmenter): number[] {
  const window = text.slice(start, stop).replace(/[\n\r\u0085\u2028\u2029]/g, ' ')
  const out: number[] = []
  for (const { index, segment } of segmenter.segment(window)) out.push(start + index + segment.length)
  return out
}

/** The proposal at `end` is no sentence end. `from` is where the sentence so far began. */
function continues(text: string, from: number, end: number): boolean {
  const next = skipSpace(text, end, Math.min(text.length, end + MAX_GAP))
  if (next === text.length) return true
  const last = trimEnd(text, from, end)
  if (last === from) return true
  const opening = skipMarks(text, next)
  if (isLowerAt(text, opening) && opening === next) return true
  if (text.charAt(last - 1) !== '.') return false
  const word = wordBefore(text, from, last - 1)
  if (word === '') return false
  const key = word.toLowerCase()
  if (NEVER_LAST.has(key)) return true
  if (isDigit(text.charCodeAt(opening))) {
    if (BEFORE_NUMBER.has(key)) return true
  }
  // "3." in front of everything: a list number.
  if (/^\d{1,3}$/.test(word)) return skipSpace(text, from, last) === last - 1 - word.length
  const initial = word.length === 1 && isUpperAt(word, 0)
  if (!initial && !PERHAPS_LAST.has(key)) return false
  return !BEGINNERS.has(wordAfter(text, opening).toLowerCase()) && opening === next
}

/** Past opening quotation marks and brackets. */
function skipMarks(text: string, from: number): number {
  let at = from
  while (at < text.length && '"“‘\'([«'.includes(text.charAt(at))) at += 1
  return at
}

/** The word, full stops inside included, that ends at `end`; empty when it is longer than any abbreviation. */
function wordBefore(text: string, from: number, end: number): string {
  let at = end
  while (
    at > from &&
    end - at <= MAX_WORD &&
    !isSpace(text.charCodeAt(at - 1)) &&
    !'("“‘[—–-/'.includes(text.charAt(at - 1))
  )
    at -= 1
  return end - at > MAX_WORD ? '' : text.slice(at, end)
}

function wordAfter(text: string, from: number): string {
  let at = from
  while (
    at < text.length &&
    at - from < MAX_WORD &&
    !isSpace(text.charCodeAt(at)) &&
    !',.;:!?)"”'.includes(text.charAt(at))
  )
    at += 1
  return text.slice(from, at).replace('\u2019', "'")
}
