/**
 * Reproducible chance for training: a stream of 32-bit numbers from a seed, draws from a fixed
 * distribution in constant time, and a shuffle. The stream is one word of state in a typed array, so
 * that the inner loops of training neither allocate nor box a number.
 */

/** State of one random stream, never 0. Advanced in place by `next`. */
export type RandomState = Uint32Array

/** The stream of `seed`; any integer will do, equal seeds give equal streams. */
export function randomState(seed: number): RandomState {
  return Uint32Array.of((Math.imul(seed, 0x9e3779b1) ^ 0x2545f491) >>> 0 || 1)
}

/** The next number, 1 to 2^32 − 1: xorshift32 (Marsaglia 2003). */
export function next(state: RandomState): number {
  let x = state[0] ?? 1
  x ^= x << 13
  x ^= x >>> 17
  x ^= x << 5
  state[0] = x
  return x >>> 0
}

/** A distribution over 0 … size − 1, ready to draw from (Walker 1977, built as in Vose 1991). */
export interface AliasTable {
  /** Of 2^32: a second random number up to it draws the cell itself, above it the cell's alias. */
  readonly threshold: Uint32Array
  readonly alias: Uint32Array
}

/** The table for weights ≥ 0, not all of them 0. A weight of 0 is never drawn. */
export function aliasTable(weights: ArrayLike<number>): AliasTable {
  const size = weights.length
  let total = 0
  let heaviest = 0
  for (let i = 0; i < size; i++) {
    total += weights[i] ?? 0
    if ((weights[i] ?? 0) > (weights[heaviest] ?? 0)) heaviest = i
  }
  const share = Float64Array.from(weights, (weight) => (weight * size) / total)
  // What rounding leaves over at the end keeps these: its own cell, or for a weight of 0 another's.
  const threshold = Uint32Array.from(weights, (weight) => (weight > 0 ? 0xffffffff : 0))
  const alias = new Uint32Array(size).fill(heaviest)
  const under: number[] = []
  const over: number[] = []
  for (const [i, value] of share.entries()) (value < 1 ? under : over).push(i)
  for (let poor = under.pop(), rich = over.pop(); poor !== undefined && rich !== undefined; ) {
    const missing = 1 - (share[poor] ?? 0)
    threshold[poor] = Math.floor((1 - missing) * 0xffffffff)
    alias[poor] = rich
    const left = (share[rich] ?? 0) - missing
    share[rich] = left
    if (left < 1) {
      under.push(rich)
      rich = over.pop()
    }
    poor = under.pop()
  }
  return { threshold, alias }
}

/** An index of the table, drawn with two numbers of the stream. */
export function draw(table: AliasTable, state: RandomState): number {
  const cell = next(state) % table.threshold.length
  return next(state) <= (table.threshold[cell] ?? 0) ? cell : (table.alias[cell] ?? cell)
}

/** Puts `values` into a random order, in place (Fisher and Yates). */
export function shuffle(values: Uint32Array, state: RandomState): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = next(state) % (i + 1)
    const swap = values[i] ?? 0
    values[i] = values[j] ?? 0
    values[j] = swap
  }
}
