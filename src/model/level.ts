/**
 * One order of n-grams as columns, filled row by row while a sorted text is read.
 *
 * In: n-grams in order, with counts. Out: those that reach the cut, and for every context statistics
 * over all of them, which smoothing needs.
 */

/** The n-grams of one order, sorted by their words; index = position in this order. */
export interface Level {
  /** Last word. */
  readonly last: Uint32Array
  /** Index of the n-gram without its last word, one order down (order 1: the word id). */
  readonly parent: Uint32Array
  /** How often it occurs. */
  readonly count: Uint32Array
  /** How many different words precede it; `count` in the highest order and at the start of a sentence. */
  readonly adjusted: Uint32Array
  readonly contexts: Contexts
  /** How many n-grams, kept or not, have adjusted count 1, 2, 3, 4 (index 0 to 3). */
  readonly frequencies: readonly number[]
}

/** Of every n-gram one order down: what follows it, kept or not. */
export interface Contexts {
  /** Sum of adjusted counts. */
  readonly total: Float64Array
  /** How many continuations have adjusted count 1, 2, and 3 or more. */
  readonly ones: Uint32Array
  readonly twos: Uint32Array
  readonly more: Uint32Array
}

export interface LevelBuilder {
  /** An n-gram in order; `parent` −1 when its context is not kept. */
  add(parent: number, word: number, count: number, adjusted: number): void
  done(): Level
}

export function levelBuilder(parents: number, cut: number): LevelBuilder {
  const last = column()
  const parent = column()
  const count = column()
  const adjusted = column()
  const total = new Float64Array(parents)
  const ones = new Uint32Array(parents)
  const twos = new Uint32Array(parents)
  const more = new Uint32Array(parents)
  const frequencies = [0, 0, 0, 0]
  return {
    add(context, word, occurrences, weight) {
      if (weight <= 4) frequencies[weight - 1] = (frequencies[weight - 1] ?? 0) + 1
      if (context < 0) return
      const kind = weight === 1 ? ones : weight === 2 ? twos : more
      kind[context] = (kind[context] as number) + 1
      total[context] = (total[context] as number) + weight
      if (occurrences < cut) return
      last.push(word)
      parent.push(context)
      count.push(occurrences)
      adjusted.push(weight)
    },
    done: () => ({
      last: last.done(),
      parent: parent.done(),
      count: count.done(),
      adjusted: adjusted.done(),
      contexts: { total, ones, twos, more },
      frequencies,
    }),
  }
}

/** A list of 32-bit numbers that grows by half its length. */
export function column(): { push(value: number): void; done(): Uint32Array } {
  let data = new Uint32Array(1 << 10)
  let length = 0
  return {
    push(value) {
      if (length === data.length) {
        const grown = new Uint32Array(Math.ceil(length * 1.5))
        grown.set(data)
        data = grown
      }
      data[length++] = value
    },
    done: () => data.subarray(0, length),
  }
}
