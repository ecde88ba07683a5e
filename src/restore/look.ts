/**
 * The cheap look at a sentence, before anything is proposed: model costs as it stands, what the
 * dictionaries list in it, and how suspicious each word is.
 */

import { entryMatch, findMatches, MATCH, MATCH_WIDTH, type Matches } from '../lexicon/match.ts'
import type { Dictionary } from '../lexicon/trie.ts'
import { type Interned, internTokens } from '../lexicon/walk.ts'
import type { NgramModel } from '../model/ngrams.ts'
import type { Vectors } from '../model/vectors.ts'
import type { Sentence } from '../types.ts'
import { type DocumentContext, type SentenceContext, sentenceContext } from './context.ts'
import { logits, type Network } from './network.ts'
import type { Printed } from './printed.ts'
import { type Listed, suspicionRows } from './suspicion.ts'

/** Matches of one dictionary, as numbers. */
export interface Found {
  readonly sentence: Interned
  readonly matches: Matches
}

export interface Look {
  readonly sentence: Sentence
  readonly context: SentenceContext
  /** What each dictionary lists in it, in their order. */
  readonly found: readonly Found[]
  readonly listed: Listed
  /** Log odds that the token was replaced, before the document's rate; −∞ for what is no word. */
  readonly suspicion: Float64Array
}

export interface Seeing {
  readonly lexicon: { readonly dictionaries: readonly Dictionary[]; readonly printed: Printed }
  readonly model: NgramModel
  readonly vectors: Vectors
}

export function look(
  { lexicon, model, vectors }: Seeing,
  network: Network,
  sentence: Sentence,
  document: DocumentContext,
): Look {
  const { tokens, kind } = sentence
  const context = sentenceContext(model, vectors, sentence, document)
  const found = lexicon.dictionaries.map((dictionary) => {
    const interned = { dictionary, tokens, ids: internTokens(dictionary, tokens) }
    return { sentence: interned, matches: findMatches(interned, document.keys, kind) }
  })
  const listed = listedAt(lexicon.printed, tokens.length, found)
  const suspicion = new Float64Array(tokens.length).fill(Number.NEGATIVE_INFINITY)
  const { at, rows } = suspicionRows(context, listed)
  const odds = new Float64Array(at.length)
  logits(network, rows, odds)
  for (let i = 0; i < at.length; i++) suspicion[at[i] as number] = odds[i] as number
  return { sentence, context, found, listed, suspicion }
}

function listedAt(printed: Printed, length: number, found: readonly Found[]): Listed {
  const listed = {
    entry: new Float64Array(length),
    habit: new Float64Array(length),
    printed: new Float64Array(length),
  }
  for (const { sentence, matches } of found) {
    const times = { of: printed.of, ofGroup: printed.ofGroups(sentence.dictionary) }
    for (let row = 0; row < matches.length; row += MATCH_WIDTH)
      addListed(listed, times, sentence, matches, row)
  }
  return listed
}

/** How often a dictionary's originals are printed so (`Printed`). */
interface Times {
  readonly of: Printed['of']
  readonly ofGroup: (group: number) => number
}

/** The match whose numbers begin at `row`; they are whole, and its tokens lie in the sentence. */
function addListed(
  { entry, habit, printed }: Listed,
  times: Times,
  sentence: Interned,
  matches: Matches,
  row: number,
): void {
  const { dictionary } = sentence
  const start = matches[row + MATCH.start] as number
  const end = matches[row + MATCH.end] as number
  const group = matches[row + MATCH.group] as number
  const placed = matches[row + MATCH.placed] === 1 ? entryMatch(sentence, matches, row).originals : undefined
  const strongest = placed === undefined ? dictionary.weightOf(group) : (placed[0]?.weight ?? 0)
  const isHabit = dictionary.entryOf(group) < 0
  const list = isHabit ? habit : entry
  for (let i = start; i < end; i++) if ((list[i] as number) < strongest) list[i] = strongest
  if (!isHabit || end !== start + 1) return
  printed[start] =
    (printed[start] as number) + (placed === undefined ? times.ofGroup(group) : times.of(placed))
}
