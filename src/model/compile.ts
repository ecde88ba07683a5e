/**
 * From exact probabilities to the file that queries read.
 *
 * In: the trie, which n-grams are kept, the vocabulary. Out: the sections: for order 1 costs and
 * backoffs by word id, for the longer orders hash tables with costs and backoffs (the highest has none). A cost is −ln p; a backoff is kept as −ln of the factor and may be below 0.
 */
import { type Header, pack, type Section } from './container.ts'
import { backoffs, type Trie } from './kneser-ney.ts'
import { pairSlots, pairTable } from './pairs.ts'
import type { Kept } from './prune.ts'
import { level, scale, scaleNumbers } from './quantise.ts'
import { LANE_A, LANE_B, laneA, laneB, placed, tableSlots } from './table.ts'
import { vocabularySections } from './vocabulary.ts'

export const NGRAMS = { name: 'ngrams', version: 1 } as const

/** Bytes of the hash tables for so many n-grams over so many ids. */
export const tableBytes = (words: number, bigrams: number, trigrams: number, fourgrams: number): number =>
  4 * (pairSlots(bigrams, words) + tableSlots(trigrams)) + 3 * tableSlots(fourgrams)

/** Bytes of everything else, but for the header. */
export const vocabularyBytes = (keys: readonly string[]): number => {
  const encoder = new TextEncoder()
  let bytes = 0
  for (const key of keys) bytes += encoder.encode(key).length + 4 + 2 + 1
  return bytes
}

/**
 * The model file.
 *
 * @param folded how many different words `<unk>` stands for
 */
export function compiled(
  trie: Trie,
  kept: Kept,
  keys: readonly string[],
  folded: number,
  recipe: Header['recipe'],
): Uint8Array {
  const [two, three, four] = trie.levels
  const sections = new Map<string, Section>(vocabularySections(keys))
  const numbers: Record<string, number> = { words: keys.length, folded: Math.max(1, folded) }
  const levels = (name: string, values: Float64Array, count: number): Uint16Array => {
    const used = scale(values, count)
    Object.assign(numbers, scaleNumbers(name, used))
    return Uint16Array.from(values, (value) => level(used, count, value))
  }
  const back1 = costs(backoffs(two, trie.unigrams, kept[0]))
  sections.set('order1.costs', levels('order1.cost', costs(trie.unigrams), 65_536))
  sections.set('order1.backoffs', Uint8Array.from(levels('order1.backoff', back1, 256)))

  const pairs = keptIndices(kept[0])
  const cost2 = levels('order2.cost', chosen(costs(two.probability), pairs), 256)
  const back2 = levels('order2.backoff', chosen(costs(backoffs(three, two.probability, kept[1])), pairs), 128)
  sections.set(
    'order2.pairs',
    pairTable(
      pairs.map((i) => two.parent[i] ?? 0),
      pairs.map((i) => two.last[i] ?? 0),
      cost2.map((cost, i) => (cost << 7) | (back2[i] ?? 0)),
      keys.length,
    ),
  )
  numbers['order2.grams'] = pairs.length

  const orders = [
    { order: 3, grams: three, keep: kept[1], back: costs(backoffs(four, three.probability, kept[2])) },
    { order: 4, grams: four, keep: kept[2], back: undefined },
  ] as const
  for (const { order, grams, keep, back } of orders) {
    const indices = keptIndices(keep)
    const { fingerprints, slots } = place(trie, order, indices)
    const spread = (name: string, values: Float64Array): Section => {
      const data = levels(`order${order}.${name}`, chosen(values, indices), 256)
      const out = new Uint8Array(fingerprints.length)
      for (const [i, slot] of slots.entries()) out[slot] = data[i] ?? 0
      return out
    }
    sections.set(`order${order}.fingerprints`, fingerprints)
    sections.set(`order${order}.costs`, spread('cost', costs(grams.probability)))
    if (back !== undefined) sections.set(`order${order}.backoffs`, spread('backoff', back))
    numbers[`order${order}.grams`] = indices.length
  }
  return pack({ ...NGRAMS, recipe, numbers }, sections)
}

const costs = (probabilities: Float64Array): Float64Array => probabilities.map((p) => -Math.log(p))

const chosen = (values: Float64Array, indices: Uint32Array): Float64Array =>
  Float64Array.from(indices, (i) => values[i] ?? 0)

function keptIndices(keep: Uint8Array): Uint32Array {
  let length = 0
  for (const value of keep) length += value
  const out = new Uint32Array(length)
  let at = 0
  for (let i = 0; i < keep.length; i++) if (keep[i] === 1) out[at++] = i
  return out
}

/** Hashes every n-gram from its last word to its first and finds it a slot. */
function place(
  trie: Trie,
  order: number,
  indices: Uint32Array,
): { fingerprints: Uint16Array; slots: Uint32Array } {
  const as = new Uint32Array(indices.length)
  const bs = new Uint32Array(indices.length)
  for (let i = 0; i < indices.length; i++) {
    let a = LANE_A
    let b = LANE_B
    let index = indices[i] as number
    for (let down = order; down >= 2; down--) {
      const grams = trie.levels[(down - 2) as 0 | 1 | 2] // down is 2 to 4
      const word = grams.last[index] as number
      a = laneA(a, word)
      b = laneB(b, word)
      index = grams.parent[index] as number
    }
    as[i] = laneA(a, index)
    bs[i] = laneB(b, index)
  }
  return placed(as, bs)
}
