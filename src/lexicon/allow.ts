/**
 * Where a document shows what its owner allows: compared by token keys, so that case, line breaks and
 * typographic apostrophes make no difference, and several words are one wording.
 *
 *   joint states               the wording, wherever it stands: a finding within it is none, a longer
 *                              finding around it is another wording and stays
 *   signed [joint states] of   this place: the wording where these words stand beside it, one or two on
 *                              a side, punctuation aside. A person has settled it: no finding touches it
 */
import { rawTokens } from '../document/tokens.ts'
import type { Span, Token } from '../types.ts'

/** Made once for many documents. */
export interface AllowList {
  readonly byFirst: ReadonlyMap<string, readonly Allowance[]>
}

interface Allowance {
  readonly keys: readonly string[]
  /** Words that must stand before and after it, the nearest first; none for a wording allowed everywhere. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly reach: 'wording' | 'place'
}

/** Ranges of a text, in order; they may overlap. */
export interface AllowedSpans {
  readonly wordings: readonly Span<'text'>[]
  readonly places: readonly Span<'text'>[]
}

/** How many words either side name a place. */
const WORDS_BESIDE = 2

export function allowList(lines: Iterable<string>): AllowList {
  const byFirst = new Map<string, Allowance[]>()
  for (const line of lines) {
    const allowance = allowanceOf(line)
    const [first] = allowance.keys
    if (first === undefined) continue
    const known = byFirst.get(first)
    if (known === undefined) byFirst.set(first, [allowance])
    else known.push(allowance)
  }
  return { byFirst }
}

function allowanceOf(line: string): Allowance {
  const [open, close] = [line.indexOf('['), line.lastIndexOf(']')]
  if (open === -1 || close < open) return { keys: keysOf(line), before: [], after: [], reach: 'wording' }
  // As one text without the brackets: "[country]'s" is what it is without them.
  const tokens = rawTokens(line.slice(0, open) + line.slice(open + 1, close) + line.slice(close + 1))
  const within = tokens.filter(({ start, end }) => start >= open && end < close)
  const left = tokens.filter(({ end }) => end <= open)
  const right = tokens.filter(({ start }) => start >= close - 1)
  const before = beside(left, left.length - 1, -1).map(({ key }) => key)
  const after = beside(right, 0, 1).map(({ key }) => key)
  const isPlace = before.length + after.length > 0
  return { keys: within.map(({ key }) => key), before, after, reach: isPlace ? 'place' : 'wording' }
}

const keysOf = (text: string): readonly string[] => rawTokens(text).map(({ key }) => key)

/** Where a text with these tokens shows what the list allows. */
export function allowedSpans(tokens: readonly Token[], { byFirst }: AllowList): AllowedSpans {
  const wordings: Span<'text'>[] = []
  const places: Span<'text'>[] = []
  if (byFirst.size === 0) return { wordings, places }
  for (const [at, { key, span }] of tokens.entries())
    for (const { keys, before, after, reach } of byFirst.get(key) ?? []) {
      if (!keys.every((word, i) => tokens[at + i]?.key === word)) continue
      const end = at + keys.length
      if (!stands(before, tokens, at - 1, -1) || !stands(after, tokens, end, 1)) continue
      const found = { start: span.start, end: tokens[end - 1]?.span.end ?? span.end }
      if (reach === 'place') places.push(found)
      else wordings.push(found)
    }
  return { wordings, places }
}

/** Are these the next words from `from` on? */
function stands(words: readonly string[], tokens: readonly Token[], from: number, step: 1 | -1): boolean {
  let i = from
  for (const word of words) {
    while (tokens[i]?.kind === 'punctuation') i += step
    if (tokens[i]?.key !== word) return false
    i += step
  }
  return true
}

/** Is the range inside one of `places`? */
export const isAllowed = (span: Span<'text'>, places: readonly Span<'text'>[]): boolean =>
  places.some(({ start, end }) => start <= span.start && span.end <= end)

/**
 * Up to two words either side of the tokens from `first` to `end`, punctuation aside (it is changed more
 * often than words are), in the order of the text: what a place is known by.
 */
export const surroundings = (
  tokens: readonly Token[],
  first: number,
  end: number,
): { readonly before: readonly Token[]; readonly after: readonly Token[] } => ({
  before: beside(tokens, first - 1, -1).reverse(),
  after: beside(tokens, end, 1),
})

function beside<T extends Pick<Token, 'kind'>>(tokens: readonly T[], from: number, step: 1 | -1): T[] {
  const out: T[] = []
  for (let i = from; out.length < WORDS_BESIDE && i >= 0 && i < tokens.length; i += step) {
    const token = tokens[i]
    if (token !== undefined && token.kind !== 'punctuation') out.push(token)
  }
  return out
}
