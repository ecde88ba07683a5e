/** Text of models/en.weights.json to `Weights`; checks that every name is one that this build computes. */
import { DETECTOR_INPUTS } from './detector.ts'
import { FEATURES } from './features.ts'
import { VERDICT_INPUTS } from './verdict.ts'
import type { Weights } from './weights.ts'

export const WEIGHTS_VERSION = 1

/** Parses and checks; throws an Error that names what does not fit this build. */
export function parseWeights(text: string): Weights {
  const weights = JSON.parse(text) as Weights
  if (weights.version !== WEIGHTS_VERSION)
    throw new Error(
      `models/en.weights.json has version ${weights.version}, this build reads ${WEIGHTS_VERSION}\n  fix: reinstall the package or run npm run train`,
    )
  sameNames('ranker', Object.keys(weights.ranker), FEATURES)
  sameNames('detector', weights.detector.inputs, DETECTOR_INPUTS)
  sameNames('verdict', weights.verdict.inputs, VERDICT_INPUTS)
  return weights
}

function sameNames(part: string, found: readonly string[], wanted: readonly string[]): void {
  const missing = wanted.filter((name) => !found.includes(name))
  const extra = found.filter((name) => !wanted.includes(name))
  if (missing.length + extra.length === 0) return
  throw new Error(
    `models/en.weights.json: ${part} lacks [${missing.join(', ')}] and has unknown [${extra.join(', ')}]\n  fix: run npm run train`,
  )
}
