/**
 * Which words of a document the dear pass reads: those suspicious enough under the document's own spin
 * rate. The rate is estimated from the suspicions alone (expectation–maximisation with a Beta prior), so
 * that a clean text costs little and a dense copy is read nearly whole.
 */
import type { Look } from './look.ts'
import { logOdds, sigmoid } from './network.ts'
import type { Weights } from './weights.ts'

const ROUNDS = 6

type Suspicions = readonly Pick<Look, 'suspicion'>[]

/**
 * By sentence, by token: 1 where it is to be read.
 *
 * @param rate the document's rough spin rate, 0–1
 * @param from least log odds under that rate
 */
export function suspects(
  looks: Suspicions,
  { trainedOdds }: Weights['suspicion'],
  rate: number,
  from: number,
): Uint8Array[] {
  const least = from - logOdds(rate) + trainedOdds
  return looks.map(({ suspicion }) => Uint8Array.from(suspicion, (z) => (z >= least ? 1 : 0)))
}

/** Share of words replaced, as far as suspicion alone can tell; 0–1. */
export function roughRate(
  looks: Suspicions,
  { trainedOdds, initial, replaced, kept }: Weights['suspicion'],
): number {
  let rate = initial
  for (let round = 0; round < ROUNDS; round++) {
    const shift = logOdds(rate) - trainedOdds
    let sum = replaced
    let words = replaced + kept
    for (const { suspicion } of looks)
      for (const z of suspicion) {
        if (z === Number.NEGATIVE_INFINITY) continue
        sum += sigmoid(z + shift)
        words += 1
      }
    rate = sum / words
  }
  return rate
}
