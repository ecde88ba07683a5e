/**
 * A model of six words that can be worked out by hand, and the way to read exact probabilities from a
 * trie, before anything is rounded.
 *
 *   <s> deep learning works <s> deep learning helps <s> deep water <s> constructor works <s>
 */
import { type Corpus, readCorpus } from '../../src/model/corpus.ts'
import { type Cuts, counted } from '../../src/model/count.ts'
import { backoffs, estimated, type Trie } from '../../src/model/kneser-ney.ts'
import type { Kept } from '../../src/model/prune.ts'
import type { NgramOptions } from '../../src/model/train.ts'

export const TOY_LINES = ['deep learning works', 'deep learning helps', 'deep water', 'constructor works']

export const TOY_OPTIONS: NgramOptions = {
  minCount: 1,
  maxWords: 1_000,
  cuts: [1, 1, 1],
  maxBytes: 1_000_000,
  recipe: { made: 'by hand' },
}

export const corpusOf = (lines: readonly string[], minCount = 1): Promise<Corpus> =>
  readCorpus(lines, { minCount, maxWords: 1_000 })

export const trieOf = (corpus: Corpus, cuts: Cuts = [1, 1, 1]): Trie =>
  estimated(counted(corpus.ids, corpus.keys.length, cuts))

/** p(last id | the ids before it), as the file would answer if it could hold real numbers. */
export function reader(trie: Trie, kept?: Kept): (...ids: number[]) => number {
  const [two, three, four] = trie.levels
  const factors = [
    backoffs(two, trie.unigrams, kept?.[0]),
    backoffs(three, two.probability, kept?.[1]),
    backoffs(four, three.probability, kept?.[2]),
  ]
  const rows = [two, three, four].map((grams, order) => {
    const out = new Map<string, number>()
    for (let i = 0; i < grams.last.length; i++) {
      if (kept === undefined || kept[order]?.[i] === 1) out.set(`${grams.parent[i]} ${grams.last[i]}`, i)
    }
    return out
  })
  const indexOf = (ids: readonly number[]): number | undefined => {
    let index = ids[0]
    for (let i = 1; i < ids.length && index !== undefined; i++) index = rows[i - 1]?.get(`${index} ${ids[i]}`)
    return index
  }
  const probability = (ids: readonly number[]): number => {
    if (ids.length === 1) return trie.unigrams[ids[0] ?? 0] ?? Number.NaN
    const found = indexOf(ids)
    if (found !== undefined)
      return trie.levels[(ids.length - 2) as 0 | 1 | 2].probability[found] ?? Number.NaN
    const context = indexOf(ids.slice(0, -1))
    const factor = context === undefined ? 1 : (factors[ids.length - 2]?.[context] ?? Number.NaN)
    return factor * probability(ids.slice(1))
  }
  return (...ids) => probability(ids)
}
