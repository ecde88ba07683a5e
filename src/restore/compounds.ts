/**
 * Two neighbours replaced at once: "counterfeit consciousness" ← "artificial intelligence".
 *
 * Word by word neither original stands out, because each is judged beside the other's replacement. Here
 * the proposals of both words are tried together, as far as the model knows them as neighbours (their
 * bigram is far likelier than chance), and the best pairs become readings of both tokens.
 */
import type { Token } from '../types.ts'
import { type Candidate, NO_STRENGTHS, type PlaceCandidates, type Strengths } from './candidates.ts'
import type { SentenceContext } from './context.ts'
import { F, FEATURE_COUNT, PLACE_START, template, USUAL_SLOT } from './features.ts'
import { type BaseOf, type Scored, type Scoring, scored, slotFit } from './score.ts'
import type { Weights } from './weights.ts'

/** What one word may have been, without its context. */
interface Part {
  readonly id: number
  readonly base: number
  make(): Candidate
}

/**
 * Readings of tokens `start` and `start + 1` together, best first; none where one of them has no place.
 * `first` and `second` are the proposals of each, `places` the features of the two places.
 */
export function compounds(
  context: SentenceContext,
  start: number,
  [first, second]: readonly [PlaceCandidates, PlaceCandidates],
  [here, next]: readonly [Float64Array, Float64Array],
  { ranker, baseOf, slots, slot }: Pick<Scoring, 'ranker' | 'baseOf' | 'slots' | 'slot'>,
  options: Weights['compounds'],
): Scored[] {
  const { model, vectors, tokens, length, ids } = context
  const lefts = parts(first, start, baseOf, options.tried)
  const rights = parts(second, start + 1, baseOf, options.tried)
  const window = context.observed(start, Math.min(start + 5, length + 1))
  const left = context.observed(start, start + 2)
  const costs = new Float64Array(2)
  const pair = new Int32Array(2)
  const fixed = placeScore(ranker, here) + placeScore(ranker, next) + options.odds
  const best: { a: Part; b: Part; lm: number; lmLeft: number; score: number }[] = []
  const after = Int32Array.from(rights, ({ id }) => id)
  const behind = new Float64Array(after.length)
  const alone = Float64Array.from(rights, ({ id }) => model.unigram(id))
  for (const a of lefts) {
    model.wordCosts([-1, -1, a.id, -1, -1, -1], after, after.length, behind, behind)
    for (const [i, b] of rights.entries()) {
      if ((alone[i] as number) - (behind[i] as number) < options.bound) continue
      pair[0] = a.id
      pair[1] = b.id
      context.replaced(start, start + 2, pair, costs)
      const lm = window - (costs[1] as number)
      const lmLeft = left - (costs[0] as number)
      const score =
        a.base + b.base + fixed + lm * (ranker[F.lm] as number) + lmLeft * (ranker[F.lmLeft] as number)
      best.push({ a, b, lm, lmLeft, score })
    }
  }
  best.sort((x, y) => y.score - x.score)
  slots.read(ids, length, start, start + 2, slot)
  const oldSlot = slotFit(slots, ids.subarray(start, start + 2), slot) ?? USUAL_SLOT
  return best.slice(0, options.kept).map(({ a, b, lm, lmLeft, score }) => {
    const candidate = together(a.make(), b.make())
    const newSlot = slotFit(slots, candidate.ids, slot)
    const suits = newSlot === undefined ? 0 : newSlot - oldSlot
    const noSlot = newSlot === undefined ? 1 : 0
    const fitting = suits * (ranker[F.slot] as number) + noSlot * (ranker[F.noSlot] as number)
    return scored({ candidate, lm, place: here, score: score + fitting }, () => {
      const old = { key: (tokens[start] as Token).key, ids: ids.subarray(start, start + 2) }
      const row = template(model, vectors, old, { ...candidate, sources: 1 })
      row[F.lm] = lm
      row[F.lmLeft] = lmLeft
      for (let f = PLACE_START; f < FEATURE_COUNT; f++) row[f] = here[f] as number
      row[F.span] = 1
      row[F.slot] = suits
      row[F.noSlot] = noSlot
      row[F.oldSlot] = oldSlot
      return row
    })
  })
}

/** w · f of the place's own features. */
function placeScore(ranker: Float64Array, row: Float64Array): number {
  let sum = 0
  for (let f = PLACE_START; f < FEATURE_COUNT; f++) sum += (ranker[f] as number) * (row[f] as number)
  return sum
}

/** Proposals of one known word for one word; the listed ones first, then the thesaurus's best. */
function parts(
  { listed, prepared, merged }: PlaceCandidates,
  start: number,
  baseOf: BaseOf,
  tried: number,
): Part[] {
  const out: Part[] = []
  for (const candidate of listed) {
    const id = candidate.ids[0] ?? 0
    if (candidate.end !== start + 1 || candidate.ids.length !== 1 || id === 0) continue
    out.push({ id, base: baseOf(candidate), make: () => candidate })
  }
  out.sort((a, b) => b.base - a.base)
  for (let i = 0; i < (prepared?.count ?? 0) && out.length < tried; i++) {
    if (prepared === undefined || merged.has(i)) continue
    const from = prepared.offsets[i] as number
    const id = prepared.ids[from] as number
    if ((prepared.offsets[i + 1] as number) - from !== 1 || id === 0) continue
    out.push({ id, base: prepared.base[i] as number, make: () => prepared.candidate(i, start) })
  }
  return out.slice(0, tried)
}

function together(a: Candidate, b: Candidate): Candidate {
  // The keys are those of NO_STRENGTHS.
  const strengths = Object.fromEntries(
    (Object.keys(NO_STRENGTHS) as (keyof Strengths)[]).map((name) => [
      name,
      (a.strengths[name] + b.strengths[name]) / 2,
    ]),
  ) as unknown as Strengths
  return {
    start: a.start,
    end: b.end,
    words: [...a.words, ...b.words],
    ids: Int32Array.from([...a.ids, ...b.ids]),
    written: undefined,
    kind: undefined,
    sources: [...a.sources, ...b.sources],
    strengths,
    pair: true,
    parts: [a, b].map((read) => ({ start: read.start, end: read.end, read })),
  }
}
