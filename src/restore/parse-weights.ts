/** Text of models/en.weights.json to `Weights`; checks that every name is one that this build computes. */
import { DETECTOR_INPUTS } from './detector.ts'
import { FEATURES } from './features.ts'
import { SUSPICION_INPUTS } from './suspicion.ts'
import { VERDICT_INPUTS } from './verdict.ts'
import type { Weights } from './weights.ts'

export const WEIGHTS_VERSION = 1

/** Parses and checks; throws an Error that names what does not fit this build. */
export function parseWeights(text: string): Weights {
  const weights = parsed(text)
  if (weights.version !== WEIGHTS_VERSION)
    throw new Error(
      `models/en.weights.json has version ${weights.version}, this build reads ${WEIGHTS_VERSION}\n  fix: reinstall the package or run npm run train`,
    )
  sameOrder('suspicion', weights.suspicion?.inputs ?? [], SUSPICION_INPUTS)
  sameNames('ranker', Object.keys(weights.ranker ?? {}), FEATURES)
  sameOrder('detector', weights.detector?.inputs ?? [], DETECTOR_INPUTS)
  sameOrder('verdict', weights.verdict?.inputs ?? [], VERDICT_INPUTS)
  return weights
}

function parsed(text: string): Weights {
  try {
    const value: unknown = JSON.parse(text)
    // Names are checked by the caller; numbers come from our own training and are taken as they are.
    if (typeof value === 'object' && value !== null) return value as Weights
  } catch {
    // Falls through: a text that is no JSON and JSON that is no record read the same to a user.
  }
  throw new Error(
    'models/en.weights.json is not a JSON record\n  fix: reinstall the package or run npm run train',
  )
}

/** A network reads its inputs by position, so their order counts as well. */
function sameOrder(part: string, found: readonly string[], wanted: readonly string[]): void {
  sameNames(part, found, wanted)
  const at = wanted.findIndex((name, i) => name !== found[i])
  if (at < 0 && found.length === wanted.length) return
  throw new Error(
    `models/en.weights.json: ${part} has "${found[at < 0 ? wanted.length : at]}" as input ${at < 0 ? wanted.length : at}, this build computes "${wanted[at] ?? 'nothing'}" there\n  fix: run npm run train`,
  )
}

function sameNames(part: string, found: readonly string[], wanted: readonly string[]): void {
  const missing = wanted.filter((name) => !found.includes(name))
  const extra = found.filter((name) => !wanted.includes(name))
  if (missing.length + extra.length === 0) return
  throw new Error(
    `models/en.weights.json: ${part} lacks [${missing.join(', ')}] and has unknown [${extra.join(', ')}]\n  fix: run npm run train`,
  )
}
