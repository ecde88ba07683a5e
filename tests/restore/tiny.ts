/**
 * A whole engine, small enough to reason about: everything is made by the real code (trainer, packer,
 * compilers) from the few sentences, entries and lists below, and no file of models/ is
 * read. The weights are set by hand: the language model counts as it is, entries and the thesaurus
 * add a little, and the detector hands the decoder's posterior through.
 */
import { parseDialects } from '../../src/lexicon/dialects.ts'
import { looseSentence } from '../../src/lexicon/loose-sentence.ts'
import { proposals } from '../../src/lexicon/synonyms.ts'
import { type Thesaurus, thesaurus } from '../../src/lexicon/thesaurus.ts'
import { buildThesaurus } from '../../src/lexicon/thesaurus-build.ts'
import { type NgramModel, ngramModel } from '../../src/model/ngrams.ts'
import { packSlots, type Slots, slots } from '../../src/model/slots.ts'
import { trainNgrams } from '../../src/model/train.ts'
import { packVectors, type Vectors, vectors } from '../../src/model/vectors.ts'
import { documentContext, type SentenceContext, sentenceContext } from '../../src/restore/context.ts'
import { DETECTOR_INPUTS } from '../../src/restore/detector.ts'
import { FEATURES, type FeatureName } from '../../src/restore/features.ts'
import { type Look, look } from '../../src/restore/look.ts'
import type { Network } from '../../src/restore/network.ts'
import { type Ask, preparedProposals } from '../../src/restore/prepared.ts'
import { printed } from '../../src/restore/printed.ts'
import {
  type Knowledge,
  type Reading,
  readSentence,
  type ScoredCandidate,
  scoreCandidates,
} from '../../src/restore/read.ts'
import { SUSPICION_INPUTS } from '../../src/restore/suspicion.ts'
import { VERDICT_INPUTS } from '../../src/restore/verdict.ts'
import { rankerRow, type Weights } from '../../src/restore/weights.ts'
import type { Sentence } from '../../src/types.ts'
import { compiled, habitsFile, inflections, phrasesFile } from '../lexicon/dictionaries.ts'
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

/** The way of a spinner's thesaurus: an original, then what is printed for it. */
const THESAURUS = [
  'close,stop,shut',
  'end,stop',
  'task,job,chore',
  'effort,job',
  'price,charge,fee',
  'fee,charge',
  'storm,tempest',
  'links,ties',
  'ties,bonds',
]

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
  ['term', 1],
  ['termPath', 3],
  ['strength', 2],
  ['cosine', 0.25],
  ['spelling', 1],
  ['unknown', -3],
  ['bias', -0.5],
])

export const tinyWeights: Weights = {
  version: 1,
  recipe: 'set by hand',
  // Every word is read, whatever it looks like.
  suspicion: {
    ...passing(SUSPICION_INPUTS, new Map(), 0),
    trainedOdds: 0,
    readFrom: -99,
    usedFrom: 0,
    initial: 0.1,
    replaced: 0.5,
    kept: 20,
    probe: { below: 0, from: 0, found: 1 },
  },
  // Every feature has a name, so this is the whole record.
  ranker: Object.fromEntries(FEATURES.map((name) => [name, RANKER.get(name) ?? 0])) as Weights['ranker'],
  decoder: {
    beam: 64,
    arcsPerPlace: 8,
    leastOdds: 1e-4,
    candidatesPerWord: 50,
    triedPerWord: 50,
    thesaurusFrom: 0,
    keptPerPlace: 20,
  },
  compounds: { tried: 20, kept: 4, bound: 1, odds: -2 },
  terms: { tried: 20, kept: 4, bound: 0, trust: 2, least: 0.1, strange: 0 },
  expected: { above: 99, saved: 6, words: 100, kept: 4 },
  rate: { initial: 0.1, replaced: 0.5, kept: 20, rounds: 6 },
  detector: passing(DETECTOR_INPUTS, new Map([['posterior', 1]]), 0),
  verdict: { ...passing(VERDICT_INPUTS, new Map([['rate', 1]]), 2.5), doubtful: 0.4, spun: 0.6 },
  dialect: { marks: 2, lead: 2 },
  thresholds: { minConfidence: 0.5, applyAbove: 0.6, applyShare: 0.4, joinAbove: 1.1, sureFrom: 1e-9 },
}

/** The model trained on the sentences above. */
export const tinyModel = async (): Promise<NgramModel> =>
  ngramModel((await trainNgrams(LINES, TOY_OPTIONS)).slice().buffer)

