/**
 * The public entry, and the only file that re-exports. `load` reads the model files once; `analyze`,
 * `restore` and `explain` are pure from then on. `readModels` and `engine` are the two halves of `load`,
 * for programs that share one copy of the files between threads.
 */
import { fileURLToPath } from 'node:url'
import { parseDialects } from './lexicon/dialects.ts'
import { inflector } from './lexicon/inflect.ts'
import { proposals } from './lexicon/synonyms.ts'
import { thesaurus } from './lexicon/thesaurus.ts'
import { sharedLists, type ThesaurusLists } from './lexicon/thesaurus-file.ts'
import { dictionary } from './lexicon/trie.ts'
import { loadBytes, loadIfThere, loadText } from './model/load.ts'
import { ngramModel } from './model/ngrams.ts'
import { slots } from './model/slots.ts'
import { vectors } from './model/vectors.ts'
import {
  type AnalyzeOptions,
  type Ask,
  analyzeText,
  decodeInput,
  type ExplainOptions,
  explainText,
  type Knowledge,
  type MadeOf,
  packProposals,
  parseWeights,
  preparedProposals,
  printed,
  proposalTable,
  type Restored,
  type RestoreOptions,
  rankerRow,
  restoreText,
  termSources,
} from './pipeline.ts'
import type { Analysis } from './types.ts'

/** Everything `analyze` needs, loaded once and never changed. */
export type Engine = Knowledge

export interface LoadOptions {
  /** Folder of en.ngrams, en.vectors, en.slots, en.thesaurus and en.weights.json; the package's own by default. */
  readonly modelDir?: string
  /** Compiled dictionary; the package's own by default (`dictionaryPath()`). */
  readonly dictionary?: string
  /** Further compiled dictionaries, consulted after the package's own. */
  readonly userDictionaries?: readonly Uint8Array[]
}

/** A copy of `bytes` that every thread can read. */
function shared(bytes: Uint8Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}

const packagePath = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Where the compiled dictionary of this package lies; `unspin dict build` writes it. */
export const dictionaryPath = (): string => packagePath('dist/en.dictionary')
/** Where the thesaurus's answers for common words lie; `unspin train proposals` writes it. */
export const proposalsPath = (): string => packagePath('dist/en.proposals')
export const wordlistsPath = (): string => packagePath('wordlists')
export const modelsPath = (): string => packagePath('models')

/**
 * Every file that an engine is made of, as plain data: bytes in shared memory, texts as strings. A worker
 * thread that is handed them (`workerData`, `postMessage`) makes its engine without another copy.
 */
export interface ModelFiles {
  readonly ngrams: SharedArrayBuffer
  readonly vectors: SharedArrayBuffer
  readonly slots: SharedArrayBuffer
  readonly thesaurus: SharedArrayBuffer
  /** What is made of it first, where several threads share that, too. */
  readonly thesaurusLists?: ThesaurusLists
  /** The thesaurus's answers for common words; without them every answer is made when it is needed. */
  readonly proposals?: SharedArrayBuffer
  /** Compiled; the package's own first. */
  readonly dictionaries: readonly SharedArrayBuffer[]
  readonly weights: string
  readonly inflection: { readonly verbs: string; readonly nouns: string; readonly adjectives: string }
  readonly dialects: string
}

/**
 * Reads models and dictionaries into shared memory (about 60 MB).
 *
 * @throws Error with place, fact and fix when a file is missing or cannot be read
 */
export async function readModels(options: LoadOptions = {}): Promise<ModelFiles> {
  const folder = options.modelDir ?? modelsPath()
  const proposals = loadIfThere(proposalsPath())
  return {
    ngrams: loadBytes(`${folder}/en.ngrams`),
    vectors: loadBytes(`${folder}/en.vectors`),
    slots: loadBytes(`${folder}/en.slots`),
    thesaurus: loadBytes(`${folder}/en.thesaurus`),
    ...(proposals !== undefined && { proposals }),
    dictionaries: [
      loadBytes(options.dictionary ?? dictionaryPath()),
      ...(options.userDictionaries ?? []).map(shared),
    ],
    weights: loadText(`${folder}/en.weights.json`),
    inflection: inflectionTables(),
    dialects: loadText(`${wordlistsPath()}/dialects.tsv`),
  }
}

function inflectionTables(): ModelFiles['inflection'] {
  const table = (name: string): string => loadText(`${wordlistsPath()}/inflection/irregular-${name}.tsv`)
  return { verbs: table('verbs'), nouns: table('nouns'), adjectives: table('adjectives') }
}

