/**
 * Candidates of one span to scores: all are tried against the language model, the best are looked at
 * closely with the word vectors, and of those that are shown the rows are made.
 *
 * Thesaurus proposals come sorted by what no context can change, and a wording can save at most the cost
 * that stands there; so the search ends as soon as no further proposal can be among the best. Nothing is
 * allocated for a proposal that is not kept.
 */
import type { Slots } from '../model/slots.ts'
import type { Token } from '../types.ts'
import type { Candidate, PreparedWord } from './candidates.ts'
import type { SentenceContext } from './context.ts'
import {
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

/** One wording while it is compared; `prepared` is −1 for those that are listed. */
interface Tried {
  readonly candidate: Candidate | undefined
  readonly prepared: number
  readonly base: number
  readonly lm: number
  readonly lmLeft: number
  readonly known: boolean
  /** Without fits and place. */
  readonly score: number
}

/** Scores candidates of one span; at most `shown` of them, best first. */
export function scorePlace(
  sentence: SentenceContext,
  slots: Slots,
  span: SpanCandidates,
  ranker: Float64Array,
  options: ScoreOptions,
): Scored[] {
  const { model, vectors, tokens } = sentence
  const { start, end, prepared } = span
  const old: OldWording = { key: (tokens[start] as Token).key, ids: sentence.ids.subarray(start, end) }
  const best = roughlyBest(sentence, span, old, ranker, options.kept)
  const place = placeValues(sentence, start, end, span.listed, old)
  const oldHead = headOf(model, old.ids)
  const hasContext = sentence.setContext(start, end) > 0
  const oldFit = hasContext ? vectors.fitTo(oldHead, sentence.contextVector) : 0
  // A word without a vector answers 0, far above any real fit: it says nothing, so it moves nothing.
  place[F.oldFit] = oldFit === 0 ? USUAL_FIT : oldFit
  const slot = new Float32Array(slots.dimensions)
  slots.read(sentence.ids, sentence.length, start, end, slot)
  const oldSlot = slotFit(slots, old.ids, slot)
  place[F.oldSlot] = oldSlot ?? USUAL_SLOT
  const { topic, keys } = sentence.document
  const oldTopic = oldFit === 0 ? 0 : vectors.fitTo(oldHead, topic)
  place[F.oldTopic] = oldTopic === 0 ? USUAL_FIT : oldTopic

  const close = best.map((tried) => {
    const candidate = tried.candidate ?? (prepared as PreparedWord).candidate(tried.prepared, start)
    const { words, ids } = candidate
    const head = ids.length === 0 ? 0 : headOf(model, ids)
    const repeated =
      isFunction(head) === 0 && words.length > 0 && words.every((word) => keys.has(word)) ? 1 : 0
    const newFit = oldFit === 0 || ids.length === 0 ? 0 : vectors.fitTo(head, sentence.contextVector)
    const fit = newFit === 0 ? 0 : newFit - oldFit
    const topical = newFit === 0 ? 0 : vectors.fitTo(head, topic) - oldTopic
    const newSlot = slotFit(slots, ids, slot)
    const suits = newSlot === undefined ? 0 : newSlot - (oldSlot ?? USUAL_SLOT)
    const noSlot = newSlot === undefined && ids.length > 0 ? 1 : 0
    const more =
      repeated * (ranker[F.repeated] as number) +
      fit * (ranker[F.fit] as number) +
      topical * (ranker[F.topic] as number) +
      suits * (ranker[F.slot] as number) +
      noSlot * (ranker[F.noSlot] as number)
    return { tried, candidate, repeated, fit, topical, suits, noSlot, order: tried.score + more }
  })
  close.sort((a, b) => b.order - a.order)
  return close.slice(0, options.shown).map(({ tried, candidate, repeated, fit, topical, suits, noSlot }) => {
    const row = template(model, vectors, old, { ...candidate, sources: candidate.sources.length })
    row[F.lm] = tried.lm
    row[F.lmLeft] = tried.lmLeft
    if (tried.known) row[F.lmHabit] = tried.lm
    row[F.repeated] = repeated
    row[F.fit] = fit
    row[F.topic] = topical
    row[F.slot] = suits
    row[F.noSlot] = noSlot
    for (let f = PLACE_START; f < FEATURE_COUNT; f++) row[f] = place[f] as number
    return { candidate, row, score: dot(ranker, row) }
  })
}

/** Mean fit of the words that the slot model knows; undefined when it knows none. */
export function slotFit(slots: Slots, ids: ArrayLike<number>, slot: Float32Array): number | undefined {
  let sum = 0
  let known = 0
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number
    if (!slots.has(id)) continue
    sum += slots.fit(id, slot)
    known += 1
  }
  return known === 0 ? undefined : sum / known
}

/** The best `kept` by everything but fits and place, best first; ties by arrival. */
function roughlyBest(
  sentence: SentenceContext,
  { start, end, listed, prepared, merged }: SpanCandidates,
  old: OldWording,
  ranker: Float64Array,
  kept: number,
): Tried[] {
  const { model, vectors, length } = sentence
  const window = sentence.observed(start, Math.min(end + 3, length + 1))
  const left = sentence.observed(start, end)
  const wLm = ranker[F.lm] as number
  const wLeft = ranker[F.lmLeft] as number
  const wHabit = ranker[F.lmHabit] as number
  const costs = new Float64Array(2)
  const best: Tried[] = []
  const enter = (tried: Tried): void => {
    let at = best.length
    while (at > 0 && (best[at - 1] as Tried).score < tried.score) at -= 1
    best.splice(at, 0, tried)
    if (best.length > kept) best.pop()
  }
  const row = new Float64Array(FEATURE_COUNT)
  for (const candidate of listed) {
    const base = dot(
      ranker,
      template(model, vectors, old, { ...candidate, sources: candidate.sources.length }, row),
    )
    sentence.replaced(start, end, candidate.ids, costs)
    const lmLeft = left - (costs[0] as number)
    const lm = window - (costs[1] as number)
    const known = candidate.strengths.habit > 0 || candidate.strengths.entry > 0
    const score = base + (known ? wLm + wHabit : wLm) * lm + wLeft * lmLeft
    enter({ candidate, prepared: -1, base, lm, lmLeft, known, score })
  }
  if (prepared === undefined) return best
  // What a wording gains if it costs nothing at all; a weight below 0 gains most where it costs most.
  const most = Math.max(0, wLm) * window + Math.max(0, wLeft) * left
  const bounded = wLm >= 0 && wLeft >= 0
  for (let i = 0; i < prepared.count; i++) {
    const base = prepared.base[i] as number
    const least = best.length < kept ? Number.NEGATIVE_INFINITY : (best[kept - 1] as Tried).score
    if (bounded && base + most <= least) break
    if (merged.has(i)) continue
    sentence.replacedBy(
      start,
      end,
      prepared.ids,
      prepared.offsets[i] as number,
      prepared.offsets[i + 1] as number,
      costs,
    )
    const lmLeft = left - (costs[0] as number)
    const lm = window - (costs[1] as number)
    const score = base + wLm * lm + wLeft * lmLeft
    if (score > least) enter({ candidate: undefined, prepared: i, base, lm, lmLeft, known: false, score })
  }
  return best
}
