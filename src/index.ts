/**
 * The public entry, and the only file that re-exports. `load` reads the model files once; `analyze`,
 * `restore` and `explain` are pure from then on.
 */
import { fileURLToPath } from 'node:url'
import { parseDialects } from './lexicon/dialects.ts'
import { inflector } from './lexicon/inflect.ts'
import { thesaurus } from './lexicon/thesaurus.ts'
import { dictionary } from './lexicon/trie.ts'
import { loadBytes, loadText } from './model/load.ts'
import { ngramModel } from './model/ngrams.ts'
import { vectors } from './model/vectors.ts'
import {
  type AnalyzeOptions,
  analyzeText,
  decodeInput,
  type ExplainOptions,
  explainText,
  type Knowledge,
  parseWeights,
  preparedProposals,
  type Restored,
  type RestoreOptions,
  rankerRow,
  restoreText,
} from './pipeline.ts'
import type { Analysis } from './types.ts'

/** Everything `analyze` needs, loaded once and never changed. */
export type Engine = Knowledge

export interface LoadOptions {
  /** Folder of en.ngrams, en.vectors, en.thesaurus and en.weights.json; the package's own by default. */
  readonly modelDir?: string
  /** Compiled dictionary; the package's own by default (`dictionaryPath()`). */
  readonly dictionary?: string
  /** Further compiled dictionaries, consulted after the package's own. */
  readonly userDictionaries?: readonly Uint8Array[]
}

/** Thesaurus answers kept in memory: about 40 MB at most. */
const REMEMBERED_WORDS = 5000

const packagePath = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Where the compiled dictionary of this package lies; `unspin dict build` writes it. */
export const dictionaryPath = (): string => packagePath('dist/en.dictionary')
export const wordlistsPath = (): string => packagePath('wordlists')
export const modelsPath = (): string => packagePath('models')

/**
 * Loads models and dictionaries into memory (about 60 MB, shared between threads).
 *
 * @throws Error with place, fact and fix when a file is missing, damaged or of another version
 */
export async function load(options: LoadOptions = {}): Promise<Engine> {
  const folder = options.modelDir ?? modelsPath()
  const table = (name: string): string => loadText(`${wordlistsPath()}/inflection/irregular-${name}.tsv`)
  const weights = parseWeights(loadText(`${folder}/en.weights.json`))
  const inflect = inflector({ verbs: table('verbs'), nouns: table('nouns'), adjectives: table('adjectives') })
  const words = thesaurus(new Uint8Array(loadBytes(`${folder}/en.thesaurus`)))
  const model = ngramModel(loadBytes(`${folder}/en.ngrams`))
  const meanings = vectors(loadBytes(`${folder}/en.vectors`))
  const own = new Uint8Array(loadBytes(options.dictionary ?? dictionaryPath()))
  return {
    lexicon: {
      dictionaries: [own, ...(options.userDictionaries ?? [])].map((bytes) => dictionary(bytes)),
      prepare: preparedProposals(words, inflect, model, meanings, rankerRow(weights), {
        perWord: weights.decoder.candidatesPerWord,
        kept: weights.decoder.triedPerWord,
        words: REMEMBERED_WORDS,
      }),
    },
    dialects: parseDialects(loadText(`${wordlistsPath()}/dialects.tsv`)),
    model,
    vectors: meanings,
    weights,
  }
}

/** Finds spun places. Bytes are decoded first. Never throws on any input: see `Analysis.problems`. */
export const analyze = (engine: Engine, input: string | Uint8Array, options: AnalyzeOptions = {}): Analysis =>
  analyzeText(engine, decodeInput(input, options), options)

/** Finds spun places and applies the safe ones. */
export const restore = (engine: Engine, input: string | Uint8Array, options: RestoreOptions = {}): Restored =>
  restoreText(engine, decodeInput(input, options), options)

/** What a stage of the pipeline made of a text or of one place in it, as plain data. */
export const explain = (engine: Engine, input: string | Uint8Array, options: ExplainOptions): unknown =>
  explainText(engine, decodeInput(input, options), options)

/** Thresholds in force when none are given; trained, so they come with the model. */
export const defaults = (engine: Engine): Engine['weights']['thresholds'] => engine.weights.thresholds

export { allowedSpans, isAllowed } from './lexicon/allow.ts'
export { checkDictionary } from './lexicon/check.ts'
export {
  type CompileOptions,
  compileDictionary,
  type DictionaryStats,
  type Parsed,
  parseFiles,
} from './lexicon/compile.ts'
export { type DictFile, type DictProblem, problemText } from './lexicon/entry.ts'
export { FALSE_ALARM_BUDGET, type FalseAlarm, type FalseAlarms, falseAlarms } from './lexicon/false-alarms.ts'
export {
  type DraftHeader,
  draftsAsEntries,
  draftsAsHabits,
  type EntryDraft,
} from './lexicon/import-draft.ts'
export { guessFormat, IMPORT_FORMATS, type ImportFormat, importList } from './lexicon/import-list.ts'
export type { Imported } from './lexicon/import-tortured.ts'
export { type Inflector, inflector } from './lexicon/inflect.ts'
export { type Mined, type Miner, minedDrafts, miner } from './lexicon/mine.ts'
export { nearest } from './lexicon/nearest.ts'
export { tidyHabits } from './lexicon/tidy.ts'
export { type Dictionary, dictionary } from './lexicon/trie.ts'
export { why } from './lexicon/why.ts'
export { type Corpus, readCorpus } from './model/corpus.ts'
export { type TrainedVectors, trainVectors } from './model/skipgram.ts'
export { NGRAM_DEFAULTS, type NgramOptions, ngramFile } from './model/train.ts'
export { packVectors } from './model/vectors.ts'
export {
  type AnalyzeOptions,
  type AppliedFix,
  applyChosen,
  type Chosen,
  type DecodedInput,
  decodeInput,
  type ExplainOptions,
  type Readable,
  type Restored,
  type RestoreOptions,
  readable,
  type Stretch,
} from './pipeline.ts'
export type * from './types.ts'

/** Where the samples of this package lie. */
export const samplesPath = (): string => packagePath('samples')
