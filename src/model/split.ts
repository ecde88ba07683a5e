/**
 * Sentence ends for training, by rule: fast, and right often enough for counting.
 *
 * In: a paragraph and its tokens. Out: the index of every sentence's first token. Reading a document
 * uses a better splitter (document/sentences.ts); a missed end costs training one odd n-gram.
 */
import type { RawToken } from '../document/tokens.ts'

/** Words before a full stop that seldom end a sentence. */
const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof st sr jr gen col capt cmdr lt sgt maj rep sen gov pres rev hon fr mt ft inc ltd co corp llc bros dept univ assn vs etc eg ie al ca cf vol pp fig ed eds jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
)
const ENDS = new Set(['.', '!', '?', '…'])
const CLOSERS = new Set(['"', "'", ')', ']', '»'])
const OPENERS = new Set(['"', "'", '(', '[', '«'])

/** Indices into `tokens`, ascending; the first is 0. Empty for no tokens. */
export function sentenceStarts(text: string, tokens: readonly RawToken[]): number[] {
  if (tokens.length === 0) return []
  const starts = [0]
  for (let i = 0; i + 1 < tokens.length; i++) {
    const token = tokens[i]
    if (token === undefined || token.kind !== 'punctuation' || !ENDS.has(token.key)) continue
    let next = i + 1
    while (next < tokens.length && joined(tokens, next) && CLOSERS.has(tokens[next]?.key ?? '')) next += 1
    if (next >= tokens.length || joined(tokens, next)) continue
    if (token.key === '.' && abbreviated(tokens, i)) continue
    if (!opens(text, tokens, next)) continue
    starts.push(next)
    i = next - 1
  }
  return starts
}

/** No white space before token `i`. */
const joined = (tokens: readonly RawToken[], i: number): boolean => tokens[i - 1]?.end === tokens[i]?.start

/** The word before the full stop at `i` is an initial or a known abbreviation. */
function abbreviated(tokens: readonly RawToken[], i: number): boolean {
  const before = tokens[i - 1]
  if (before === undefined || before.kind !== 'word' || before.end !== tokens[i]?.start) return false
  return (before.end - before.start === 1 && before.key !== 'i') || ABBREVIATIONS.has(before.key)
}

/** Token `i`, past opening quotes and brackets, begins with a capital letter. */
function opens(text: string, tokens: readonly RawToken[], i: number): boolean {
  let at = i
  while (OPENERS.has(tokens[at]?.key ?? '') && at - i < 3) at += 1
  const token = tokens[at]
  if (token === undefined) return false
  if (token.kind !== 'word') return at > i
  const first = text.charAt(token.start)
  return first !== first.toLowerCase()
}
