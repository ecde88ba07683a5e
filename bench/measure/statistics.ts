/**
 * Statistics of scores against truth: AUC, true positives at a false-positive rate, calibration bins,
 * precision–recall curve. In: plain numbers. Out: plain numbers; an empty side gives undefined, never
 * a figure that looks measured.
 */

export interface ScoredTruth {
  /** 0 to 1. */
  readonly score: number
  readonly right: boolean
}

/** Share of pairs in which the positive scores higher; ties count half. 0 to 1. */
export function auc(positive: readonly number[], negative: readonly number[]): number | undefined {
  if (positive.length === 0 || negative.length === 0) return undefined
  let wins = 0
  for (const p of positive) for (const n of negative) wins += p > n ? 1 : p === n ? 0.5 : 0
  return wins / (positive.length * negative.length)
}

/**
 * Share of positives above the threshold that lets at most about `rate` of the negatives through: the
 * negative at position ⌊n·(1 − rate)⌋ of the sorted ones, and what ties with it stays below.
 */
export function truePositives(
  positive: readonly number[],
  negative: readonly number[],
  rate: number,
): number | undefined {
  if (positive.length === 0 || negative.length === 0) return undefined
  const sorted = [...negative].sort((a, b) => a - b)
  const threshold = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - rate)))] ?? 1
  return positive.filter((p) => p > threshold).length / positive.length
}

export interface Bin {
  /** Scores in [low, high); the last bin takes 1 as well. */
  readonly low: number
  readonly high: number
  readonly count: number
  /** Mean score, and share that was right; 0 in an empty bin. */
  readonly mean: number
  readonly right: number
}

/** Equal-width bins over 0 to 1. */
export function calibrationBins(scores: readonly ScoredTruth[], count: number): Bin[] {
  const sums = Array.from({ length: count }, () => ({ count: 0, score: 0, right: 0 }))
  for (const { score, right } of scores) {
    const bin = sums[Math.min(count - 1, Math.max(0, Math.floor(score * count)))]
    if (bin === undefined) continue
    bin.count += 1
    bin.score += score
    bin.right += right ? 1 : 0
  }
  return sums.map((bin, i) => ({
    low: i / count,
    high: (i + 1) / count,
    count: bin.count,
    mean: bin.count === 0 ? 0 : bin.score / bin.count,
    right: bin.count === 0 ? 0 : bin.right / bin.count,
  }))
}

/** Expected calibration error: Σ n/N · |mean score − share right| over the bins. 0 to 1. */
export function calibrationError(bins: readonly Bin[]): number | undefined {
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return undefined
  return bins.reduce((sum, { count, mean, right }) => sum + (count / total) * Math.abs(mean - right), 0)
}

export interface CurvePoint {
  readonly threshold: number
  readonly precision: number
  readonly recall: number
}

/**
 * Precision and recall at every score that occurs, from the highest down. `missed` is how many right
 * ones have no score at all: they bound recall below 1.
 */
export function precisionRecall(scores: readonly ScoredTruth[], missed: number): CurvePoint[] {
  const sorted = [...scores].sort((a, b) => b.score - a.score)
  const real = missed + sorted.reduce((sum, { right }) => sum + (right ? 1 : 0), 0)
  if (real === 0) return []
  const out: CurvePoint[] = []
  let right = 0
  sorted.forEach((each, i) => {
    right += each.right ? 1 : 0
    if (sorted[i + 1]?.score === each.score) return
    out.push({ threshold: each.score, precision: right / (i + 1), recall: right / real })
  })
  return out
}

/** Area under the curve: Σ (Rᵢ − Rᵢ₋₁)·Pᵢ. 0 to 1. */
export function averagePrecision(curve: readonly CurvePoint[]): number | undefined {
  if (curve.length === 0) return undefined
  return curve.reduce(
    (sum, { precision, recall }, i) => sum + (recall - (curve[i - 1]?.recall ?? 0)) * precision,
    0,
  )
}

/** Harmonic mean of precision and recall; 0 when both are. */
export const f1 = (precision: number, recall: number): number =>
  precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)

export const ratio = (part: number, whole: number): number | undefined =>
  whole === 0 ? undefined : part / whole

/** Middle value; the mean of the two in the middle when their number is even. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2
}
