/**
 * Candidates of one span to scores: all are tried against the language model, the best are looked at
 * closely with the word vectors, and of those that are shown the rows are made.
 *
 * Most proposals are single words, and those of one place are asked for together (model/word-costs.ts).
 * They come sorted by what no context can change, and a wording can save at most the cost that stands
 * there; so the search ends as soon as no further proposal can be among the best. A candidate is made of
 * those alone that are shown.
 */
import type { Token } from '../types.ts'
import type { Candidate, PreparedWord } from './candidates.ts'
import type { SentenceContext } from './context.ts'
import {
  type CandidateParts,
  dot,
  F,
  FEATURE_COUNT,
  headOf,
  isFunction,
  type OldWording,
  PLACE_START,
  placeValues,
  template,
  USUAL_FIT,
} from './features.ts'

/** A candidate at its place: its row of features and w · f. */
export interface Scored {
  readonly candidate: Candidate
  readonly row: Float64Array
  /** w · f, nats against keeping the text, before the spin rate. */
  readonly score: number
}

/** Candidates that share one span: those made already, and the thesaurus's for a span of one token. */
export interface SpanCandidates {
  readonly start: number
  readonly end: number
  readonly listed: readonly Candidate[]
  readonly prepared: PreparedWord | undefined
  /** Proposals of `prepared` that `listed` holds already. */
  readonly merged: ReadonlySet<number>
}

export interface ScoreOptions {
  /** Wordings looked at closely. */
  readonly kept: number
  /** Wordings given back. */
  readonly shown: number
}

/** The wordings of a span by number: those of `listed` first, then those of `prepared`. */
interface Wordings {
  /** Best first. */
  readonly numbers: Int32Array
  readonly lm: Float64Array
  readonly lmLeft: Float64Array
  /** Without fits and place, nats. */
  readonly score: Float64Array
  count: number
}

/** w · f of what no context changes about a candidate that is listed, nats; asked again it is remembered. */
export type BaseOf = (candidate: Candidate) => number

export function baseScores({ model, vectors, tokens, ids }: SentenceContext, ranker: Float64Array): BaseOf {
  const known = new Map<Candidate, number>()
  const row = new Float64Array(FEATURE_COUNT)
  return (candidate) => {
    const before = known.get(candidate)
    if (before !== undefined) return before
    const { start, end } = candidate
    const old = { key: (tokens[start] as Token).key, ids: ids.subarray(start, end) }
    const base = dot(ranker, template(model, vectors, old, partsOf(candidate), row))
    known.set(candidate, base)
    return base
  }
}

/** Scores candidates of one span; at most `shown` of them, best first. */
export function scorePlace(
  sentence: SentenceContext,
  span: SpanCandidates,
  ranker: Float64Array,
  baseOf: BaseOf,
  options: ScoreOptions,
): Scored[] {
  const { model, vectors, tokens } = sentence
  const { start, end, listed, prepared } = span
  const old: OldWording = { key: (tokens[start] as Token).key, ids: sentence.ids.subarray(start, end) }
  const best = roughlyBest(sentence, span, ranker, baseOf, options.kept)
  const place = placeValues(sentence, start, end, listed, old)
  const oldHead = headOf(model, old.ids)
  const hasContext = sentence.setContext(start, end) > 0
  const oldFit = hasContext ? vectors.fitTo(oldHead, sentence.contextVector) : 0
  // A word without a vector answers 0, far above any real fit: it says nothing, so it moves nothing.
  place[F.oldFit] = oldFit === 0 ? USUAL_FIT : oldFit
  const { topic, keys } = sentence.document
  const oldTopic = oldFit === 0 ? 0 : vectors.fitTo(oldHead, topic)
  place[F.oldTopic] = oldTopic === 0 ? USUAL_FIT : oldTopic

  const isRepeated = (ids: Int32Array): boolean => {
    for (let i = 0; i < ids.length; i++) if (!keys.has(model.vocabulary.word(ids[i] as number))) return false
    return true
  }
  const close: Close[] = []
  for (let rank = 0; rank < best.count; rank++) {
    const number = best.numbers[rank] as number // rank < count, here and below
    const candidate = listed[number]
    const ids = candidate?.ids ?? idsOf(prepared, number - listed.length)
    const head = ids.length === 0 ? 0 : headOf(model, ids)
    // Words that the model does not know are compared as they are written.
    const known = candidate === undefined ? isRepeated(ids) : candidate.words.every((word) => keys.has(word))
    const repeated = isFunction(head) === 0 && ids.length > 0 && known ? 1 : 0
    const newFit = oldFit === 0 || ids.length === 0 ? 0 : vectors.fitTo(head, sentence.contextVector)
    const fit = newFit === 0 ? 0 : newFit - oldFit
    const topical = newFit === 0 ? 0 : vectors.fitTo(head, topic) - oldTopic
    const more =
      repeated * (ranker[F.repeated] as number) +
      fit * (ranker[F.fit] as number) +
      topical * (ranker[F.topic] as number)
    const order = (best.score[rank] as number) + more
    close.push({ rank, number, repeated, fit, topical, order })
  }
  close.sort((a, b) => b.order - a.order)
  return close.slice(0, options.shown).map(({ rank, number, repeated, fit, topical }) => {
    const candidate = listed[number] ?? (prepared as PreparedWord).candidate(number - listed.length, start)
    const row = template(model, vectors, old, partsOf(candidate))
    const lm = best.lm[rank] as number
    row[F.lm] = lm
    row[F.lmLeft] = best.lmLeft[rank] as number
    if (isKnown(candidate)) row[F.lmHabit] = lm
    row[F.repeated] = repeated
    row[F.fit] = fit
    row[F.topic] = topical
    for (let f = PLACE_START; f < FEATURE_COUNT; f++) row[f] = place[f] as number
    return { candidate, row, score: dot(ranker, row) }
  })
}

