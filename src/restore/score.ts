/**
 * Candidates of one span to scores: all are tried against the language model, the best are looked at
 * closely with the word vectors, and of those that are shown the rows are made.
 *
 * Most proposals are single words, and those of one place are asked for together (model/word-costs.ts).
 * They come sorted by what no context can change, and a wording can save at most the cost that stands
 * there; so the search ends as soon as no further proposal can be among the best. A candidate is made of
 * those alone that are shown.
 */
import type { Slots } from '../model/slots.ts'
import type { Token } from '../types.ts'
import { type Best, empty, enter, leastOf, noneBest } from './best.ts'
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
  USUAL_SLOT,
} from './features.ts'

/** A candidate at its place: its row of features and w · f. */
export interface Scored {
  readonly candidate: Candidate
  /** Made when it is first asked for: most are not. */
  readonly row: Float64Array
  /** Language-model cost saved, nats: `row[F.lm]`. */
  readonly lm: number
  /** The features of the place at their own indices, the same for all candidates of a span. */
  readonly place: Float64Array
  /** w · f, nats against keeping the text, before the spin rate. */
  readonly score: number
  /** Index into `Reading.decoded.arcs`, or −1 when it did not enter the lattice. */
  arc: number
}

/** A scored candidate whose row `make` makes. */
export function scored(
  parts: {
    readonly candidate: Candidate
    readonly lm: number
    readonly place: Float64Array
    readonly score: number
  },
  make: () => Float64Array,
): Scored {
  let row: Float64Array | undefined
  return {
    candidate: parts.candidate,
    lm: parts.lm,
    place: parts.place,
    score: parts.score,
    arc: -1,
    get row() {
      row ??= make()
      return row
    },
  }
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

/** What scoring the places of one sentence needs beside the places. */
export interface Scoring {
  readonly sentence: SentenceContext
  readonly slots: Slots
  readonly ranker: Float64Array
  readonly options: ScoreOptions
  readonly baseOf: BaseOf
  /** Overwritten by every place and every candidate. */
  readonly best: Best
  readonly row: Float64Array
  readonly slot: Float32Array
}

export const scoring = (
  sentence: SentenceContext,
  slots: Slots,
  ranker: Float64Array,
  options: ScoreOptions,
): Scoring => ({
  sentence,
  slots,
  ranker,
  options,
  baseOf: baseScores(sentence, ranker),
  best: noneBest(),
  row: new Float64Array(FEATURE_COUNT),
  slot: new Float32Array(slots.dimensions),
})

/** w · f of what no context changes about a candidate that is listed, nats; asked again it is remembered. */
export type BaseOf = (candidate: Candidate) => number

function baseScores({ model, vectors, tokens, ids }: SentenceContext, ranker: Float64Array): BaseOf {
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
export function scorePlace(known: Scoring, span: SpanCandidates): Scored[] {
  const { sentence, slots, slot, ranker, options } = known
  const { model, vectors, tokens } = sentence
  const { start, end, listed, prepared } = span
  const old: OldWording = { key: (tokens[start] as Token).key, ids: sentence.ids.subarray(start, end) }
  const best = roughlyBest(known, span)
  const place = placeValues(sentence, start, end, listed, old)
  const oldHead = headOf(model, old.ids)
  const hasContext = sentence.setContext(start, end) > 0
  const oldFit = hasContext ? vectors.fitTo(oldHead, sentence.contextVector) : 0
  // A word without a vector answers 0, far above any real fit: it says nothing, so it moves nothing.
  place[F.oldFit] = oldFit === 0 ? USUAL_FIT : oldFit
  slots.read(sentence.ids, sentence.length, start, end, slot)
  const oldSlot = slotFit(slots, old.ids, slot)
  place[F.oldSlot] = oldSlot ?? USUAL_SLOT
  const { topic, keys } = sentence.document
  const oldTopic = oldFit === 0 ? 0 : vectors.fitTo(oldHead, topic)
  place[F.oldTopic] = oldTopic === 0 ? USUAL_FIT : oldTopic

  const isRepeated = (ids: Int32Array, from: number, to: number): boolean => {
    for (let i = from; i < to; i++) if (!keys.has(model.vocabulary.word(ids[i] as number))) return false
    return true
  }
  const close: Close[] = []
  for (let rank = 0; rank < best.count; rank++) {
    const number = best.numbers[rank] as number // rank < count, here and below
    const candidate = listed[number]
    const ids = candidate?.ids ?? (prepared as PreparedWord).ids
    const from = candidate === undefined ? offsetOf(prepared, number - listed.length) : 0
    const to = candidate === undefined ? offsetOf(prepared, number - listed.length + 1) : ids.length
    const length = to - from
    const head =
      length === 1 ? (ids[from] as number) : length === 0 ? 0 : headOf(model, ids.subarray(from, to))
    // Words that the model does not know are compared as they are written.
    const standing =
      candidate === undefined ? isRepeated(ids, from, to) : candidate.words.every((word) => keys.has(word))
    const repeated = isFunction(head) === 0 && length > 0 && standing ? 1 : 0
    const newFit = oldFit === 0 || length === 0 ? 0 : vectors.fitTo(head, sentence.contextVector)
    const fit = newFit === 0 ? 0 : newFit - oldFit
    const topical = newFit === 0 ? 0 : vectors.fitTo(head, topic) - oldTopic
    const newSlot = slotFit(slots, ids, slot, from, to)
    const suits = newSlot === undefined ? 0 : newSlot - (oldSlot ?? USUAL_SLOT)
    const noSlot = newSlot === undefined && length > 0 ? 1 : 0
    const more =
      repeated * (ranker[F.repeated] as number) +
      fit * (ranker[F.fit] as number) +
      topical * (ranker[F.topic] as number) +
      suits * (ranker[F.slot] as number) +
      noSlot * (ranker[F.noSlot] as number)
    const order = (best.score[rank] as number) + more
    const lm = best.lm[rank] as number
    const lmLeft = best.lmLeft[rank] as number
    close.push({ number, lm, lmLeft, repeated, fit, topical, suits, noSlot, order })
  }
  close.sort((a, b) => b.order - a.order)
  return close
    .slice(0, options.shown)
    .map(({ number, lm, lmLeft, repeated, fit, topical, suits, noSlot }) => {
      const candidate = listed[number] ?? (prepared as PreparedWord).candidate(number - listed.length, start)
      const fill = (row?: Float64Array): Float64Array => {
        const out = template(model, vectors, old, partsOf(candidate), row)
        out[F.lm] = lm
        out[F.lmLeft] = lmLeft
        if (isKnown(candidate)) out[F.lmHabit] = lm
        out[F.repeated] = repeated
        out[F.fit] = fit
        out[F.topic] = topical
        out[F.slot] = suits
        out[F.noSlot] = noSlot
        for (let f = PLACE_START; f < FEATURE_COUNT; f++) out[f] = place[f] as number
        return out
      }
      return scored({ candidate, lm, place, score: dot(ranker, fill(known.row)) }, fill)
    })
}

/** Mean fit of the words of `ids` [from, to) that the slot model knows; undefined when it knows none. */
export function slotFit(
  slots: Slots,
  ids: ArrayLike<number>,
  slot: Float32Array,
  from = 0,
  to = ids.length,
): number | undefined {
  let sum = 0
  let known = 0
  for (let i = from; i < to; i++) {
    const id = ids[i] as number
    if (!slots.has(id)) continue
    sum += slots.fit(id, slot)
    known += 1
  }
  return known === 0 ? undefined : sum / known
}

/** One of the best while it is looked at closely. */
interface Close {
  readonly number: number
  readonly lm: number
  readonly lmLeft: number
  readonly repeated: 0 | 1
  readonly fit: number
  readonly topical: number
  readonly suits: number
  readonly noSlot: 0 | 1
  /** Without the place, nats. */
  readonly order: number
}

const offsetOf = (prepared: PreparedWord | undefined, i: number): number => prepared?.offsets[i] ?? 0

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
  { sentence, ranker, options, baseOf, best }: Scoring,
  { start, end, listed, prepared, merged }: SpanCandidates,
): Best {
  const window = sentence.observed(start, Math.min(end + 3, sentence.length + 1))
  const left = sentence.observed(start, end)
  const wLm = ranker[F.lm] as number
  const wLeft = ranker[F.lmLeft] as number
  const wHabit = ranker[F.lmHabit] as number
  empty(best, Math.min(options.kept, listed.length + (prepared?.count ?? 0)))
  const listedIds = flat(listed)
  const costs = sentence.replacedByEach(start, end, listedIds.ids, listedIds.offsets, 0, listed.length)
  for (const [number, candidate] of listed.entries()) {
    const lmLeft = left - (costs.own[number] as number)
    const lm = window - (costs.whole[number] as number)
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
      if (merged.size > 0 && merged.has(i)) continue
      const lmLeft = left - (own[i - from] as number)
      const lm = window - (whole[i - from] as number)
      enter(best, listed.length + i, lm, lmLeft, (base[i] as number) + wLm * lm + wLeft * lmLeft)
    }
  }
  return best
}

/** The ids of candidates, one after the other. */
function flat(candidates: readonly Candidate[]): { readonly ids: Int32Array; readonly offsets: number[] } {
  const offsets = [0]
  let length = 0
  for (const { ids } of candidates) {
    length += ids.length
    offsets.push(length)
  }
  const all = new Int32Array(length)
  for (const [i, { ids }] of candidates.entries()) all.set(ids, offsets[i])
  return { ids: all, offsets }
}

/** Proposals between two looks at whether any further one can be among the best. */
const TOGETHER = 32
