/**
 * The ranker's weights: a conditional logit over {keep the text} ∪ candidates at every place
 * (McFadden 1974), by maximum likelihood with a small ridge. Where the right wording is not among the
 * candidates, their sum is right.
 */
import { FEATURE_COUNT, PLACE_START } from '../../src/restore/features.ts'
import { adam } from './optimise.ts'

export interface RankPlace {
  /** Rows one after another, FEATURE_COUNT each. */
  readonly rows: Float32Array
  readonly count: number
  /** Index of the right candidate, −1 kept, −2 replaced by something not listed. */
  readonly gold: number
  /** ln(r / (1 − r)) of the document. */
  readonly odds: number
  readonly weight: number
}

export function trainRanker(
  places: readonly RankPlace[],
  start: Float64Array,
  epochs: number,
  rankWeight = 1,
): Float64Array {
  const { mean, scale } = moments(places)
  const w = new Float64Array(FEATURE_COUNT)
  for (let f = 0; f < FEATURE_COUNT; f++) w[f] = (start[f] as number) * (scale[f] as number)
  const batch = 256
  const optimiser = adam(FEATURE_COUNT, 0.02)
  const order = Int32Array.from(places, (_, i) => i)
  let seed = 12345
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      const j = seed % (i + 1)
      const t = order[i] as number
      order[i] = order[j] as number
      order[j] = t
    }
    let loss = 0
    for (let b = 0; b < order.length; b += batch) {
      const gradient = new Float64Array(FEATURE_COUNT)
      const n = Math.min(batch, order.length - b)
      for (let k = 0; k < n; k++)
        loss += accumulate(places[order[b + k] as number] as RankPlace, w, scale, gradient, rankWeight)
      for (let f = 0; f < FEATURE_COUNT; f++)
        gradient[f] = (gradient[f] as number) / n + 1e-4 * (w[f] as number)
      optimiser.step(w, gradient)
    }
    if (epoch % 5 === 4 || epoch === epochs - 1)
      process.stderr.write(`  ranker epoch ${epoch + 1}: loss ${(loss / places.length).toFixed(4)}\n`)
  }
  void mean
  return Float64Array.from(w, (value, f) => value / (scale[f] as number))
}

function accumulate(
  place: RankPlace,
  w: Float64Array,
  scale: Float64Array,
  gradient: Float64Array,
  rankWeight: number,
): number {
  const { rows, count, gold, odds, weight } = place
  const score = new Float64Array(count)
  let top = 0
  for (let c = 0; c < count; c++) {
    let s = odds
    for (let f = 0; f < FEATURE_COUNT; f++)
      s += ((w[f] as number) * (rows[c * FEATURE_COUNT + f] as number)) / (scale[f] as number)
    score[c] = s
    if (s > top) top = s
  }
  let changed = 0
  for (let c = 0; c < count; c++) changed += Math.exp((score[c] as number) - top)
  const kept = Math.exp(-top)
  const total = changed + kept
  // d loss / d score of each candidate.
  for (let c = 0; c < count; c++) {
    const e = Math.exp((score[c] as number) - top)
    const p = e / total
    const q = e / changed
    // Detection: was it replaced at all?
    let g = gold === -1 ? p : p - q
    // Ranking: by what? The place features cancel here.
    if (gold >= 0) g += rankWeight * (q - (c === gold ? 1 : 0))
    g *= weight
    if (g === 0) continue
    for (let f = 0; f < FEATURE_COUNT; f++)
      gradient[f] =
        (gradient[f] as number) + (g * (rows[c * FEATURE_COUNT + f] as number)) / (scale[f] as number)
  }
  const detect = gold === -1 ? Math.log(total / kept) : Math.log(total / changed)
  const rank = gold >= 0 ? rankWeight * (Math.log(changed) + top - (score[gold] as number)) : 0
  return weight * (detect + rank)
}

function moments(places: readonly RankPlace[]): { mean: Float64Array; scale: Float64Array } {
  const mean = new Float64Array(FEATURE_COUNT)
  const square = new Float64Array(FEATURE_COUNT)
  let n = 0
  for (const { rows, count } of places) {
    for (let c = 0; c < count; c++) {
      for (let f = 0; f < FEATURE_COUNT; f++) {
        const x = rows[c * FEATURE_COUNT + f] as number
        mean[f] = (mean[f] as number) + x
        square[f] = (square[f] as number) + x * x
      }
      n += 1
    }
  }
  const scale = new Float64Array(FEATURE_COUNT)
  for (let f = 0; f < FEATURE_COUNT; f++) {
    const m = (mean[f] as number) / n
    mean[f] = m
    scale[f] = Math.sqrt(Math.max(1e-4, (square[f] as number) / n - m * m)) || 1
    if (f >= PLACE_START && (scale[f] as number) < 0.05) scale[f] = 0.05
  }
  // A constant (the bias) keeps its unit.
  for (let f = 0; f < FEATURE_COUNT; f++) if ((scale[f] as number) < 0.02) scale[f] = 1
  return { mean, scale }
}
