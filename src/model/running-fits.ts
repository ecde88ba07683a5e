/**
 * How well every word of a sentence fits among the words around it, in one go.
 *
 * In: the rows of a vector file and the ids of a sentence. Out: per token what `fitTo` gives for its window
 * and for one further context vector (the document's topic). The window's sum is moved along the
 * sentence, one word in and one out, in double precision: single questions add up a dozen rows each.
 */

/** Rows of `dimensions` numbers by id, and their scales; 0 for an id that has none. */
export interface Rows {
  readonly dimensions: number
  readonly has: (id: number) => boolean
  readonly input: Int8Array
  readonly inputScale: Float32Array
  readonly output: Int8Array
  readonly outputScale: Float32Array
}

export interface Fits {
  /** By token: to the words at most `reach` before and behind it; 0 if it or all of those have no vector. */
  readonly around: Float64Array
  /** By token: to `topic`; 0 if it has no vector. */
  readonly toTopic: Float64Array
}

/** The first `length` of `ids` are the sentence. */
export type RunningFits = (ids: ArrayLike<number>, length: number, reach: number, topic: Float32Array) => Fits

export function runningFits({ dimensions, has, input, inputScale, output, outputScale }: Rows): RunningFits {
  const sum = new Float64Array(dimensions)
  /** By id: product of its own two rows, once it was asked for. */
  const selves = new Float64Array(inputScale.length).fill(Number.NaN)
  const selfOf = (id: number): number => {
    const known = selves[id] as number // `has` bounds the id
    if (!Number.isNaN(known)) return known
    const from = id * dimensions
    let product = 0
    for (let k = 0; k < dimensions; k++) product += (input[from + k] as number) * (output[from + k] as number)
    const made = product * (outputScale[id] as number)
    selves[id] = made
    return made
  }
  /** Adds the output row of `id` to the sum, `sign` times; returns how many rows the sum has more. */
  const add = (id: number, sign: 1 | -1): number => {
    if (!has(id)) return 0
    const from = id * dimensions
    const scale = sign * (outputScale[id] as number) // `has` bounds the id
    for (let k = 0; k < dimensions; k++) sum[k] = (sum[k] as number) + scale * (output[from + k] as number)
    return sign
  }
  return (ids, length, reach, topic) => {
    const around = new Float64Array(length)
    const toTopic = new Float64Array(length)
    sum.fill(0)
    let words = 0
    for (let i = 0; i < Math.min(reach, length); i++) words += add(ids[i] as number, 1)
    for (let i = 0; i < length; i++) {
      if (i + reach < length) words += add(ids[i + reach] as number, 1)
      if (i > reach) words += add(ids[i - reach - 1] as number, -1)
      const id = ids[i] as number
      if (!has(id)) continue
      const from = id * dimensions
      let near = 0
      let far = 0
      for (let k = 0; k < dimensions; k++) {
        const value = input[from + k] as number
        near += value * (sum[k] as number)
        far += value * (topic[k] as number)
      }
      const scale = inputScale[id] as number
      // The word itself is in the sum.
      if (words > 1) around[i] = (scale * (near - selfOf(id))) / (words - 1)
      toTopic[i] = scale * far
    }
    return { around, toTopic }
  }
}
