/**
 * One sentence read jointly: candidates, their local scores, the lattice of the likely ones, and the
 * decoded graph from which marginals under any spin rate follow.
 */
import type { Dialect } from '../lexicon/dialects.ts'
import { MATCH, MATCH_WIDTH } from '../lexicon/match.ts'
import type { NgramModel } from '../model/ngrams.ts'
import type { Slots } from '../model/slots.ts'
import type { Vectors } from '../model/vectors.ts'
import type { Sentence } from '../types.ts'
import type { Candidate, PlaceCandidates } from './candidates.ts'
import { compounds } from './compounds.ts'
import type { SentenceContext } from './context.ts'
import { type Decoded, type DecoderArc, decode } from './decode.ts'
import { expectedWords } from './expected.ts'
import type { Look } from './look.ts'
import { logOdds } from './network.ts'
import { type Lexicon, propose } from './propose.ts'
import { type Scored, type Scoring, type SpanCandidates, scorePlace, scoring } from './score.ts'
import { rankerRow, type Weights } from './weights.ts'

export interface Knowledge {
  readonly lexicon: Lexicon
  /** Dialects of spinners that a document may show. */
  readonly dialects: readonly Dialect[]
  readonly model: NgramModel
  readonly vectors: Vectors
  readonly slots: Slots
  readonly weights: Weights
}

export type ScoredCandidate = Scored

export interface Reading {
  readonly sentence: Sentence
  readonly context: SentenceContext
  /** By token, as in `Look`. */
  readonly suspicion: Float64Array
  /** By start token, best local score first; empty where nothing is proposed for the whole sentence. */
  readonly places: readonly (readonly ScoredCandidate[])[]
  readonly decoded: Decoded
}

export interface ScoreLimits {
  /** Wordings of a span looked at closely, and those given back. */
  readonly kept: number
  readonly shown: number
}

/** Candidates with feature rows and local scores, best first, by start token. */
export function scoreCandidates(
  knowledge: Knowledge,
  seen: Look,
  suspects: Uint8Array | undefined,
  limits: ScoreLimits = { kept: knowledge.weights.decoder.keptPerPlace, shown: SHORTLIST },
): ScoredCandidate[][] {
  const { weights, lexicon, slots } = knowledge
  const { context } = seen
  const ranker = rankerRow(weights)
  const known = scoring(context, slots, ranker, limits)
  const expected = (at: number): readonly string[] => expectedWords(context, at, weights.expected)
  const { thesaurusFrom } = weights.decoder
  const proposed = propose(lexicon, seen, {
    suspects,
    expected,
    askedFrom: thesaurusFrom,
    terms: weights.terms,
  })
  const places = proposed.map((candidates, start) => {
    const all: ScoredCandidate[] = []
    for (const span of spansOf(candidates, start)) all.push(...scorePlace(known, span))
    return all.sort((a, b) => b.score - a.score)
  })
  addCompounds(seen, proposed, places, known, weights)
  return places
}

/** Readings of two neighbours at once, behind the others of their start. */
function addCompounds(
  { context, sentence }: Look,
  proposed: readonly PlaceCandidates[],
  places: ScoredCandidate[][],
  known: Scoring,
  { compounds: options }: Weights,
): void {
  const own = places.map((list, i) => list.find(({ candidate }) => candidate.end === i + 1)?.place)
  for (let i = 0; i + 1 < places.length; i++) {
    const [first, second] = [proposed[i], proposed[i + 1]]
    const [here, next] = [own[i], own[i + 1]]
    if (first?.prepared === undefined || second?.prepared === undefined || here === undefined) continue
    // A full stop, a hyphen or a tag's edge stands between them: they are no pair.
    if (next === undefined || sentence.tokens[i + 1]?.joined === true) continue
    const pairs = compounds(context, i, [first, second], [here, next], known, options)
    places[i]?.push(...pairs)
  }
}

/** One group per end; the thesaurus proposes for one token only. */
function spansOf({ listed, prepared, merged }: PlaceCandidates, start: number): SpanCandidates[] {
  const out: SpanCandidates[] = []
  const single = listed.filter(({ end }) => end === start + 1)
  if (single.length > 0 || (prepared?.count ?? 0) > 0)
    out.push({ start, end: start + 1, listed: single, prepared, merged })
  for (let i = single.length; i < listed.length; ) {
    const { end } = listed[i] as Candidate
    const group = listed.filter((candidate) => candidate.end === end)
    out.push({ start, end, listed: group, prepared: undefined, merged })
    i += group.length
  }
  return out
}

