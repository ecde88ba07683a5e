/**
 * Leaves out the n-grams that the model misses least.
 *
 * In: a full trie and how many bytes the tables may take. Out: the kept n-grams, parts before wholes:
 * the context and the suffix of a kept n-gram are kept, because queries go from short to long. An n-gram weighs
 * count · |ln p − ln p'|, p' being what the model says without it (Seymore & Rosenfeld 1996): about the
 * nats that the training text would lose. Those below one common weight go.
 */
import { UNKNOWN } from './corpus.ts'
import { backoffs, type Grams, type Trie } from './kneser-ney.ts'

/** For orders 2, 3, 4: 1 where the n-gram is kept. */
export type Kept = readonly [Uint8Array, Uint8Array, Uint8Array]

/**
 * @param bytesOf bytes that so many n-grams of orders 2, 3, 4 take
 * @param budget most bytes they may take
 */
export function pruned(
  trie: Trie,
  budget: number,
  bytesOf: (bigrams: number, trigrams: number, fourgrams: number) => number,
): Kept {
  const [two, three, four] = trie.levels
  const everything = marks(trie, undefined)
  if (bytesOf(two.last.length, three.last.length, four.last.length) <= budget) return everything
  const weights: Weights = [
    weight(two, trie.unigrams),
    weight(three, two.probability),
    weight(four, three.probability),
  ]
  // Bisection on the logarithm of the threshold: nats over the whole training text, 1e-3 to 1e7.
  let low = Math.log(1e-3)
  let high = Math.log(1e7)
  let best = marks(trie, weights, Math.exp(high))
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2
    const kept = marks(trie, weights, Math.exp(middle))
    if (bytesOf(total(kept[0]), total(kept[1]), total(kept[2])) <= budget) {
      best = kept
      high = middle
    } else low = middle
  }
  return best
}

type Weights = readonly [Float32Array, Float32Array, Float32Array]

/** By n-gram: nats that the training text loses when it is answered by the shorter one. */
function weight(grams: Grams, lower: Float64Array): Float32Array {
  const factors = backoffs(grams, lower)
  const out = new Float32Array(grams.last.length)
  for (let i = 0; i < out.length; i++) {
    // What an unknown word is likely to follow helps nobody to choose among words.
    if (grams.last[i] === UNKNOWN) continue
    const without =
      (factors[grams.parent[i] as number] as number) * (lower[grams.suffix[i] as number] as number)
    out[i] = (grams.count[i] as number) * Math.abs(Math.log((grams.probability[i] as number) / without))
  }
  return out
}

function marks(trie: Trie, weights: Weights | undefined, threshold = 0): Kept {
  const kept: Kept = [mark(trie.levels[0]), mark(trie.levels[1]), mark(trie.levels[2])]
  if (weights === undefined) return kept
  for (const order of [2, 1, 0] as const) {
    const grams = trie.levels[order]
    const heavy = weights[order]
    const own = kept[order]
    // Longer orders come first and have marked with 2 what they need.
    for (let i = 0; i < own.length; i++) {
      if ((heavy[i] as number) >= threshold || own[i] === 2) {
        own[i] = 1
        if (order === 0) continue
        const below = kept[order - 1] as Uint8Array
        below[grams.parent[i] as number] = 2
        below[grams.suffix[i] as number] = 2
      } else own[i] = 0
    }
  }
  return kept
}

const mark = (grams: Grams): Uint8Array => new Uint8Array(grams.last.length).fill(1)
const total = (kept: Uint8Array): number => {
  let sum = 0
  for (const value of kept) sum += value
  return sum
}
