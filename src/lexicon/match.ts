/**
 * Finds dictionary entries in the tokens of a sentence: exact keys, all matches at a place or the
 * leftmost longest ones.
 *
 * Over plain prose nearly every word is a habit of some spinner, so matches are found as numbers first
 * (`findMatches`), and made into objects (`entryMatch`) for the places that somebody asks about.
 */
import type { Sentence, Token } from '../types.ts'
import type { EntryMatch, Guard } from './entry.ts'
import { holds, type Keys } from './guard.ts'
import { originalsAt } from './place.ts'
import { type Dictionary, GROUP_FLAG } from './trie.ts'
import { type Ids, type Interned, noEnds, type SequenceEnds, sequenceEnds } from './walk.ts'

/** Columns of a match: tokens [start, end), the group of originals, and 1 where those depend on the place. */
export const MATCH = { start: 0, end: 1, group: 2, placed: 3 } as const
/** Numbers of one match. */
export const MATCH_WIDTH = 4

/**
 * Matches of a sentence, `MATCH_WIDTH` numbers each: by start, at one start longest first, entries in
 * file order before habits. Where `placed` is 0 the originals are `dictionary.originalsOf(group)`, the
 * strongest `dictionary.weightOf(group)`; where it is 1 only `entryMatch` knows them.
 */
export type Matches = readonly number[]

type Admit = (guard: Guard, end: number) => boolean

/** All matches of a sentence whose guards hold. `documentKeys` are the keys of all tokens of the document. */
export function findMatches(
  sentence: Interned,
  documentKeys: Keys,
  kind: Sentence['kind'] = 'prose',
): Matches {
  const { tokens } = sentence
  const out: number[] = []
  const ends = noEnds()
  let start = 0
  const admit: Admit = (guard, end) => holds(guard, { tokens, kind, start, end, documentKeys })
  for (; start < tokens.length; start++) matchesFrom(sentence, start, admit, ends, out)
  return out
}

/** The match whose numbers begin at `row`, with its originals. */
export function entryMatch(sentence: Interned, matches: Matches, row: number): EntryMatch {
  const { dictionary } = sentence
  const start = matches[row + MATCH.start] as number // rows are whole
  const end = matches[row + MATCH.end] as number
  const group = matches[row + MATCH.group] as number
  const { entry, origin, originals } = dictionary.listed(group)
  const isPlaced = matches[row + MATCH.placed] === 1
  const proposed = isPlaced ? originalsAt(sentence, start, end, group) : originals
  return {
    start,
    end,
    source: entry === undefined ? 'habit' : 'entry',
    kind: entry?.kind ?? (end - start === 1 ? 'word' : 'phrase'),
    case: entry?.case ?? 'keep',
    guard: entry?.guard,
    origin: isPlaced ? (proposed[0]?.origin ?? origin) : origin,
    originals: proposed,
  }
}

const NONE: readonly EntryMatch[] = Object.freeze([])

/**
 * All matches that start at token `start` and whose guards hold: longest first, entries in file order
 * before habits. `interned` is internTokens of the same dictionary and tokens.
 */
export function matchEntries(
  dictionary: Dictionary,
  tokens: readonly Token[],
  interned: Ids,
  start: number,
  documentKeys: Keys,
  kind: Sentence['kind'] = 'prose',
): readonly EntryMatch[] {
  return admittedMatches(dictionary, tokens, interned, start, (guard, end) =>
    holds(guard, { tokens, kind, start, end, documentKeys }),
  )
}

/** The same with a caller's word on guards; `admit` is asked with the end of the match. */
export function admittedMatches(
  dictionary: Dictionary,
  tokens: readonly Token[],
  ids: Ids,
  start: number,
  admit: Admit,
): readonly EntryMatch[] {
  const sentence = { dictionary, tokens, ids }
  const found: number[] = []
  matchesFrom(sentence, start, admit, noEnds(), found)
  return found.length === 0 ? NONE : entryMatches(sentence, found)
}

function entryMatches(sentence: Interned, matches: Matches): EntryMatch[] {
  const out: EntryMatch[] = []
  for (let row = 0; row < matches.length; row += MATCH_WIDTH) out.push(entryMatch(sentence, matches, row))
  return out
}

/**
 * Disjoint matches from left to right, the longest at each start, entries before habits: what a
 * dictionary alone would replace.
 */
export function longestMatches(
  dictionary: Dictionary,
  tokens: readonly Token[],
  ids: Ids,
  documentKeys: Keys,
  kind: Sentence['kind'] = 'prose',
): readonly EntryMatch[] {
  const sentence = { dictionary, tokens, ids }
  const ends = noEnds()
  const found: number[] = []
  let start = 0
  const admit: Admit = (guard, end) => holds(guard, { tokens, kind, start, end, documentKeys })
  while (start < tokens.length) {
    const row = found.length
    matchesFrom(sentence, start, admit, ends, found, 1)
    start = found[row + MATCH.end] ?? start + 1
  }
  return entryMatches(sentence, found)
}

/** Appends the matches at `start`, at most `limit`; `ends` is scratch. */
function matchesFrom(
  sentence: Interned,
  start: number,
  admit: Admit,
  ends: SequenceEnds,
  out: number[],
  limit = Number.POSITIVE_INFINITY,
): void {
  const { dictionary } = sentence
  sequenceEnds(sentence, start, ends)
  let found = 0
  for (let i = 0; i < ends.count; i++) {
    const node = ends.nodes[i] as number // i < count
    const end = ends.ends[i] as number
    const behind = dictionary.firstGroup(node + 1)
    for (let group = dictionary.firstGroup(node); group < behind; group++) {
      const number = dictionary.entryOf(group)
      const guard = number < 0 ? undefined : dictionary.entry(number).guard
      if (guard !== undefined && !admit(guard, end)) continue
      let placed = 0
      const flags = dictionary.flagsOf(group)
      if (flags !== 0) {
        const originals = originalsAt(sentence, start, end, group)
        if (originals.length === 0) continue
        if ((flags & GROUP_FLAG.copies) !== 0 || originals !== dictionary.originalsOf(group)) placed = 1
      }
      out.push(start, end, group, placed)
      found += 1
      if (found === limit) return
    }
  }
}
