/**
 * Does a guard hold at a place? Every condition given must.
 *
 * In: the guard as written, the sentence, the tokens matched, the keys of the whole document.
 * The lists are short, so they are searched as they are.
 */
import type { Sentence, Token } from '../types.ts'
import type { Guard, GuardPlace, Near } from './entry.ts'

export interface GuardedPlace {
  readonly tokens: readonly Token[]
  readonly kind: Sentence['kind']
  /** Tokens [start, end) are the match. */
  readonly start: number
  readonly end: number
  /** Keys of all tokens of the document. */
  readonly documentKeys: Keys
}

/** What tells whether it has a key: a set, or a map by key. */
export interface Keys {
  has(key: string): boolean
}

export function holds(guard: Guard, place: GuardedPlace): boolean {
  const { tokens, start, end, documentKeys } = place
  if (guard.next && !names(guard.next, tokens[end])) return false
  if (guard['not-next'] && names(guard['not-next'], tokens[end])) return false
  if (guard.previous && !names(guard.previous, tokens[start - 1])) return false
  if (guard['not-previous'] && names(guard['not-previous'], tokens[start - 1])) return false
  if (guard.near && !isNear(guard.near, place)) return false
  if (guard['not-near'] && isNear(guard['not-near'], place)) return false
  if (guard.in && !guard.in.some((where) => isIn(where, place))) return false
  if (guard['not-in']?.some((where) => isIn(where, place))) return false
  const { any, all, none } = guard.document ?? {}
  const has = (key: string): boolean => documentKeys.has(key)
  return (any?.some(has) ?? true) && (all?.every(has) ?? true) && !(none?.some(has) ?? false)
}

/** Is the token one of the words? `<edge>` names the place where there is none. */
function names(words: readonly string[], token: Token | undefined): boolean {
  if (token === undefined) return words.includes('<edge>')
  if (words.includes(token.key)) return true
  return (
    token.kind === 'number' && (words.includes('<number>') || (isYear(token) && words.includes('<year>')))
  )
}

/** A number of four digits that the tokenizer left as it is. */
export const isYear = (token: Token): boolean =>
  token.kind === 'number' && token.key.length === 4 && token.key >= '1000' && token.key <= '2099'

function isNear({ words, within }: Near, { tokens, start, end }: GuardedPlace): boolean {
  const last = Math.min(tokens.length, end + within)
  for (let i = Math.max(0, start - within); i < last; i++) {
    if ((i < start || i >= end) && names(words, tokens[i])) return true
  }
  return false
}

function isIn(where: GuardPlace, place: GuardedPlace): boolean {
  switch (where) {
    case 'heading':
      return place.kind === 'heading'
    case 'quotation':
      return place.tokens[place.start]?.quoted ?? false
    case 'title-case':
      return hasCapitals(place, true)
    case 'lower-case':
      return hasCapitals(place, false)
  }
}

/** "of", "the", "and" stay small in names. */
const SMALL = 3

/**
 * Capitals on every longer word (`wanted`), or on none. The first word of a sentence or quotation has
 * one anyway and is not asked, unless capitals run through all of it.
 */
function hasCapitals({ tokens, start, end }: GuardedPlace, wanted: boolean): boolean {
  let asked = 0
  for (let i = start; i < end; i++) {
    const token = tokens[i] as Token // start ≤ i < end ≤ length
    if (token.kind !== 'word' || token.shape === 'none') continue
    if (token.shape === 'title' && opens(tokens, i)) continue
    const capital = token.shape !== 'lower'
    if (!wanted && capital) return false
    if (wanted && !capital && token.key.length > SMALL) return false
    if (capital) asked += 1
  }
  return wanted ? asked > 0 : true
}

/** Nothing but punctuation before it in the sentence, or an opening quotation mark or colon directly before. */
function opens(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (before === undefined || before.key === '"' || before.key === ':') return true
  for (let i = at - 1; i >= 0; i--) if (tokens[i]?.kind !== 'punctuation') return false
  return true
}
