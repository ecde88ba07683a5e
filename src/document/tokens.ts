/**
 * Readable text to tokens: one pass over UTF-16 units, no regular expression on the common path.
 *
 * In: a string. Out: kind, half-open range, key. The same keys are counted by training and matched
 * by the dictionary, so what this file folds is folded everywhere:
 *  - words: NFC, lower case, straight apostrophe; 's 're 've 'll 'd 'm are tokens of their own,
 *    "don't" stays whole; "U.S." is one word; a hyphen stands alone ("well-liked" is three tokens)
 *  - numbers: one or two digits and the years 1000–2099 stay, every other digit becomes 0 ("3.92" -> "0.00")
 *  - URLs and e-mail addresses: `<url>`, `<email>`
 */

export type TokenKind = 'word' | 'number' | 'punctuation' | 'url' | 'email'

export interface RawToken {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  readonly key: string
}

const CLASS = { space: 0, letter: 1, digit: 2, other: 3 } as const
type CharClass = (typeof CLASS)[keyof typeof CLASS]

/** Classes of the first 0x250 code units, filled once; the rest is decided by Unicode property. */
/** @internal */
const LOW = new Uint8Array(0x250)
for (let c = 0; c < LOW.length; c++) LOW[c] = classify(String.fromCharCode(c))

function classify(char: string): CharClass {
  if (/^[\p{L}\p{M}]$/u.test(char)) return CLASS.letter
  if (/^\p{Nd}$/u.test(char)) return CLASS.digit
  if (/^[\s\p{Z}\p{Cc}\u200b\ufeff\u00ad]$/u.test(char)) return CLASS.space
  return CLASS.other
}

function classAt(text: string, at: number): CharClass {
  const c = text.charCodeAt(at)
  if (c < 0x250) return LOW[c] as CharClass
  if (c === 0x2019 || (c >= 0x2010 && c <= 0x201f)) return CLASS.other
  return classify(String.fromCodePoint(text.codePointAt(at) as number))
}

const isApostrophe = (c: number): boolean => c === 0x27 || c === 0x2019
const unitsAt = (text: string, at: number): number => ((text.codePointAt(at) as number) > 0xffff ? 2 : 1)

/** Endings that are tokens of their own, lower case, without the apostrophe. */
const CLITICS = new Set(['s', 're', 've', 'll', 'd', 'm'])
const MAX_ADDRESS = 2048

/** All tokens of `text` in order, disjoint; white space and soft hyphens between them. */
export function rawTokens(text: string): RawToken[] {
  const out: RawToken[] = []
  let nextAt = text.indexOf('@')
  let at = 0
  while (at < text.length) {
    const kind = classAt(text, at)
    if (kind === CLASS.space) {
      at += unitsAt(text, at)
      continue
    }
    if (nextAt !== -1 && nextAt < at) nextAt = text.indexOf('@', at)
    const address = kind === CLASS.other ? undefined : addressAt(text, at, nextAt)
    if (address !== undefined) {
      out.push(address)
      at = address.end
    } else if (kind === CLASS.letter) at = pushWord(out, text, at)
    else if (kind === CLASS.digit) at = pushNumber(out, text, at)
    else {
      const end = at + unitsAt(text, at)
      out.push({ kind: 'punctuation', start: at, end, key: punctuationKey(text, at, end) })
      at = end
    }
  }
  return out
}

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

function wordEnd(text: string, from: number): number {
  let end = from
  while (end < text.length) {
    const k = classAt(text, end)
    if (k === CLASS.letter || k === CLASS.digit || text.charCodeAt(end) === 0xad) end += unitsAt(text, end)
    else if (
      isApostrophe(text.charCodeAt(end)) &&
      end + 1 < text.length &&
      classAt(text, end + 1) === CLASS.letter
    )
      end += 1
    else break
  }
  return end
}

function pushWord(out: RawToken[], text: string, start: number): number {
  const dotted = dottedEnd(text, start)
  if (dotted > start) {
    out.push({ kind: 'word', start, end: dotted, key: wordKey(text.slice(start, dotted)) })
    return dotted
  }
  const end = wordEnd(text, start)
  const key = wordKey(text.slice(start, end))
  const mark = key.lastIndexOf("'")
  if (mark > 0 && CLITICS.has(key.slice(mark + 1))) {
    // Surface and key have the same tail: the clitic is ASCII after a one-unit apostrophe.
    const cut = end - (key.length - mark)
    out.push({ kind: 'word', start, end: cut, key: wordKey(text.slice(start, cut)) })
    out.push({ kind: 'word', start: cut, end, key: key.slice(mark) })
  } else out.push({ kind: 'word', start, end, key })
  return end
}

/** End of "U.S." or "e.g.": single letters each followed by a full stop, at least two; else `start`. */
function dottedEnd(text: string, start: number): number {
  let end = start
  let letters = 0
  while (
    end + 1 < text.length &&
    text.charCodeAt(end + 1) === 0x2e &&
    text.charCodeAt(end) < 0x250 &&
    classAt(text, end) === CLASS.letter
  ) {
    end += 2
    letters += 1
  }
  return letters >= 2 ? end : start
}

function pushNumber(out: RawToken[], text: string, start: number): number {
  let end = start
  while (end < text.length) {
    if (classAt(text, end) === CLASS.digit) end += unitsAt(text, end)
    else if (
      (text.charCodeAt(end) === 0x2e || text.charCodeAt(end) === 0x2c) &&
      end + 1 < text.length &&
      classAt(text, end + 1) === CLASS.digit
    )
      end += 1
    else break
  }
  // "5G", "10th", "4x4": digits with letters behind them read as one word.
  if (end < text.length && classAt(text, end) === CLASS.letter) {
    const last = wordEnd(text, end)
    out.push({ kind: 'word', start, end: last, key: wordKey(text.slice(start, last)) })
    return last
  }
  out.push({ kind: 'number', start, end, key: numberKey(text.slice(start, end)) })
  return end
}

function punctuationKey(text: string, start: number, end: number): string {
  const c = text.charCodeAt(start)
  if (c === 0x2019 || c === 0x2018) return "'"
  if (c === 0x201c || c === 0x201d || c === 0x201e) return '"'
  if (c === 0x2013 || c === 0x2014) return '–'
  if (c === 0x2010 || c === 0x2011) return '-'
  return text.slice(start, end)
}

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/y

function addressAt(text: string, at: number, nextAt: number): RawToken | undefined {
  const c = text.charCodeAt(at) | 0x20
  if (c === 0x68 || c === 0x77) {
    const head = text.slice(at, at + 8).toLowerCase()
    if (head.startsWith('http://') || head.startsWith('https://') || head.startsWith('www.')) {
      let end = at
      const limit = Math.min(text.length, at + MAX_ADDRESS)
      while (end < limit && classAt(text, end) !== CLASS.space && !'<>"”)'.includes(text.charAt(end)))
        end += 1
      while (end > at && ".,;:!?'’".includes(text.charAt(end - 1))) end -= 1
      return { kind: 'url', start: at, end, key: '<url>' }
    }
  }
  if (nextAt !== -1 && nextAt - at <= 64) {
    EMAIL.lastIndex = at
    const found = EMAIL.exec(text)
    if (found) return { kind: 'email', start: at, end: EMAIL.lastIndex, key: '<email>' }
  }
  return undefined
}
