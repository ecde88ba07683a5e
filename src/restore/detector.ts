/**
 * The last word on a place: a small network over the decoder's posterior and everything around it,
 * trained to be calibrated (of the places shown with confidence .8, four in five are real).
 */
import { F } from './features.ts'
import { logit, logOdds, type Network, sigmoid } from './network.ts'
import type { Place } from './places.ts'

export const DETECTOR_INPUTS = [
  'posterior', // log odds of the decoder's posterior
  'score', // best local score, nats
  'sum', // ln Σ exp of local scores of the place
  'share', // share of the best reading
  'lm', // of the best reading; the names from here to "spunness" are those of features.ts
  'entry',
  'habitCommon',
  'habitSeen',
  'habitRare',
  'strength',
  'cosine',
  'fit',
  'commoner',
  'oldUnigram',
  'surpriseLeft',
  'surpriseRight',
  'surpriseSpan',
  'oldFit',
  'oldTopic',
  'oldCount',
  'oldFunction',
  'title',
  'heading',
  'oldUnknown',
  'spunness',
  'span',
  'spelling',
  'near', // mean posterior of the three tokens either side
  'rate', // log odds of the document's spin rate
  'words', // ln words of the document
  'suspicion', // of its most suspicious word at the cheap look, log odds
  'lmLeft', // of the best reading again
  'topic',
  'twoHop',
  'wordnetSynonym',
  'mobyBackward',
  'slot',
  'oldSlot',
] as const

const POSTERIOR_LIMIT = 1e-6
const clamp = (p: number): number => Math.min(1 - POSTERIOR_LIMIT, Math.max(POSTERIOR_LIMIT, p))

/** Inputs of the network for one place, in the order of `DETECTOR_INPUTS`. */
export interface Surroundings {
  /** Mean posterior of the tokens around. */
  readonly near: number
  /** The document's spin rate, 0–1, and its words. */
  readonly rate: number
  readonly words: number
  /** Suspicion of the place's most suspicious word, log odds. */
  readonly suspicion: number
}

export function detectorInputs(place: Place, around: Surroundings): Float64Array {
  const { near, rate, words, suspicion } = around
  const best = place.readings[0]
  const row = best?.scored.row
  const of = (index: number): number => row?.[index] ?? 0
  const top = place.readings.reduce((m, { scored }) => Math.max(m, scored.score), -50)
  let sum = 0
  for (const { scored } of place.readings) sum += Math.exp(scored.score - top)
  return Float64Array.from([
    logOdds(clamp(place.posterior)),
    Math.max(-20, Math.min(20, top)),
    Math.max(-20, Math.min(20, top + Math.log(sum))),
    best?.share ?? 0,
    Math.max(-10, Math.min(15, of(F.lm))),
    of(F.entry),
    of(F.habitCommon),
    of(F.habitSeen),
    of(F.habitRare),
    of(F.strength),
    of(F.cosine),
    of(F.fit),
    of(F.commoner),
    of(F.oldUnigram),
    of(F.surpriseLeft),
    of(F.surpriseRight),
    of(F.surpriseSpan),
    of(F.oldFit),
    of(F.oldTopic),
    of(F.oldCount),
    of(F.oldFunction),
    of(F.title),
    of(F.heading),
    of(F.oldUnknown),
    of(F.spunness),
    Math.min(3, of(F.span)),
    of(F.spelling),
    near,
    logOdds(clamp(rate)),
    Math.log(1 + words),
    Math.max(-12, Math.min(12, suspicion)),
    Math.max(-10, Math.min(15, of(F.lmLeft))),
    of(F.topic),
    of(F.twoHop),
    of(F.wordnetSynonym),
    of(F.mobyBackward),
    Math.max(-15, Math.min(15, of(F.slot))),
    Math.max(-15, Math.min(15, of(F.oldSlot))),
  ])
}

/** Calibrated probability that the place was replaced, 0–1. */
export const confidence = (network: Network, inputs: Float64Array): number => sigmoid(logit(network, inputs))
