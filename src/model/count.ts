/**
 * Exact n-gram counts of orders 2 to 4 by sorting text positions, not by hashing.
 *
 * In: word ids. Out: one level of a trie per order, lexicographic, of the n-grams that reach the cut,
 * with the statistics of their contexts over *all* n-grams. Every position stands for the trigram
 * (x y z) that begins there and the word v before it. A stable sort by v, z, y, x yields trigrams with
 * their predecessors side by side (continuation counts); one more pass by v yields the 4-grams.
 * Memory: 8 bytes a token, and 20 for every different trigram while the shorter orders are made.
 */
import { BOUNDARY } from './corpus.ts'
import { column, type Level, levelBuilder } from './level.ts'
import { byLastTwo, sortPass, trigramPositions } from './sort.ts'

export interface Counts {
  /** Adjusted count by word id: how many different words (or the sentence start) precede it. */
  readonly unigrams: Uint32Array
  /** Orders 2, 3, 4. */
  readonly levels: readonly [Level, Level, Level]
}

/** Fewest occurrences of a kept n-gram by order; ascending, so that its parts are kept as well. */
export type Cuts = readonly [bigrams: number, trigrams: number, fourgrams: number]

/**
 * @param ids begin and end with `BOUNDARY`, no two boundaries side by side
 * @param words number of ids
 */
export function counted(
  ids: Uint32Array,
  words: number,
  cuts: Cuts,
  onProgress: (message: string) => void = () => {},
): Counts {
  let sorted: Uint32Array = trigramPositions(ids)
  let spare: Uint32Array = new Uint32Array(sorted.length)
  for (const offset of [-1, 2, 1, 0]) {
    sortPass(ids, words, sorted, spare, offset)
    ;[sorted, spare] = [spare, sorted]
    onProgress(`sorted ${sorted.length} positions by word ${offset + 2} of 4`)
  }
  const { bigrams, trigrams, unigrams } = shorter(ids, words, sorted, cuts, onProgress)
  sortPass(ids, words, sorted, spare, -1)
  onProgress('sorted 4-grams')
  const fourgrams = longest(ids, spare, bigrams, trigrams, cuts[2])
  onProgress(`kept ${fourgrams.last.length} 4-grams seen ${cuts[2]} times`)
  return { unigrams, levels: [bigrams, trigrams, fourgrams] }
}

/** Orders 1 to 3 from positions sorted by (x y z v). */
function shorter(
  ids: Uint32Array,
  words: number,
  sorted: Uint32Array,
  cuts: Cuts,
  onProgress: (message: string) => void,
): { bigrams: Level; trigrams: Level; unigrams: Uint32Array } {
  const all = distinctTrigrams(ids, sorted)
  onProgress(`found ${all.count.length} different trigrams`)
  const { level: bigrams, unigrams } = bigramLevel(words, all, cuts[0])
  onProgress(`kept ${bigrams.last.length} bigrams seen ${cuts[0]} times`)
  const trigrams = trigramLevel(all, bigrams, cuts[1])
  onProgress(`kept ${trigrams.last.length} trigrams seen ${cuts[1]} times`)
  return { bigrams, trigrams, unigrams }
}

interface Trigrams {
  readonly x: Uint32Array
  readonly y: Uint32Array
  readonly z: Uint32Array
  readonly count: Uint32Array
  readonly adjusted: Uint32Array
}

function distinctTrigrams(ids: Uint32Array, sorted: Uint32Array): Trigrams {
  const columns = { x: column(), y: column(), z: column(), count: column(), adjusted: column() }
  for (let i = 0; i < sorted.length; ) {
    const at = sorted[i] as number
    const x = ids[at] as number
    const y = ids[at + 1] as number
    const z = ids[at + 2] as number
    const from = i
    let previous = -1
    let different = 0
    for (; i < sorted.length; i++) {
      const other = sorted[i] as number
      if (ids[other] !== x || ids[other + 1] !== y || ids[other + 2] !== z) break
      const v = other === 0 ? -1 : (ids[other - 1] as number)
      if (v !== previous || different === 0) different += 1
      previous = v
    }
    columns.x.push(x)
    columns.y.push(y)
    columns.z.push(z)
    columns.count.push(i - from)
    columns.adjusted.push(x === BOUNDARY ? i - from : different)
  }
  return {
    x: columns.x.done(),
    y: columns.y.done(),
    z: columns.z.done(),
    count: columns.count.done(),
    adjusted: columns.adjusted.done(),
  }
}

