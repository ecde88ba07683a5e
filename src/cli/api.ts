/**
 * What the commands ask of the library, as an interface, so that tests can hand in a small fake.
 *
 * `main.ts` hands in src/index.ts itself; the compiler checks there that it fits.
 */
import type {
  AllowList,
  Analysis,
  AnalyzeOptions,
  Confused,
  Corpus,
  DictFile,
  Dictionary,
  DictionaryStats,
  DictProblem,
  Engine,
  Inflector,
  ModelFiles,
  NgramOptions,
  Restored,
  TrainedSlots,
  TrainedVectors,
} from '../index.ts'

export type Stage = 'tokens' | 'candidates' | 'lattice' | 'paths'

export interface Api {
  load(options?: {
    readonly modelDir?: string
    readonly userDictionaries?: readonly Uint8Array[]
  }): Promise<Engine>
  analyze(engine: Engine, input: string | Uint8Array, options?: AnalyzeOptions): Analysis
  restore(
    engine: Engine,
    input: string | Uint8Array,
    options?: AnalyzeOptions & { readonly applyAbove?: number },
  ): Restored
  explain(
    engine: Engine,
    input: string | Uint8Array,
    options: AnalyzeOptions & { readonly at?: number; readonly stage: Stage },
  ): unknown
  /** Wordings and places that are never flagged, one a line, made ready for many documents. */
  allowList(lines: Iterable<string>): AllowList
  nearest(word: string, list: Iterable<string>): string | undefined
  inflector(tables: {
    readonly verbs: string
    readonly nouns: string
    readonly adjectives: string
  }): Inflector
  checkDictionary(files: readonly DictFile[], inflector: Inflector): readonly DictProblem[]
  compileDictionary(
    files: readonly DictFile[],
    inflector: Inflector,
  ): {
    readonly dictionary: Uint8Array
    readonly problems: readonly DictProblem[]
    readonly stats: DictionaryStats
  }
  dictionary(bytes: Uint8Array): Dictionary
  why(dictionary: Dictionary, phrase: string): unknown
  problemText(problem: DictProblem): string
  /** Where the package keeps its compiled dictionary. */
  dictionaryPath(): string
  /** Folder with habits/, phrases/ and inflection/. */
  wordlistsPath(): string
  readonly NGRAM_DEFAULTS: NgramOptions
  readCorpus(
    lines: AsyncIterable<string>,
    options: NgramOptions,
    onProgress: (message: string) => void,
  ): Promise<Corpus>
  /** A corpus in numbers to the bytes of a model file. */
  ngramFile(corpus: Corpus, options: NgramOptions, onProgress: (message: string) => void): Uint8Array
  trainVectors(
    ids: Uint32Array,
    counts: Uint32Array,
    options: Record<never, never>,
    onProgress: (progress: { readonly done: number; readonly loss: number }) => void,
  ): TrainedVectors
  readModels(options?: { readonly modelDir?: string }): Promise<ModelFiles>
  /** The thesaurus's answers for common words, as bytes; `progress` is told the share done. */
  compileProposals(files: ModelFiles, progress?: (share: number) => void): Uint8Array
  /** Where the package keeps them. */
  proposalsPath(): string
  packVectors(trained: TrainedVectors, recipe: Readonly<Record<string, string>>): Uint8Array
  readonly SLOT_DEFAULTS: { readonly words: number }
  thesaurusWords(): (key: string, most: number) => readonly string[]
  confusedWords(
    keys: readonly string[],
    words: number,
    ask: (key: string, most: number) => readonly string[],
  ): Confused
  trainSlots(
    ids: Uint32Array,
    counts: Uint32Array,
    confused: Confused,
    options: Record<never, never>,
    onProgress: (progress: { readonly done: number; readonly loss: number }) => void,
  ): TrainedSlots
  packSlots(trained: TrainedSlots, recipe: Readonly<Record<string, string>>): Uint8Array
}
