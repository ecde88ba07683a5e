/**
 * Asks every source for wordings of a sentence and collects them as candidates.
 *
 * In: a sentence and the lexicon. Out: candidates by start token. Which words are asked for is decided
 * here (names are left to entries, numbers and punctuation too); whether a wording is any good is not.
 */

import { internTokens, matchEntries } from '../lexicon/match.ts'
import type { Dictionary } from '../lexicon/trie.ts'
import type { Sentence, Source, Token } from '../types.ts'
import {
  type Candidate,
  type CandidateSet,
  candidateSet,
  type Proposal,
  type Strengths,
} from './candidates.ts'
import type { Prepare } from './prepared.ts'

export interface Lexicon {
  /** Own dictionary first, then the user's. */
  readonly dictionaries: readonly Dictionary[]
  /** What the thesaurus proposes for a word, in the word's inflection. */
  readonly prepare: Prepare
}

export function propose(
  lexicon: Lexicon,
  sentence: Sentence,
  documentKeys: ReadonlySet<string>,
  idOf: (key: string) => number,
  expected: (token: number) => readonly string[],
  askedFrom: number,
): Candidate[][] {
  const { tokens } = sentence
  const set = candidateSet(tokens, idOf)
  for (const dictionary of lexicon.dictionaries) addEntries(set, dictionary, sentence, documentKeys)
  for (let i = 0; i < tokens.length; i++) {
    addRepairs(set, tokens, i)
    if (!asksThesaurus(sentence, i) || isFrequent(idOf((tokens[i] as Token).key), askedFrom)) continue
    for (const word of expected(i)) set.add(i, i + 1, expectedProposal(word))
    set.addPrepared(i, lexicon.prepare((tokens[i] as Token).key))
  }
  return set.byStart()
}

function addEntries(
  set: CandidateSet,
  dictionary: Dictionary,
  sentence: Sentence,
  documentKeys: ReadonlySet<string>,
): void {
  const { tokens } = sentence
  const interned = internTokens(dictionary, tokens)
  for (let start = 0; start < tokens.length; start++) {
    for (const match of matchEntries(dictionary, tokens, interned, start, documentKeys, sentence.kind)) {
      const spun = tokens.slice(start, match.end).map((token) => token.key)
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
        set.add(start, match.end, {
          words: original.words,
          written: match.case === 'title' || match.kind === 'name' ? original.text : undefined,
          kind: match.kind,
          source,
          strengths,
        })
      }
    }
  }
}

/** Doubled words and the article before a word that was replaced. */
function addRepairs(set: CandidateSet, tokens: readonly Token[], i: number): void {
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
  if (token.key === 'a' || token.key === 'an') {
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
