/**
 * Training of the n-gram model, from lines of text to the bytes of the file.
 *
 * In: a text, read once, so that it may come from a pipe. Out: the model. Deterministic: the same text
 * and options give the same bytes. Memory: about 23 bytes a token at the peak, 2.8 GB for 121 M.
 */
import { compiled, tableBytes, vocabularyBytes } from './compile.ts'
import type { Header } from './container.ts'
import { type Corpus, type CorpusOptions, readCorpus } from './corpus.ts'
import { type Cuts, counted } from './count.ts'
import { estimated } from './kneser-ney.ts'
import { pruned } from './prune.ts'

export interface NgramOptions extends CorpusOptions {
  /** Fewest occurrences of bigrams, trigrams, 4-grams; must not fall from order to order. */
  readonly cuts: Cuts
  /** The file is pruned until it is no larger, bytes. */
  readonly maxBytes: number
  /** Written into the header for people: which texts, when. */
  readonly recipe: Header['recipe']
}

export const NGRAM_DEFAULTS: NgramOptions = {
  minCount: 5,
  maxWords: 160_000,
  cuts: [2, 3, 3],
  maxBytes: 27_000_000,
  recipe: {},
}

/** Bytes set aside for the header, but for the recipe, and the gaps between sections. */
const HEADER_ROOM = 4_096

/**
 * Reads a text and trains on it.
 *
 * @param lines one paragraph each; sentences never cross lines
 * @throws Error when the options contradict each other or the text holds no words
 */
export async function trainNgrams(
  lines: AsyncIterable<string> | Iterable<string>,
  options: NgramOptions = NGRAM_DEFAULTS,
  onProgress: (message: string) => void = () => {},
): Promise<Uint8Array> {
  checkOptions(options)
  return ngramFile(await readCorpus(lines, options, onProgress), options, onProgress)
}

/** Trains on a corpus that is already in numbers. */
export function ngramFile(
  corpus: Corpus,
  options: NgramOptions,
  onProgress: (message: string) => void = () => {},
): Uint8Array {
  checkOptions(options)
  const { ids, keys, folded } = corpus
  if (ids.length < 3) {
    throw new Error('the training text holds no words\n  fix: give plain text in UTF-8, one paragraph a line')
  }
  const trie = estimated(counted(ids, keys.length, options.cuts, onProgress))
  onProgress('estimated probabilities')
  const recipeBytes = new TextEncoder().encode(JSON.stringify(options.recipe, undefined, 3)).length
  const budget = options.maxBytes - vocabularyBytes(keys) - recipeBytes - HEADER_ROOM
  const kept = pruned(trie, budget, (two, three, four) => tableBytes(keys.length, two, three, four))
  const sizes = kept.map((marks) => marks.reduce((sum, mark) => sum + mark, 0))
  onProgress(`pruned to ${sizes.join(', ')} n-grams of orders 2, 3, 4`)
  return compiled(trie, kept, keys, folded, {
    ...options.recipe,
    tokens: ids.length,
    'fewest occurrences': `word ${options.minCount}, n-grams ${options.cuts.join(', ')}`,
  })
}

function checkOptions({ cuts, minCount, maxWords }: NgramOptions): void {
  if (cuts[0] < 1 || cuts[1] < cuts[0] || cuts[2] < cuts[1]) {
    throw new Error(
      `cuts ${cuts.join(', ')}: each must be at least 1 and no smaller than the one before\n  fix: give for instance 2, 3, 3`,
    )
  }
  if (minCount < 1 || maxWords < 1) {
    throw new Error(
      `minCount ${minCount}, maxWords ${maxWords}: both must be at least 1\n  fix: give for instance 5 and 160000`,
    )
  }
}