/** One of the best while it is looked at closely. */
interface Close {
  readonly rank: number
  readonly number: number
  readonly repeated: 0 | 1
  readonly fit: number
  readonly topical: number
  /** Without the place, nats. */
  readonly order: number
}

const idsOf = (prepared: PreparedWord | undefined, i: number): Int32Array =>
  prepared === undefined ? NO_IDS : prepared.ids.subarray(prepared.offsets[i], prepared.offsets[i + 1])

const NO_IDS = new Int32Array(0)

const partsOf = ({ words, ids, sources, strengths }: Candidate): CandidateParts => ({
  words,
  ids,
  sources: sources.length,
  strengths,
})

/** Listed by a person or a list of habits. */
const isKnown = ({ strengths }: Candidate): boolean => strengths.habit > 0 || strengths.entry > 0

/** The best `kept` by everything but fits and place, best first; ties by arrival. */
function roughlyBest(
  sentence: SentenceContext,
  { start, end, listed, prepared, merged }: SpanCandidates,
  ranker: Float64Array,
  baseOf: BaseOf,
  kept: number,
): Wordings {
  const window = sentence.observed(start, Math.min(end + 3, sentence.length + 1))
  const left = sentence.observed(start, end)
  const wLm = ranker[F.lm] as number
  const wLeft = ranker[F.lmLeft] as number
  const wHabit = ranker[F.lmHabit] as number
  const costs = new Float64Array(2)
  const best = wordings(Math.min(kept, listed.length + (prepared?.count ?? 0)))
  for (const [number, candidate] of listed.entries()) {
    sentence.replaced(start, end, candidate.ids, costs)
    const lmLeft = left - (costs[0] as number)
    const lm = window - (costs[1] as number)
    const weight = isKnown(candidate) ? wLm + wHabit : wLm
    enter(best, number, lm, lmLeft, baseOf(candidate) + weight * lm + wLeft * lmLeft)
  }
  if (prepared === undefined) return best
  // What a wording gains if it costs nothing at all; a weight below 0 gains most where it costs most.
  const most = Math.max(0, wLm) * window + Math.max(0, wLeft) * left
  const bounded = wLm >= 0 && wLeft >= 0
  const { count, ids, offsets, base } = prepared
  for (let from = 0; from < count; from += TOGETHER) {
    if (bounded && (base[from] as number) + most <= leastOf(best)) break
    const to = Math.min(count, from + TOGETHER)
    const { own, whole } = sentence.replacedByEach(start, end, ids, offsets, from, to)
    for (let i = from; i < to; i++) {
      if (merged.has(i)) continue
      const lmLeft = left - (own[i - from] as number)
      const lm = window - (whole[i - from] as number)
      enter(best, listed.length + i, lm, lmLeft, (base[i] as number) + wLm * lm + wLeft * lmLeft)
    }
  }
  return best
}

/** Proposals between two looks at whether any further one can be among the best. */
const TOGETHER = 32

const wordings = (most: number): Wordings => ({
  numbers: new Int32Array(most),
  lm: new Float64Array(most),
  lmLeft: new Float64Array(most),
  score: new Float64Array(most),
  count: 0,
})

/** What a wording must exceed to be among the best. */
const leastOf = ({ count, score }: Wordings): number =>
  count < score.length ? Number.NEGATIVE_INFINITY : (score[count - 1] ?? Number.POSITIVE_INFINITY)

/** Puts a wording where it belongs, behind its equals; the worst falls out where there is no room. */
function enter(best: Wordings, number: number, lm: number, lmLeft: number, score: number): void {
  if (!(score > leastOf(best))) return
  if (best.count < best.score.length) best.count += 1
  let at = best.count - 1
  for (; at > 0 && (best.score[at - 1] as number) < score; at--) {
    best.numbers[at] = best.numbers[at - 1] as number // at ≤ count − 1
    best.lm[at] = best.lm[at - 1] as number
    best.lmLeft[at] = best.lmLeft[at - 1] as number
    best.score[at] = best.score[at - 1] as number
  }
  best.numbers[at] = number
  best.lm[at] = lm
  best.lmLeft[at] = lmLeft
  best.score[at] = score
}