/**
 * Scores the candidates of a sentence and decodes the lattice of those worth it. With `listAll`
 * the words that are no suspects get candidates too.
 */
export function readSentence(
  knowledge: Knowledge,
  seen: Look,
  suspects: Uint8Array,
  listAll: boolean,
): Reading {
  const { weights, model } = knowledge
  const { sentence, context, suspicion } = seen
  if (!listAll && isUnproposed(seen, suspects))
    return { sentence, context, suspicion, places: NOWHERE, decoded: UNCHANGED }
  const places = scoreCandidates(knowledge, seen, suspects)
  const listed = listAll ? withOthers(knowledge, seen, suspects, places) : places
  if (places.every((list) => list.length === 0))
    return { sentence, context, suspicion, places: listed, decoded: UNCHANGED }
  const modelWeight = weights.ranker.lm
  const odds = logOdds(weights.rate.initial)
  const arcsAt: DecoderArc[][] = sentence.tokens.map((_, i) => [
    { start: i, end: i + 1, ids: [context.ids[i] as number], score: 0, changed: false },
  ])
  const entered = new Map<DecoderArc, ScoredCandidate>()
  places.forEach((list, start) => {
    const least = Math.log(weights.decoder.leastOdds)
    let single = 0
    for (const scored of list) {
      if (scored.score + odds < least) continue
      // Pairs come on top of the others: they have a limit of their own.
      if (!isPair(scored) && single++ >= weights.decoder.arcsPerPlace) continue
      const { candidate, lm } = scored
      const arc: DecoderArc = {
        start,
        end: candidate.end,
        ids: candidate.ids,
        // The path pays for the language model itself, in the restored context.
        score: scored.score - modelWeight * lm,
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
  return { sentence, context, suspicion, places: listed, decoded }
}

/**
 * Is surely nothing proposed for the sentence? No suspect, nothing of an entry, no word twice: of clean text
 * nearly every sentence, which costs nothing then.
 */
function isUnproposed({ sentence: { tokens }, found }: Look, suspects: Uint8Array): boolean {
  if (suspects.includes(1)) return false
  for (let i = 1; i < tokens.length; i++) if (tokens[i]?.key === tokens[i - 1]?.key) return false
  for (const { sentence, matches } of found)
    for (let row = 0; row < matches.length; row += MATCH_WIDTH)
      if (sentence.dictionary.entryOf(matches[row + MATCH.group] as number) >= 0) return false
  return true
}

const NOWHERE: readonly (readonly ScoredCandidate[])[] = []

/** What a sentence decodes to that nothing is proposed for: one path, no arc that changes it. */
const UNCHANGED: Decoded = {
  arcs: [],
  nodes: 1,
  last: 0,
  from: new Int32Array(0),
  to: new Int32Array(0),
  arc: new Int32Array(0),
  changed: new Uint8Array(0),
  score: new Float64Array(0),
  weight: new Float64Array(0),
  logOdds: 0,
}

/**
 * Candidates for the words that are no suspects, where nothing else is proposed: listed on request, out
 * of the lattice, so that asking for more places changes nothing about the others.
 */
function withOthers(
  knowledge: Knowledge,
  seen: Look,
  suspects: Uint8Array,
  places: readonly (readonly ScoredCandidate[])[],
): readonly (readonly ScoredCandidate[])[] {
  const taken = new Uint8Array(suspects.length)
  for (const list of places) for (const { candidate } of list) taken.fill(1, candidate.start, candidate.end)
  const others = scoreCandidates(
    knowledge,
    seen,
    suspects.map((flag) => 1 - flag),
  )
  return places.map((list, i) => [
    ...list,
    ...(others[i] ?? []).filter(({ candidate: { start, end } }) => !taken.subarray(start, end).includes(1)),
  ])
}

/** Made by compounds.ts: both words have sources of their own. */
const isPair = ({ candidate }: ScoredCandidate): boolean => candidate.pair === true

/** Readings of a span that can still be suggested. */
const SHORTLIST = 12
