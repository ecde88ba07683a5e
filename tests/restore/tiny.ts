/**
 * A whole engine, small enough to reason about: everything is made by the real code (trainer, packer,
 * dictionary compiler) from the few sentences, entries and synonyms below, and no file of models/ is
 * read. The weights are set by hand: the language model counts as it is, entries and synonyms add a
 * little, and the detector hands the decoder's posterior through.
 */
import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import type { ThesaurusProposal } from '../../src/lexicon/synonyms.ts'
import { RELATION } from '../../src/lexicon/thesaurus.ts'
import { type NgramModel, ngramModel } from '../../src/model/ngrams.ts'
import { trainNgrams } from '../../src/model/train.ts'
import { packVectors, type Vectors, vectors } from '../../src/model/vectors.ts'
import { DETECTOR_INPUTS } from '../../src/restore/detector.ts'
import { FEATURES, type FeatureName } from '../../src/restore/features.ts'
import type { Network } from '../../src/restore/network.ts'
import type { Knowledge } from '../../src/restore/read.ts'
import { VERDICT_INPUTS } from '../../src/restore/verdict.ts'
import type { Weights } from '../../src/restore/weights.ts'
import type { Sentence } from '../../src/types.ts'
import { compiled, habitsFile, phrasesFile } from '../lexicon/dictionaries.ts'
import { TOY_OPTIONS } from '../model/toy.ts'

const LINES = [
  'the two towns have close ties',
  'they keep close ties with the harbour',
  'close ties help both towns',
  'the United States signed the treaty',
  'the United States kept the treaty',
  'ships from the United States came in spring',
  'deep learning reads the old letters',
  'the museum uses deep learning for the old letters',
  'she finished a task before noon',
  'he gave her a task for the week',
  'it was a task for the whole crew',
  'it took an effort to read the letters',
  'it was an effort for the whole crew',
  'in light of the storm the ships stayed',
  'in light of the letters the museum opened',
  'the price of bread rose in spring',
  'the price of fish fell in spring',
  'the crew made a price list for the week',
  'the storm came and the ships stayed in the harbour',
  'the crew said that the storm came before noon',
  'the storm came just before midday',
]

/** Spun word to what the thesaurus would propose for it. */
const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['stop', ['close', 'end', 'halt']],
  ['job', ['task', 'effort', 'work']],
  ['charge', ['price', 'fee']],
  ['tempest', ['storm', 'gale']],
  ['ties', ['links', 'knots']],
])

const HABITS = ['bread~n~loaf; bakery bread', 'said~v~explained', 'harbour~n~seaport | dock']

const ENTRIES = [
  'kind: name, spun: joint states, original: United States',
  'kind: phrase, spun: [profound learning, profound gaining knowledge of], original: deep learning',
  'kind: phrase, spun: in savory of, original: in light of',
  'kind: word, spun: vessels, original: ships',
  // The original contains the spun form.
  'kind: phrase, spun: came earlier noon, original: came before noon',
  'kind: phrase, spun: before midday, original: just before midday',
]

/** Zero for every name but those given: plain logistic regression on unscaled inputs. */
function passing(inputs: readonly string[], weights: ReadonlyMap<string, number>, bias: number): Network {
  return {
    inputs,
    mean: inputs.map(() => 0),
    scale: inputs.map(() => 1),
    hidden: [],
    hiddenBias: [],
    output: [],
    outputBias: bias,
    direct: inputs.map((name) => weights.get(name) ?? 0),
  }
}

const RANKER: ReadonlyMap<FeatureName, number> = new Map<FeatureName, number>([
  ['lm', 1],
  ['entry', 4],
  ['habitCommon', 1],
  ['habitSeen', 0.5],
  ['strength', 2],
  ['cosine', 0.25],
  ['spelling', 1],
  ['unknown', -3],
  ['bias', -0.5],
])

export const tinyWeights: Weights = {
  version: 1,
  recipe: 'set by hand',
  // Every feature has a name, so this is the whole record.
  ranker: Object.fromEntries(FEATURES.map((name) => [name, RANKER.get(name) ?? 0])) as Weights['ranker'],
  decoder: { beam: 64, arcsPerPlace: 8, leastOdds: 1e-4, candidatesPerWord: 50 },
  rate: { initial: 0.1, replaced: 0.5, kept: 20, rounds: 6 },
  detector: passing(DETECTOR_INPUTS, new Map([['posterior', 1]]), 0),
  verdict: { ...passing(VERDICT_INPUTS, new Map([['rate', 1]]), 2.5), doubtful: 0.4, spun: 0.6 },
  thresholds: { minConfidence: 0.5, applyAbove: 0.6, applyShare: 0.4 },
}

/** What the thesaurus answers: each synonym one step away, the first the strongest. */
export const tinyProposals = (key: string): readonly ThesaurusProposal[] =>
  (SYNONYMS.get(key) ?? []).map((original, rank) => ({
    key: original,
    lemma: original,
    pos: 'n',
    relations: RELATION.synonym,
    hops: 1,
    path: [key, original],
    strength: 0.8 / (rank + 1),
  }))

/** The model trained on the sentences above. */
export const tinyModel = async (): Promise<NgramModel> =>
  ngramModel((await trainNgrams(LINES, TOY_OPTIONS)).slice().buffer)

const DIMENSIONS = 4

/** A vector for every word, no two in the same direction. */
export function tinyVectors(model: NgramModel): Vectors {
  const words = model.vocabulary.size
  const matrix = (phase: number): Float32Array =>
    Float32Array.from({ length: words * DIMENSIONS }, (_, i) => (i < 3 * DIMENSIONS ? 0 : Math.sin(phase + i * i)))
  const trained = { dimensions: DIMENSIONS, words, input: matrix(0), output: matrix(1) }
  return vectors(packVectors(trained, { made: 'by hand' }).slice().buffer)
}

export async function tinyEngine(weights: Weights = tinyWeights): Promise<Knowledge> {
  const model = await tinyModel()
  return {
    lexicon: {
      dictionaries: [compiled(habitsFile(HABITS), phrasesFile(ENTRIES.map((entry) => `  - { ${entry}, restore: ["[[x]]"] }\n`).join('')))],
      proposals: tinyProposals,
    },
    model,
    vectors: tinyVectors(model),
    weights,
  }
}

/** The only sentence of a text. */
export function sentenceOf(text: string): Sentence {
  const [sentence, ...more] = readSentences(document(text, { format: 'text' }))
  if (sentence === undefined || more.length > 0) throw new Error(`"${text}" is not one sentence`)
  return sentence
}

/** Words the engine knows, spun and not, and what may stand between them: for made-up texts. */
export const TINY_WORDS: readonly string[] = [
  ...SYNONYMS.keys(),
  ...new Set(LINES.join(' ').split(' ')),
  ...['Joint States', 'profound learning', 'an job', 'An charge', 'the the', 'in savory of', 'bakery bread'],
  ...['explained', 'vessels', 'constructor', 'STOP', '"', '.', ',', '\n\n', '-'],
]
