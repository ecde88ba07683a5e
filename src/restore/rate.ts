/**
 * The document's spin rate by expectation–maximisation: marginals under the current rate, their mean
 * as the next. On clean text it sinks and silences the places; on a dense copy it lifts them.
 */
import type { Decoded } from './decode.ts'
import { marginals } from './marginals.ts'
import { logOdds } from './network.ts'
import type { Reading } from './read.ts'
import type { Weights } from './weights.ts'

export interface RateEstimate {
  /** Expected share of words replaced, 0–1. */
  readonly rate: number
  /** Posterior of every arc, per sentence, under that rate. */
  readonly posteriors: readonly Float64Array[]
}

/** Estimates the rate over all sentences; Beta prior and number of rounds are trained (`weights.rate`). */
export function estimateRate(readings: readonly Reading[], weights: Weights['rate']): RateEstimate {
  let words = 0
  for (const { sentence } of readings) for (const { kind } of sentence.tokens) if (kind === 'word') words += 1
  let rate = weights.initial
  let posteriors: Float64Array[] = []
  for (let round = 0; round < weights.rounds; round++) {
    const odds = logOdds(Math.min(0.95, Math.max(1e-5, rate)))
    posteriors = readings.map(({ decoded }) => marginals(decoded, odds))
    let replaced = 0
    readings.forEach(({ decoded }, i) => {
      replaced += expectedReplaced(decoded, posteriors[i] as Float64Array)
    })
    rate = (replaced + weights.replaced) / (words + weights.replaced + weights.kept)
  }
  return { rate, posteriors }
}

function expectedReplaced(decoded: Decoded, posterior: Float64Array): number {
  let sum = 0
  decoded.arcs.forEach((arc, index) => {
    if (arc.changed) sum += (posterior[index] as number) * (arc.end - arc.start)
  })
  return sum
}