const DIMENSIONS = 4

/** A vector for every word, no two in the same direction. */
export function tinyVectors(model: NgramModel): Vectors {
  const words = model.vocabulary.size
  const matrix = (phase: number): Float32Array =>
    Float32Array.from({ length: words * DIMENSIONS }, (_, i) =>
      i < 3 * DIMENSIONS ? 0 : Math.sin(phase + i * i),
    )
  const trained = { dimensions: DIMENSIONS, words, input: matrix(0), output: matrix(1) }
  return vectors(packVectors(trained, { made: 'by hand' }).slice().buffer)
}

/** Rows for every word, no two in the same direction. */
export function tinySlots(model: NgramModel): Slots {
  const words = model.vocabulary.size
  const matrix = (phase: number): Float32Array =>
    Float32Array.from({ length: words * DIMENSIONS }, (_, i) =>
      i < 3 * DIMENSIONS ? 0 : Math.sin(phase + i * i),
    )
  const position = new Float32Array(4 * DIMENSIONS).fill(0.3)
  const bias = new Float32Array(words).fill(-1)
  const trained = {
    dimensions: DIMENSIONS,
    words,
    reach: 2,
    around: matrix(2),
    word: matrix(3),
    bias,
    position,
  }
  return slots(packSlots(trained, { made: 'by hand' }).slice().buffer)
}

function tinyThesaurus(): Thesaurus {
  const nothing = { data: '', index: '' }
  const vocabulary = [...new Set(THESAURUS.join(',').split(','))]
  const { file } = buildThesaurus({
    wordnet: [nothing, nothing, nothing, nothing],
    moby: `${THESAURUS.join('\n')}\n`,
    vocabulary,
    phraseWords: vocabulary.length,
    relations: '# made\nbias\t-1\nlists\t2\nlisted\t1\n',
  })
  return thesaurus(file)
}

export function tinyAsk(): Ask {
  const words = tinyThesaurus()
  return (key, most) => proposals(words, inflections, key, most)
}

export async function tinyEngine(weights: Weights = tinyWeights): Promise<Knowledge> {
  const model = await tinyModel()
  const meanings = tinyVectors(model)
  return {
    lexicon: {
      prepare: preparedProposals(tinyAsk(), model, meanings, rankerRow(weights), { perWord: 50, kept: 50 }),
      printed: printed(model),
      dictionaries: [
        compiled(
          habitsFile(HABITS),
          phrasesFile(ENTRIES.map((entry) => `  - { ${entry}, restore: ["[[x]]"] }\n`).join('')),
        ),
      ],
    },
    dialects: parseDialects(
      '= harbour-news\tnews of harbours\nseaport\tharbour\nexplained\tsaid\n= bakery\tbakeries\nbakery bread\tbread\n',
    ),
    model,
    vectors: meanings,
    slots: tinySlots(model),
    weights,
  }
}

/** A text as one sentence, whatever it holds. */
export const sentenceOf = (text: string): Sentence => looseSentence(text)

/** The sentence as the model sees it, in a document of its own. */
export function contextOf({ model, vectors: meanings }: Knowledge, sentence: Sentence): SentenceContext {
  return sentenceContext(model, meanings, sentence, documentContext(model, meanings, [sentence]))
}

/** All candidates of a text with their feature rows, by start token. */
export function candidatesOf(engine: Knowledge, text: string): readonly (readonly ScoredCandidate[])[] {
  return scoreCandidates(engine, lookAt(engine, sentenceOf(text)), undefined)
}

/** A text read as a document of one sentence. */
export function readingOf(engine: Knowledge, text: string): Reading {
  const seen = lookAt(engine, sentenceOf(text))
  return readSentence(engine, seen, new Uint8Array(seen.sentence.tokens.length).fill(1), false)
}

/** The cheap look at a sentence in a document of its own. */
export function lookAt(engine: Knowledge, sentence: Sentence): Look {
  const document = documentContext(engine.model, engine.vectors, [sentence])
  return look(engine, engine.weights.suspicion, sentence, document)
}

/** Words the engine knows, spun and not, and what may stand between them: for made-up texts. */
export const TINY_WORDS: readonly string[] = [
  ...THESAURUS.flatMap((line) => line.split(',')),
  ...new Set(LINES.join(' ').split(' ')),
  ...['Joint States', 'profound learning', 'an job', 'An charge', 'the the', 'in savory of', 'bakery bread'],
  ...['explained', 'vessels', 'constructor', 'STOP', '"', '.', ',', '\n\n', '-'],
]
