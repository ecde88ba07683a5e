/**
 * The document as a whole: probability that it was spun, honest about short texts.
 *
 * Evidence grows with the number of places and their strength, not with their share alone, so the
 * network sees both the spin rate and how many words it was estimated from.
 */
import type { Verdict } from '../types.ts'
import { logit, logOdds, type Network, sigmoid } from './network.ts'

export const VERDICT_INPUTS = [
  'rate', // log odds of the EM spin rate
  'mean', // log odds of the mean finding confidence per word
  'strong', // ln(1 + expected number of places with confidence above one half)
  'density', // that number per word, in %
  'entries', // ln(1 + confidence-weighted places that a phrase entry explains)
  'words', // ln words
  'rateWords', // rate × ln words: the same rate says more in a longer text
  'sure', // ln(1 + expected number of places with confidence above four fifths)
  'marks', // ln(1 + evidence of one dialect, dialect.ts: the confidences of its different wordings)
  'third', // log odds of the third highest confidence: one or two odd words are no copy
] as const

export interface DocumentNumbers {
  readonly rate: number
  readonly words: number
  /** As `markEvidence` gives it. */
  readonly marks: number
  /** Confidence of every place, any order. */
  readonly confidences: readonly number[]
  /** Confidences of the places a phrase entry explains. */
  readonly entryConfidences: readonly number[]
}

const LEAST = 1e-5
const clamp = (p: number): number => Math.min(1 - LEAST, Math.max(LEAST, p))

/** Inputs of the verdict network, in the order of `VERDICT_INPUTS`. */
export function verdictInputs(numbers: DocumentNumbers): Float64Array {
  const { rate, words, marks, confidences, entryConfidences } = numbers
  const total = confidences.reduce((sum, c) => sum + c, 0)
  const strong = confidences.reduce((sum, c) => (c > 0.5 ? sum + c : sum), 0)
  const sure = confidences.reduce((sum, c) => (c > 0.8 ? sum + c : sum), 0)
  const [, , third = 0] = confidences.toSorted((a, b) => b - a)
  const entries = entryConfidences.reduce((sum, c) => sum + c, 0)
  const rateOdds = logOdds(clamp(rate))
  const length = Math.log(1 + words)
  return Float64Array.from([
    rateOdds,
    logOdds(clamp(total / Math.max(1, words))),
    Math.log1p(strong),
    (100 * strong) / Math.max(1, words),
    Math.log1p(entries),
    length,
    rateOdds * length,
    Math.log1p(sure),
    Math.log1p(marks),
    logOdds(clamp(third)),
  ])
}

/** Verdict of a document, without the density of its findings. */
export function verdict(
  network: Network & { readonly doubtful: number; readonly spun: number },
  numbers: DocumentNumbers,
): Omit<Verdict, 'density'> {
  const probability = numbers.words === 0 ? 0 : sigmoid(logit(network, verdictInputs(numbers)))
  return {
    label: probability >= network.spun ? 'spun' : probability >= network.doubtful ? 'doubtful' : 'clean',
    probability,
    spinRate: numbers.words === 0 ? 0 : numbers.rate,
  }
}
