/**
 * Asks every source for wordings of a sentence and collects them as candidates.
 *
 * In: a sentence after the cheap look, and which of its tokens are suspects. Out: candidates by start
 * token. Which words are asked for is decided here (names are left to entries, numbers and punctuation
 * too); whether a wording is any good is not. Phrase entries are asked for everywhere, habits and
 * thesaurus only for suspects.
 */

import type { EntryMatch } from '../lexicon/entry.ts'
import { entryMatch, MATCH, MATCH_WIDTH } from '../lexicon/match.ts'
import type { Dictionary } from '../lexicon/trie.ts'
import type { Sentence, Source, Token } from '../types.ts'
import {
  type CandidateSet,
  candidateSet,
  type PlaceCandidates,
  type Proposal,
  type Strengths,
} from './candidates.ts'
import type { Look } from './look.ts'
import type { Prepare } from './prepared.ts'
import type { Printed } from './printed.ts'

export interface Lexicon {
  /** Own dictionary first, then the user's. */
  readonly dictionaries: readonly Dictionary[]
  /** What the thesaurus proposes for a word, in the word's inflection. */
  readonly prepare: Prepare
  /** How often spinners print a wording. */
  readonly printed: Printed
}

export interface ProposeOptions {
  /** By token: is it worth asking for? Undefined asks for all. */
  readonly suspects: Uint8Array | undefined
  readonly expected: (token: number) => readonly string[]
  /** Words more frequent than this id are left to the dictionary. */
  readonly askedFrom: number
}

export function propose(
  lexicon: Lexicon,
  { context, found, sentence }: Look,
  { suspects, expected, askedFrom }: ProposeOptions,
): PlaceCandidates[] {
  const { tokens } = sentence
  const { vocabulary } = context.model
  const set = candidateSet(tokens, (key) => vocabulary.id(key))
  const asked = (i: number): boolean => suspects === undefined || suspects[i] === 1
  for (const { sentence: seen, matches } of found)
    for (let row = 0; row < matches.length; row += MATCH_WIDTH) {
      const start = matches[row + MATCH.start] as number // rows are whole
      const isHabit = seen.dictionary.entryOf(matches[row + MATCH.group] as number) < 0
      if (isHabit && !some(start, matches[row + MATCH.end] as number, asked)) continue
      addMatch(set, tokens, entryMatch(seen, matches, row))
    }
  for (let i = 0; i < tokens.length; i++) {
    addRepairs(set, tokens, i, asked)
    if (!asked(i) || !asksThesaurus(sentence, i) || isFrequent(context.ids[i] as number, askedFrom)) continue
    for (const word of expected(i)) set.add(i, i + 1, expectedProposal(word))
    set.addPrepared(i, lexicon.prepare((tokens[i] as Token).key))
  }
  return set.byStart()
}

function addMatch(set: CandidateSet, tokens: readonly Token[], match: EntryMatch): void {
  const spun = tokens.slice(match.start, match.end).map((token) => token.key)
  for (const original of match.originals) {
    const source: Source = {
      name: match.source,
      weight: original.weight,
      path: [spun.join(' '), original.text],
      origin: match.origin,
    }
    const strengths: Partial<Strengths> =
      match.source === 'entry'
        ? { entry: original.weight }
        : { habit: original.weight, channel: original.channel }
    set.add(match.start, match.end, {
      words: original.words,
      written: match.case === 'title' || match.kind === 'name' ? original.text : undefined,
      kind: match.kind,
      source,
      strengths,
    })
  }
}

function some(start: number, end: number, asked: (i: number) => boolean): boolean {
  for (let i = start; i < end; i++) if (asked(i)) return true
  return false
}

/** Doubled words and the article before a word that was replaced. */
function addRepairs(
  set: CandidateSet,
  tokens: readonly Token[],
  i: number,
  asked: (i: number) => boolean,
): void {
  const token = tokens[i] as Token
  const before = tokens[i - 1]
  if (token.kind !== 'word') return
  if (before !== undefined && before.key === token.key && !token.joined) {
    set.add(i, i + 1, {
      words: [],
      kind: 'insertion',
      source: { name: 'deletion', weight: 1, path: [`${before.surface} ${token.surface}`, token.surface] },
      strengths: { spelling: 1 },
    })
  }
  if ((token.key === 'a' || token.key === 'an') && some(i, i + 2, asked)) {
    const other = token.key === 'a' ? 'an' : 'a'
    set.add(i, i + 1, {
      words: [other],
      source: { name: 'spelling', weight: 1, path: [token.key, other] },
      strengths: { spelling: 1 },
    })
  }
}

/** Ids of known words below `askedFrom`: function words, whose few replacements the dictionary lists. */
const isFrequent = (id: number, askedFrom: number): boolean => id > 0 && id < askedFrom

/** Common words in lower case, or capitalised only because a sentence or a heading begins so. */
function asksThesaurus(sentence: Sentence, i: number): boolean {
  const token = sentence.tokens[i] as Token
  if (token.kind !== 'word' || token.key.length < 2 || token.key.startsWith("'")) return false
  if (token.shape === 'lower') return true
  return (
    token.shape === 'title' && (i === 0 || sentence.kind === 'heading' || opensSentence(sentence.tokens, i))
  )
}

/** Only punctuation stands before it: a quotation mark, a bullet. */
function opensSentence(tokens: readonly Token[], i: number): boolean {
  for (let k = i - 1; k >= 0; k--)
    if (tokens[k]?.kind !== 'punctuation') return k >= 0 && tokens[k + 1]?.key === '"'
  return true
}

const expectedProposal = (word: string): Proposal => ({
  words: [word],
  source: { name: 'expected', weight: 1, path: [word] },
  strengths: { expected: 1 },
})
