/**
 * Interpolated modified Kneser–Ney estimation, order 4 (Chen & Goodman 1999, §3).
 *
 * In: the counts of count.ts. Out: a trie of exact probabilities with links to the shorter n-grams, and
 * the backoff factors that make every context sum to 1 over the n-grams that are kept. Lower orders
 * count different predecessors; n-grams at the start of a sentence have none and keep raw counts.
 */
import { RESERVED } from './corpus.ts'
import type { Counts } from './count.ts'
import type { Contexts, Level } from './level.ts'

/** The n-grams of one order with their probabilities, sorted as in `Level`. */
export interface Grams {
  readonly last: Uint32Array
  /** Index of the context: the n-gram without its last word, one order down. */
  readonly parent: Uint32Array
  /** Index of the n-gram without its first word, one order down. */
  readonly suffix: Uint32Array
  readonly count: Uint32Array
  /** p(last word | the words before it), 0 to 1. */
  readonly probability: Float64Array
}

export interface Trie {
  /** p(word) by id, 0 to 1; sums to 1. */
  readonly unigrams: Float64Array
  /** Orders 2, 3, 4. */
  readonly levels: readonly [Grams, Grams, Grams]
}

/** What is taken off an n-gram seen once, twice, three times or more. */
export type Discounts = readonly [one: number, two: number, more: number]

/**
 * Discounts from how many n-grams have adjusted count 1 to 4:
 * D_k = k − (k + 1) · Y · n_{k+1} / n_k with Y = n1 / (n1 + 2 n2).
 * A text too small to tell (a zero among the four, or a discount outside 0 … k) gets ½, 1, 1½.
 */
export function discounts(frequencies: readonly number[]): Discounts {
  const [n1 = 0, n2 = 0, n3 = 0, n4 = 0] = frequencies
  const usual: Discounts = [0.5, 1, 1.5]
  if (n1 === 0 || n2 === 0 || n3 === 0 || n4 === 0) return usual
  const y = n1 / (n1 + 2 * n2)
  const found: Discounts = [1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3]
  return found.every((value, i) => value >= 0 && value <= i + 1) ? found : usual
}

/** Probabilities of all kept n-grams, each interpolated with all shorter ones. */
export function estimated(counts: Counts): Trie {
  const [two, three, four] = counts.levels
  const unigrams = unigramProbabilities(counts.unigrams)
  const bigrams = withProbabilities(two, two.last, unigrams)
  const trigrams = withProbabilities(three, suffixes(three, bigrams.suffix, bigrams), bigrams.probability)
  const fourgrams = withProbabilities(four, suffixes(four, trigrams.suffix, trigrams), trigrams.probability)
  return { unigrams, levels: [bigrams, trigrams, fourgrams] }
}

/**
 * Backoff factors of every n-gram one order below `grams`: what remains beside its kept continuations,
 * divided by what the shorter context would give to the others. 1 where nothing is kept.
 *
 * @param lower probabilities one order down, by index
 * @param kept 1 for n-grams to count; all when absent
 */
export function backoffs(grams: Grams, lower: Float64Array, kept?: Uint8Array): Float64Array {
  const rest = new Float64Array(lower.length).fill(1)
  const lowerRest = new Float64Array(lower.length).fill(1)
  for (let i = 0; i < grams.last.length; i++) {
    if (kept !== undefined && kept[i] === 0) continue
    const context = grams.parent[i] as number // indices into the order below, here and in the next lines
    rest[context] = (rest[context] as number) - (grams.probability[i] as number)
    lowerRest[context] = (lowerRest[context] as number) - (lower[grams.suffix[i] as number] as number)
  }
  for (let i = 0; i < rest.length; i++) {
    const left = rest[i] as number
    const under = lowerRest[i] as number
    // A context that has seen every word needs no backoff; below 1e-9 the quotient is rounding noise.
    rest[i] = left < 1e-9 || under < 1e-9 ? 1 : left / under
  }
  return rest
}

/** Order 1: discounted continuation counts, the rest spread evenly over all ids but the reserved one. */
function unigramProbabilities(adjusted: Uint32Array): Float64Array {
  const frequencies = [0, 0, 0, 0]
  let total = 0
  for (const count of adjusted) {
    total += count
    if (count >= 1 && count <= 4) frequencies[count - 1] = (frequencies[count - 1] ?? 0) + 1
  }
  const off = discounts(frequencies)
  let taken = 0
  for (const count of adjusted) taken += discount(off, count)
  const even = taken / total / (adjusted.length - 1)
  const out = new Float64Array(adjusted.length)
  for (const [id, count] of adjusted.entries()) {
    out[id] = id === RESERVED ? 0 : (count - discount(off, count)) / total + even
  }
  return out
}

function withProbabilities(level: Level, suffix: Uint32Array, lower: Float64Array): Grams {
  const { last, parent, count, adjusted, contexts } = level
  const off = discounts(level.frequencies)
  const probability = new Float64Array(last.length)
  for (let i = 0; i < last.length; i++) {
    const context = parent[i] as number // in range: indices of the order below
    const seen = adjusted[i] as number
    const own = (seen - discount(off, seen)) / (contexts.total[context] as number)
    probability[i] = own + share(off, contexts, context) * (lower[suffix[i] as number] as number)
  }
  return { last, parent, suffix, count, probability }
}

const discount = (off: Discounts, count: number): number =>
  count === 0 ? 0 : count === 1 ? off[0] : count === 2 ? off[1] : off[2]

/** γ(context): the share of the probability that discounting has set free. */
function share(off: Discounts, { total, ones, twos, more }: Contexts, context: number): number {
  const free =
    off[0] * (ones[context] as number) +
    off[1] * (twos[context] as number) +
    off[2] * (more[context] as number)
  return free / (total[context] as number)
}

/**
 * Index of every n-gram's suffix: the continuation by the same word of its context's suffix.
 * (v x y z) → its context (v x y) → that one's suffix (x y) → its continuation (x y z).
 */
function suffixes(
  level: Level,
  parentSuffix: Uint32Array,
  lower: Pick<Grams, 'last' | 'parent'>,
): Uint32Array {
  const firsts = firstChildren(lower.parent, parentSuffix)
  const out = new Uint32Array(level.last.length)
  for (let i = 0; i < out.length; i++) {
    const head = parentSuffix[level.parent[i] as number] as number
    const word = level.last[i] as number
    let low = firsts[head] as number
    let high = (firsts[head + 1] as number) - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((lower.last[middle] as number) < word) low = middle + 1
      else high = middle
    }
    // It is there: it occurs at least as often as the n-gram, and cuts do not fall with the order.
    out[i] = low
  }
  return out
}

/** Where the children of each index begin; `parent` ascends. One entry more than the largest index in use. */
function firstChildren(parent: Uint32Array, used: Uint32Array): Uint32Array {
  let size = 0
  for (const index of parent) if (index >= size) size = index + 1
  for (const index of used) if (index >= size) size = index + 1
  const firsts = new Uint32Array(size + 1)
  for (const index of parent) firsts[index + 1] = (firsts[index + 1] as number) + 1
  for (let i = 0; i < size; i++) firsts[i + 1] = (firsts[i + 1] as number) + (firsts[i] as number)
  return firsts
}
