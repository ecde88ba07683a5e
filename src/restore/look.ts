/**
 * The cheap look at a sentence, before anything is proposed: model costs as it stands, what the
 * dictionaries list in it, and how suspicious each word is.
 */

import type { EntryMatch, EntryOriginal } from '../lexicon/entry.ts'
import { matchEntries } from '../lexicon/match.ts'
import type { Dictionary } from '../lexicon/trie.ts'
import { internTokens } from '../lexicon/walk.ts'
import type { NgramModel } from '../model/ngrams.ts'
import type { Vectors } from '../model/vectors.ts'
import type { Sentence } from '../types.ts'
import { type DocumentContext, type SentenceContext, sentenceContext } from './context.ts'
import { logit, type Network } from './network.ts'
import { type Listed, SUSPICION_INPUTS, suspicionInputs } from './suspicion.ts'

export interface Look {
  readonly sentence: Sentence
  readonly context: SentenceContext
  /** By start; at one start longest first. Dictionaries in their order. */
  readonly matches: readonly EntryMatch[]
  readonly listed: Listed
  /** Log odds that the token was replaced, before the document's rate; −∞ for what is no word. */
  readonly suspicion: Float64Array
}

export interface Seeing {
  readonly lexicon: { readonly dictionaries: readonly Dictionary[] }
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
  const matches: EntryMatch[] = []
  for (const dictionary of lexicon.dictionaries) {
    const interned = internTokens(dictionary, tokens)
    for (let start = 0; start < tokens.length; start++)
      for (const match of matchEntries(dictionary, tokens, interned, start, document.keys, kind))
        matches.push(match)
  }
  const listed = listedAt(model, tokens.length, matches)
  const suspicion = new Float64Array(tokens.length).fill(Number.NEGATIVE_INFINITY)
  const x = new Float64Array(SUSPICION_INPUTS.length)
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]?.kind !== 'word') continue
    suspicionInputs(context, listed, i, x)
    suspicion[i] = logit(network, x)
  }
  return { sentence, context, matches, listed, suspicion }
}

function listedAt(model: NgramModel, length: number, matches: readonly EntryMatch[]): Listed {
  const entry = new Float64Array(length)
  const habit = new Float64Array(length)
  const printed = new Float64Array(length)
  for (const { start, end, source, originals } of matches) {
    const strongest = originals[0]?.weight ?? 0
    const list = source === 'entry' ? entry : habit
    for (let i = start; i < end; i++) list[i] = Math.max(list[i] as number, strongest)
    if (source === 'habit' && end === start + 1)
      printed[start] = (printed[start] as number) + timesPrinted(model, originals)
  }
  return { entry, habit, printed }
}

/** Σ p(original) · p(this wording | original). */
function timesPrinted(model: NgramModel, originals: readonly EntryOriginal[]): number {
  let sum = 0
  for (const { words, channel } of originals) {
    let cost = 0
    for (const word of words) cost += model.unigram(model.vocabulary.id(word))
    sum += Math.exp(channel - cost)
  }
  return sum
}
