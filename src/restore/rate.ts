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
  // In clean text most sentences have one path only, and nothing to say.
  const open = readings.filter(({ decoded }) => decoded.arcs.length > 0)
  let rate = weights.initial
  let found: Float64Array[] = []
  for (let round = 0; round < weights.rounds; round++) {
    const odds = logOdds(Math.min(0.95, Math.max(1e-5, rate)))
    found = open.map(({ decoded }) => marginals(decoded, odds))
    let replaced = 0
    open.forEach(({ decoded }, i) => {
      replaced += expectedReplaced(decoded, found[i] as Float64Array)
    })
    rate = (replaced + weights.replaced) / (words + weights.replaced + weights.kept)
  }
  const byReading = new Map(open.map((reading, i) => [reading, found[i] as Float64Array]))
  return { rate, posteriors: readings.map((reading) => byReading.get(reading) ?? NO_ARCS) }
}

const NO_ARCS = new Float64Array(0)

function expectedReplaced(decoded: Decoded, posterior: Float64Array): number {
  let sum = 0
  decoded.arcs.forEach((arc, index) => {
    if (arc.changed) sum += (posterior[index] as number) * (arc.end - arc.start)
  })
  return sum
}
