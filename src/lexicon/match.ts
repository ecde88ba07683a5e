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
  return admittedMatches(dictionary, tokens, interned, start, (guard, end) =>
    holds(guard, { tokens, kind, start, end, documentKeys }),
  )
}

/** The same with a caller's word on guards; `admit` is asked with the end of the match. */
export function admittedMatches(
  dictionary: Dictionary,
  tokens: readonly Token[],
  interned: Int32Array,
  start: number,
  admit: (guard: Guard, end: number) => boolean,
): readonly EntryMatch[] {
  const ends = sequenceEnds(dictionary, tokens, interned, start)
  if (ends.length === 0) return NONE
  const out: EntryMatch[] = []
  // Found outwards; several nodes with one end (with and without a hyphen) keep their order.
  ends.sort((a, b) => b.end - a.end || a.node - b.node)
  for (const { node, end, captured } of ends) {
    for (const group of dictionary.groups(node)) {
      const stored = dictionary.entries[group.entry]
      if (stored?.guard && !admit(stored.guard, end)) continue
      const proposed = group.copies ? filled(group, tokens, captured) : group.originals
      const originals =
        group.longest > end - start ? proposed.filter((one) => !stands(one, tokens, start, end)) : proposed
      if (originals.length === 0) continue
      out.push({
        start,
        end,
        source: stored === undefined ? 'habit' : 'entry',
        kind: stored?.kind ?? (end - start === 1 ? 'word' : 'phrase'),
        case: stored?.case ?? 'keep',
        guard: stored?.guard,
        origin: originals[0]?.origin ?? '',
        originals,
      })
    }
  }
  return out
}

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
  while (start < tokens.length) {
    const [longest] = matchEntries(dictionary, tokens, interned, start, documentKeys, kind)
    if (longest !== undefined) out.push(longest)
    start = longest?.end ?? start + 1
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
  const search: Search = { dictionary, tokens, interned, out: [] }
  const node = dictionary.first(interned[start] ?? 0)
  if (node !== 0) arrive(search, node, start + 1, UNTAKEN)
  const first = tokens[start]
  if (first?.kind === 'number') takeWildcards(search, 0, start, first, UNTAKEN)
  return search.out
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
 * Does the original stand there already, around the match ("game" for "video game" in "a video game")?
 * Without this a restored text would be found again, and restored again.
 */
function stands({ words }: EntryOriginal, tokens: readonly Token[], start: number, end: number): boolean {
  const longer = words.length - (end - start)
  for (let from = start - longer; longer > 0 && from <= start; from++) {
    if (words.every((word, at) => tokens[from + at]?.key === word)) return true
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
