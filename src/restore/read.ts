/**
 * One sentence read jointly: candidates, their local scores, the lattice of the likely ones, and the
 * decoded graph from which marginals under any spin rate follow.
 */
import type { NgramModel } from '../model/ngrams.ts'
import type { Vectors } from '../model/vectors.ts'
import type { Sentence } from '../types.ts'
import { type DocumentContext, type SentenceContext, sentenceContext } from './context.ts'
import { type Decoded, type DecoderArc, decode } from './decode.ts'
import { expectedWords } from './expected.ts'
import { F, type Scored, scorePlace } from './features.ts'
import { logOdds } from './network.ts'
import { type Lexicon, propose } from './propose.ts'
import { rankerRow, type Weights } from './weights.ts'

export interface Knowledge {
  readonly lexicon: Lexicon
  readonly model: NgramModel
  readonly vectors: Vectors
  readonly weights: Weights
}

export interface ScoredCandidate extends Scored {
  /** Index into `Reading.decoded.arcs`, or −1 when it did not enter the lattice. */
  arc: number
}

export interface Reading {
  readonly sentence: Sentence
  readonly context: SentenceContext
  /** By start token, best local score first. */
  readonly places: readonly (readonly ScoredCandidate[])[]
  readonly decoded: Decoded
}

/** Candidates of a sentence with feature rows and local scores, the best `keep` of every place. */
export function scoreCandidates(
  knowledge: Knowledge,
  sentence: Sentence,
  document: DocumentContext,
  keep: number = knowledge.weights.decoder.keptPerPlace,
): { context: SentenceContext; places: ScoredCandidate[][] } {
  const { model, vectors, weights, lexicon } = knowledge
  const context = sentenceContext(model, vectors, sentence, document)
  const ranker = rankerRow(weights)
  const idOf = (key: string): number => model.vocabulary.id(key)
  const expected = (at: number): readonly string[] => expectedWords(context, at, weights.expected)
  const { thesaurusFrom } = weights.decoder
  const proposed = propose(lexicon, sentence, document.keys, idOf, expected, thesaurusFrom)
  const places = proposed.map((candidates) => {
    const scored: ScoredCandidate[] = []
    for (let i = 0; i < candidates.length; ) {
      let j = i
      while (j < candidates.length && candidates[j]?.end === candidates[i]?.end) j += 1
      for (const each of scorePlace(context, candidates.slice(i, j), ranker, keep))
        scored.push({ ...each, arc: -1 })
      i = j
    }
    return scored.sort((a, b) => b.score - a.score)
  })
  return { context, places }
}

/** Scores the candidates of a sentence and decodes the lattice of those worth it. */
export function readSentence(knowledge: Knowledge, sentence: Sentence, document: DocumentContext): Reading {
  const { weights, model } = knowledge
  const { context, places } = scoreCandidates(knowledge, sentence, document)
  const modelWeight = weights.ranker.lm
  const odds = logOdds(weights.rate.initial)
  const arcsAt: DecoderArc[][] = sentence.tokens.map((_, i) => [
    { start: i, end: i + 1, ids: [context.ids[i] as number], score: 0, changed: false },
  ])
  const entered = new Map<DecoderArc, ScoredCandidate>()
  places.forEach((list, start) => {
    const least = Math.log(weights.decoder.leastOdds)
    for (const scored of list.slice(0, weights.decoder.arcsPerPlace)) {
      if (scored.score + odds < least) break
      const { candidate, row } = scored
      const arc: DecoderArc = {
        start,
        end: candidate.end,
        ids: candidate.ids,
        // The path pays for the language model itself, in the restored context.
        score: scored.score - modelWeight * (row[F.lm] as number),
        changed: true,
      }
      arcsAt[start]?.push(arc)
      entered.set(arc, scored)
    }
  })
  const decoded = decode(model, sentence.tokens.length, arcsAt, odds, {
    modelWeight,
    beam: weights.decoder.beam,
  })
  decoded.arcs.forEach((arc, index) => {
    const scored = entered.get(arc)
    if (scored !== undefined) scored.arc = index
  })
  return { sentence, context, places: places.map(shortlist), decoded }
}

const SHORTLIST = 12

/** What can still be suggested: the best of every span; the rest is let go to keep memory small. */
function shortlist(list: readonly ScoredCandidate[]): ScoredCandidate[] {
  const taken = new Map<number, number>()
  return list.filter((scored) => {
    const n = taken.get(scored.candidate.end) ?? 0
    taken.set(scored.candidate.end, n + 1)
    return n < SHORTLIST || scored.arc >= 0
  })
}
