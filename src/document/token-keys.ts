/**
 * Surfaces to keys: what is matched and counted of a token, the same in training and dictionary.
 *
 * In: a token as read. Out: its key, and the shape that folding took from it.
 */
import type { Token } from '../types.ts'

/** Upper case to lower, compatibility forms left alone, typographic apostrophe to straight. */
export function wordKey(surface: string): string {
  let ascii = true
  for (let i = 0; i < surface.length; i++) {
    if (surface.charCodeAt(i) > 0x7e) {
      ascii = false
      break
    }
  }
  if (ascii) return surface.toLowerCase()
  return surface.replaceAll('\u2019', "'").replaceAll('\u00ad', '').normalize('NFC').toLowerCase()
}

/** Digits folded: "7" and "31" stay, years 1000–2099 stay, "3,920" -> "0,000". */
export function numberKey(surface: string): string {
  if (surface.length <= 2) return surface
  if (surface.length === 4 && /^(?:1\d|20)\d\d$/.test(surface)) return surface
  return surface.replace(/\p{Nd}/gu, '0')
}

/** One form for the marks that writers use alike. */
export function punctuationKey(surface: string): string {
  const unit = surface.charCodeAt(0)
  if (unit < 0x2010 || unit > 0x201e) return surface
  if (unit === 0x2019 || unit === 0x2018) return "'"
  if (unit === 0x201c || unit === 0x201d || unit === 0x201e) return '"'
  if (unit === 0x2013 || unit === 0x2014) return '–'
  if (unit === 0x2010 || unit === 0x2011) return '-'
  return surface
}

/**
 * Case of a surface: "word" lower, "Word" and "A" title, "UK", "U.S." and "5G" upper, "iPhone" mixed;
 * none when no letter has a case.
 */
export function shapeOf(surface: string, key: string): Token['shape'] {
  const first = surface.charCodeAt(0)
  if (surface === key && first >= 0x61 && first <= 0x7a) return 'lower'
  let upper = 0
  let lower = 0
  let startsUpper = false
  for (const char of surface) {
    const small = char.toLowerCase()
    const capital = char.toUpperCase()
    if (small === capital) continue
    if (char === small) lower += 1
    else {
      upper += 1
      if (lower === 0 && upper === 1) startsUpper = true
    }
  }
  if (upper === 0) return lower > 0 ? 'lower' : 'none'
  if (lower === 0) return upper > 1 || surface.length > 1 ? 'upper' : 'title'
  return startsUpper && upper === 1 ? 'title' : 'mixed'
}
