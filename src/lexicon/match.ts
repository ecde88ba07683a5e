/**
 * Finds dictionary entries in the tokens of a sentence: exact keys, all matches at a place or the
 * leftmost longest ones.
 *
 * Each token's key is looked up once per sentence (`internTokens`); the walk itself compares integers
 * and makes nothing where nothing begins. A hyphen between two joined words may be passed over, so
 * that "set up" also matches "set-up"; the compiler leaves such hyphens out.
 */
import { rawTokens } from '../document/tokens.ts'
import type { Sentence, Token } from '../types.ts'
import type { EntryMatch, EntryOriginal, Guard } from './entry.ts'
import { holds, isYear } from './guard.ts'
import { type Dictionary, NUMBER_ID, type ReadingGroup, WORD_ID, YEAR_ID } from './trie.ts'

/** Ids of the tokens' keys in this dictionary, 0 where it has none. */
export function internTokens(dictionary: Dictionary, tokens: readonly Token[]): Int32Array {
  const ids = new Int32Array(tokens.length)
  for (let i = 0; i < ids.length; i++) {
    const { kind, key, surface } = tokens[i] as Token // i < length
    // Patterns hold numbers as written; a token's key has its digits folded.
    ids[i] = dictionary.id(kind === 'number' ? surface : key)
  }
  return ids
}

const NONE: readonly EntryMatch[] = Object.freeze([])

/**
 * All matches that start at token `start` and whose guards hold: longest first, entries in file order
 * before habits. `interned` is internTokens of the same dictionary and tokens.
 */
export function matchEntries(
  dictionary: Dictionary,
  tokens: readonly Token[],
  interned: Int32Array,
  start: number,
  documentKeys: ReadonlySet<string>,
  kind: Sentence['kind'] = 'prose',
): readonly EntryMatch[] {
  // Most tokens begin nothing: nothing is made for them.
  if (!begins(dictionary, tokens, interned, start)) return NONE
  const admit = (guard: Guard, end: number): boolean =>
    holds(guard, { tokens, kind, start, end, documentKeys })
  return firstMatches(dictionary, tokens, interned, start, admit, Number.POSITIVE_INFINITY)
}

/** The same with a caller's word on guards; `admit` is asked with the end of the match. */
export const admittedMatches = (
  dictionary: Dictionary,
  tokens: readonly Token[],
  interned: Int32Array,
  start: number,
  admit: Admit,
): readonly EntryMatch[] => firstMatches(dictionary, tokens, interned, start, admit, Number.POSITIVE_INFINITY)

/**
 * Disjoint matches from left to right, the longest at each start, entries before habits: what a
 * dictionary alone would replace.
 */
export function longestMatches(
  dictionary: Dictionary,
  tokens: readonly Token[],
  interned: Int32Array,
  documentKeys: ReadonlySet<string>,
  kind: Sentence['kind'] = 'prose',
): readonly EntryMatch[] {
  const out: EntryMatch[] = []
  let start = 0
  const admit = (guard: Guard, end: number): boolean =>
    holds(guard, { tokens, kind, start, end, documentKeys })
  while (start < tokens.length) {
    const longest = begins(dictionary, tokens, interned, start)
      ? firstMatches(dictionary, tokens, interned, start, admit, 1)[0]
      : undefined
    if (longest !== undefined) out.push(longest)
    start = longest?.end ?? start + 1
  }
  return out
}

type Admit = (guard: Guard, end: number) => boolean

/** At most `limit` matches from `start`, the longest first; the others are not even made. */
function firstMatches(
  dictionary: Dictionary,
  tokens: readonly Token[],
  interned: Int32Array,
  start: number,
  admit: Admit,
  limit: number,
): readonly EntryMatch[] {
  const ends = sequenceEnds(dictionary, tokens, interned, start)
  if (ends.length === 0) return NONE
  const out: EntryMatch[] = []
  // Found outwards; several nodes with one end (with and without a hyphen) keep their order.
  if (ends.length > 1) ends.sort((a, b) => b.end - a.end || a.node - b.node)
  for (const { node, end, captured } of ends) {
    for (const group of dictionary.groups(node)) {
      // Asking an array for item −1 takes longer than everything else here.
      const stored = group.entry < 0 ? undefined : dictionary.entries[group.entry]
      if (stored?.guard && !admit(stored.guard, end)) continue
      const proposed = group.copies ? filled(group, tokens, captured) : group.originals
      const originals = group.echoes ? absent(proposed, tokens, start, end) : proposed
      const [first] = originals
      if (first === undefined) continue
      out.push({
        start,
        end,
        source: stored === undefined ? 'habit' : 'entry',
        kind: stored?.kind ?? (end - start === 1 ? 'word' : 'phrase'),
        case: stored?.case ?? 'keep',
        guard: stored?.guard,
        origin: first.origin,
        originals,
      })
      if (out.length === limit) return out
    }
  }
  return out
}

interface SequenceEnd {
  readonly node: number
  readonly end: number
  /** Tokens taken by wildcards, left to right, with the wildcard's id. */
  readonly captured: readonly Capture[]
}

interface Capture {
  readonly wildcard: number
  readonly token: number
}