/**
 * The same files for several threads: what each would make of the thesaurus by itself (17 MB) is made once.
 *
 * @throws Error with place, fact and fix when the file is damaged
 */
export const forThreads = (files: ModelFiles): ModelFiles => ({
  ...files,
  thesaurusLists: sharedLists(new Uint8Array(files.thesaurus)),
})

/**
 * An engine on files that were read: tables that only this thread uses, over memory that all share.
 *
 * @throws Error with place, fact and fix when a file is damaged or of another version
 */
export function engine(files: ModelFiles): Engine {
  const { weights, model, meanings, made } = parts(files)
  const table = files.proposals === undefined ? undefined : proposalTable(files.proposals, made)
  const dictionaries = files.dictionaries.map((bytes) => dictionary(new Uint8Array(bytes)))
  const prepare = preparedProposals(asking(files), model, meanings, made.ranker, made.options, table)
  return {
    lexicon: {
      dictionaries,
      prepare,
      printed: printed(model),
      terms: termSources(dictionaries, prepare, model),
    },
    dialects: parseDialects(files.dialects),
    model,
    vectors: meanings,
    slots: slots(files.slots),
    weights,
  }
}

/**
 * The thesaurus's answers for the commonest words, as the file that `readModels` looks for.
 *
 * @param progress is told the share done, 0–1
 */
export function compileProposals(files: ModelFiles, progress?: (share: number) => void): Uint8Array {
  const { model, meanings, made } = parts(files)
  return packProposals(asking(files), model, meanings, made, progress)
}

function parts(files: ModelFiles): {
  readonly weights: Engine['weights']
  readonly model: Engine['model']
  readonly meanings: Engine['vectors']
  readonly made: MadeOf
} {
  const weights = parseWeights(files.weights)
  const { candidatesPerWord, triedPerWord } = weights.decoder
  const made = {
    ngrams: files.ngrams.byteLength,
    vectors: files.vectors.byteLength,
    thesaurus: files.thesaurus.byteLength,
    ranker: rankerRow(weights),
    options: { perWord: candidatesPerWord, kept: triedPerWord },
  }
  return { weights, model: ngramModel(files.ngrams), meanings: vectors(files.vectors), made }
}

/** What the thesaurus proposes for a word, likeliest first: what training reads before there is an engine. */
export function thesaurusWords(): (key: string, most: number) => readonly string[] {
  const ask = asking({ thesaurus: loadBytes(`${modelsPath()}/en.thesaurus`), inflection: inflectionTables() })
  return (key, most) => ask(key, most).map((proposal) => proposal.key)
}

/** The thesaurus, opened when it is first asked. */
function asking(files: Pick<ModelFiles, 'thesaurus' | 'thesaurusLists' | 'inflection'>): Ask {
  let opened: Ask | undefined
  return (key, most, only) => {
    if (opened === undefined) {
      const words = thesaurus(new Uint8Array(files.thesaurus), files.thesaurusLists)
      const inflect = inflector(files.inflection)
      opened = (asked, limit, named) => proposals(words, inflect, asked, limit, named)
    }
    return opened(key, most, only)
  }
}

/** Reads the files and makes an engine on them. @throws as `readModels` and `engine` do */
export const load = async (options: LoadOptions = {}): Promise<Engine> => engine(await readModels(options))

/** Finds spun places. Bytes are decoded first. Never throws on any input: see `Analysis.problems`. */
export const analyze = (known: Engine, input: string | Uint8Array, options: AnalyzeOptions = {}): Analysis =>
  analyzeText(known, decodeInput(input, options), options)

/** Finds spun places and applies the safe ones. */
export const restore = (known: Engine, input: string | Uint8Array, options: RestoreOptions = {}): Restored =>
  restoreText(known, decodeInput(input, options), options)

/** What a stage of the pipeline made of a text or of one place in it, as plain data. */
export const explain = (known: Engine, input: string | Uint8Array, options: ExplainOptions): unknown =>
  explainText(known, decodeInput(input, options), options)

/** Thresholds in force when none are given; trained, so they come with the model. */
export const defaults = ({ weights }: Engine): Engine['weights']['thresholds'] => weights.thresholds

export { type AllowList, allowList, surroundings } from './lexicon/allow.ts'
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
export { confusedWords } from './model/confused.ts'
export { type Corpus, readCorpus } from './model/corpus.ts'
export { type TrainedVectors, trainVectors } from './model/skipgram.ts'
export { packSlots } from './model/slots.ts'
export { NGRAM_DEFAULTS, type NgramOptions, ngramFile } from './model/train.ts'
export { type Confused, SLOT_DEFAULTS, type TrainedSlots, trainSlots } from './model/train-slots.ts'
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