/** Bigrams (y z) with y inside a sentence end a trigram; those at its start begin one. */
function bigramLevel(words: number, all: Trigrams, cut: number): { level: Level; unigrams: Uint32Array } {
  const build = levelBuilder(words, cut)
  const unigrams = new Uint32Array(words)
  const add = (y: number, z: number, count: number, adjusted: number): void => {
    unigrams[z] = (unigrams[z] as number) + 1
    build.add(y, z, count, adjusted)
  }
  const order = byLastTwo(words, all.y, all.z)
  let started = false
  for (let i = 0; i < order.length; ) {
    const y = all.y[order[i] as number] as number
    const z = all.z[order[i] as number] as number
    if (y > BOUNDARY && !started) {
      addStarts(all, add)
      started = true
    }
    let count = 0
    const from = i
    for (; i < order.length; i++) {
      const trigram = order[i] as number
      if (all.y[trigram] !== y || all.z[trigram] !== z) break
      count += all.count[trigram] as number
    }
    add(y, z, count, i - from)
  }
  if (!started) addStarts(all, add)
  return { level: build.done(), unigrams }
}

/** Bigrams (<s> y), in order: the trigrams (<s> y *) lie together and are already sorted. */
function addStarts(
  all: Trigrams,
  add: (y: number, z: number, count: number, adjusted: number) => void,
): void {
  let word = -1
  let count = 0
  for (let i = 0; i < all.count.length && (all.x[i] as number) <= BOUNDARY; i++) {
    if (all.x[i] !== BOUNDARY) continue
    const y = all.y[i] as number
    if (y !== word && count > 0) {
      add(BOUNDARY, word, count, count)
      count = 0
    }
    word = y
    count += all.count[i] as number
  }
  if (count > 0) add(BOUNDARY, word, count, count)
}

function trigramLevel(all: Trigrams, bigrams: Level, cut: number): Level {
  const build = levelBuilder(bigrams.last.length, cut)
  let parent = 0
  for (let i = 0; i < all.count.length; i++) {
    const x = all.x[i] as number
    const y = all.y[i] as number
    while (parent < bigrams.last.length && before(bigrams, parent, x, y)) parent += 1
    const known = parent < bigrams.last.length && bigrams.parent[parent] === x && bigrams.last[parent] === y
    const z = all.z[i] as number
    build.add(known ? parent : -1, z, all.count[i] as number, all.adjusted[i] as number)
  }
  return build.done()
}

/** Order 4 from positions sorted by (v x y z). */
function longest(ids: Uint32Array, sorted: Uint32Array, bigrams: Level, trigrams: Level, cut: number): Level {
  const build = levelBuilder(trigrams.last.length, cut)
  let parent = 0
  for (let i = 0; i < sorted.length; ) {
    const at = sorted[i] as number
    const x = ids[at] as number
    if (x === BOUNDARY) {
      i += 1
      continue
    }
    const v = ids[at - 1] as number // a word inside a sentence has one before it
    const y = ids[at + 1] as number
    const z = ids[at + 2] as number
    const from = i
    for (; i < sorted.length; i++) {
      const other = sorted[i] as number
      if (ids[other + 2] !== z || ids[other + 1] !== y || ids[other] !== x || ids[other - 1] !== v) break
    }
    while (parent < trigrams.last.length) {
      const head = trigrams.parent[parent] as number
      const same = bigrams.parent[head] === v && bigrams.last[head] === x
      if (same ? (trigrams.last[parent] as number) >= y : !before(bigrams, head, v, x)) break
      parent += 1
    }
    const head = trigrams.parent[parent]
    const known =
      head !== undefined &&
      bigrams.parent[head] === v &&
      bigrams.last[head] === x &&
      trigrams.last[parent] === y
    build.add(known ? parent : -1, z, i - from, i - from)
  }
  return build.done()
}

/** Bigram `index` comes before (x y). */
function before(bigrams: Level, index: number, x: number, y: number): boolean {
  const head = bigrams.parent[index] as number
  return head < x || (head === x && (bigrams.last[index] as number) < y)
}