/** Can any sequence begin with the token? Only a number can be taken by a wildcard in first place. */
function begins(
  dictionary: Dictionary,
  tokens: readonly Token[],
  interned: Int32Array,
  start: number,
): boolean {
  const id = interned[start] ?? 0
  if (id !== 0 && dictionary.first(id) !== 0) return true
  return dictionary.takesWildcard(0) && tokens[start]?.kind === 'number'
}

/** Nodes reached from `start` at which a sequence ends. As deep as the trie: 12, and the hyphens passed over. */
function sequenceEnds(
  dictionary: Dictionary,
  tokens: readonly Token[],
  interned: Int32Array,
  start: number,
): SequenceEnd[] {
  const out: SequenceEnd[] = []
  let node = dictionary.first(interned[start] ?? 0)
  let at = start + 1
  // One way to go on at nearly every node; where there may be several, the general search takes over.
  while (node !== 0) {
    const token = tokens.length > at ? tokens[at] : undefined
    if (token !== undefined && (dictionary.takesWildcard(node) || token.key === '-')) {
      arrive({ dictionary, tokens, interned, out }, node, at, UNTAKEN)
      break
    }
    if (dictionary.ends(node)) out.push({ node, end: at, captured: UNTAKEN })
    const id = token === undefined ? 0 : (interned[at] ?? 0)
    node = id === 0 ? 0 : dictionary.child(node, id)
    at += 1
  }
  const first = tokens[start]
  if (first?.kind === 'number') takeWildcards({ dictionary, tokens, interned, out }, 0, start, first, UNTAKEN)
  return out
}

interface Search {
  readonly dictionary: Dictionary
  readonly tokens: readonly Token[]
  readonly interned: Int32Array
  readonly out: SequenceEnd[]
}

const UNTAKEN: readonly Capture[] = Object.freeze([])

function arrive(search: Search, node: number, at: number, captured: readonly Capture[]): void {
  if (search.dictionary.ends(node)) search.out.push({ node, end: at, captured })
  if (search.dictionary.continues(node)) follow(search, node, at, captured)
}

function follow(search: Search, node: number, at: number, captured: readonly Capture[]): void {
  const { dictionary, tokens, interned } = search
  const token = tokens[at]
  if (token === undefined) return
  const id = interned[at] ?? 0
  const next = id === 0 ? 0 : dictionary.child(node, id)
  if (next !== 0) arrive(search, next, at + 1, captured)
  if (dictionary.takesWildcard(node)) takeWildcards(search, node, at, token, captured)
  if (token.key === '-' && isInnerHyphen(tokens, at)) follow(search, node, at + 1, captured)
}

function takeWildcards(
  search: Search,
  node: number,
  at: number,
  token: Token,
  captured: readonly Capture[],
): void {
  for (const wildcard of wildcardsOf(token)) {
    const next = search.dictionary.child(node, wildcard)
    if (next !== 0) arrive(search, next, at + 1, [...captured, { wildcard, token: at }])
  }
}

/** A hyphen joined to a word or number on both sides; a row of hyphens is no such thing. */
function isInnerHyphen(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]
  return tokens[at]?.joined === true && next?.joined === true && next.key !== '-'
}

function wildcardsOf(token: Token): readonly number[] {
  if (token.kind === 'word') return [WORD_ID]
  if (token.kind !== 'number') return []
  return isYear(token) ? [NUMBER_ID, YEAR_ID] : [NUMBER_ID]
}

/**
 * The originals that do not stand there already, around the match ("game" for "video game" in "a video
 * game"). With them a restored text would be found again, and restored again. Mostly all of them, and
 * then the list itself.
 */
function absent(
  originals: readonly EntryOriginal[],
  tokens: readonly Token[],
  start: number,
  end: number,
): readonly EntryOriginal[] {
  for (const one of originals) {
    if (stands(one.words, tokens, start, end))
      return originals.filter(({ words }) => !stands(words, tokens, start, end))
  }
  return originals
}

function stands(words: readonly string[], tokens: readonly Token[], start: number, end: number): boolean {
  const longer = words.length - (end - start)
  if (longer <= 0) return false
  const last = Math.min(start, tokens.length - words.length)
  for (let from = Math.max(0, start - longer); from <= last; from++) {
    let at = 0
    while (at < words.length && tokens[from + at]?.key === words[at]) at += 1
    if (at === words.length) return true
  }
  return false
}

const WILDCARD_TEXT: readonly (readonly [string, number])[] = [
  ['<number>', NUMBER_ID],
  ['<year>', YEAR_ID],
  ['<word>', WORD_ID],
]

/** Originals with what stood at the wildcards, first to first. */
function filled(
  group: ReadingGroup,
  tokens: readonly Token[],
  captured: readonly Capture[],
): readonly EntryOriginal[] {
  return group.originals.map((original) => {
    let text = original.text
    for (const [name, id] of WILDCARD_TEXT) {
      for (const { wildcard, token } of captured) {
        if (wildcard === id) text = text.replace(name, () => tokens[token]?.surface ?? '')
      }
    }
    return { ...original, text, words: rawTokens(text).map(({ key }) => key) }
  })
}
