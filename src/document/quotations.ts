/**
 * Quotations in one passage.
 *
 * In: the passage's text. Out: ranges between quotation marks, the marks not included. Single quotes are
 * left alone: they are apostrophes too often. A quotation left open ends with the passage, as quotations
 * of several paragraphs are set.
 */

import { isDigit, isSpace } from './chars.ts'

export interface Range {
  readonly start: number
  readonly end: number
}

/** Ordered, disjoint ranges of `text` inside double quotation marks. */
export function quotations(text: string): Range[] {
  const out: Range[] = []
  let open = -1
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit !== 0x22 && (unit < 0xab || !isMark(unit))) continue
    if (open < 0) {
      if (unit === 0x22 ? opens(text, at) : unit === 0x201c || unit === 0x201e || unit === 0xab) open = at + 1
    } else if (unit === 0x22 || unit === 0x201d || unit === 0xbb) {
      if (at > open) out.push({ start: open, end: at })
      open = -1
    }
  }
  if (open >= 0 && open < text.length) out.push({ start: open, end: text.length })
  return out
}

/** A typographic mark: “ ” „ « ». */
const isMark = (unit: number): boolean => (unit >= 0x201c && unit <= 0x201e) || unit === 0xab || unit === 0xbb

/** A straight mark opens before a word and not behind one: not the inches of 5" or a stray end. */
function opens(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1)
  if (at + 1 >= text.length || isSpace(next)) return false
  if (at === 0) return true
  const previous = text.charCodeAt(at - 1)
  return isSpace(previous) || (!isDigit(previous) && "([{—–-/:‘'…".includes(text.charAt(at - 1)))
}
