/** Where training starts: rough weights by hand, enough to prune candidates before anything is learned. */
import { DETECTOR_INPUTS } from '../../src/restore/detector.ts'
import { FEATURES, type FeatureName } from '../../src/restore/features.ts'
import type { Network } from '../../src/restore/network.ts'
import { WEIGHTS_VERSION } from '../../src/restore/parse-weights.ts'
import { SUSPICION_INPUTS } from '../../src/restore/suspicion.ts'
import { VERDICT_INPUTS } from '../../src/restore/verdict.ts'
import type { Weights } from '../../src/restore/weights.ts'

const START: Partial<Record<FeatureName, number>> = {
  lm: 0.6,
  entry: 5,
  habitCommon: 3,
  habitSeen: 2.5,
  habitRare: 1.5,
  strength: 4,
  twoHop: 3,
  term: -2.5,
  termPath: 10.3,
  cosine: 2,
  expected: -1,
  fit: 0.3,
  slot: 0.4,
  bias: -4,
}

const flat = (inputs: readonly string[]): Network => ({
  inputs,
  mean: inputs.map(() => 0),
  scale: inputs.map(() => 1),
  hidden: [],
  hiddenBias: [],
  output: [],
  outputBias: 0,
  direct: inputs.map((_, i) => (i === 0 ? 1 : 0)),
})

export const startWeights = (): Weights => ({
  version: WEIGHTS_VERSION,
  recipe: 'start',
  suspicion: {
    ...flat(SUSPICION_INPUTS),
    trainedOdds: 0,
    readFrom: -3,
    usedFrom: 0.2,
    initial: 0.03,
    replaced: 0.3,
    kept: 20,
    probe: { below: 0.04, from: -1.5, found: 0.2 },
  },
  ranker: Object.fromEntries(FEATURES.map((name) => [name, START[name] ?? 0])) as Record<FeatureName, number>,
  decoder: {
    beam: 24,
    arcsPerPlace: 10,
    leastOdds: 0.002,
    candidatesPerWord: 150,
    triedPerWord: 100,
    thesaurusFrom: 0,
    keptPerPlace: 24,
  },
  compounds: { tried: 8, kept: 6, bound: 2.5, odds: -2.2 },
  terms: { tried: 48, kept: 6, bound: 0, trust: 10, least: 0.25, strange: 0 },
  expected: { above: 10.5, saved: 6, words: 1000, kept: 8 },
  rate: { initial: 0.08, replaced: 0.3, kept: 30, rounds: 6 },
  detector: flat(DETECTOR_INPUTS),
  verdict: { ...flat(VERDICT_INPUTS), doubtful: 0.4, spun: 0.6 },
  dialect: { marks: 3, lead: 2 },
  thresholds: { minConfidence: 0.47, applyAbove: 0.75, applyShare: 0.6, joinAbove: 0.68, sureFrom: 0.7 },
})
