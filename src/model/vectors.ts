/**
 * Word vectors: how alike two words are, and how well a word fits among the words around it.
 *
 * In: a file of 8-bit rows in shared memory; ids are those of the n-gram vocabulary. Out: plain numbers,
 * with no allocation per question. Two rows per word, as trained: `input` rows say
 * what a word is like, `output` rows what it is like to stand near it. Each row has its own scale, so that
 * rare words with small rows keep their seven bits.
 */
import { headerNumber, pack, section, unpack } from './container.ts'
import { quantised } from './quantise-rows.ts'
import { type RunningFits, runningFits } from './running-fits.ts'
import type { TrainedVectors } from './skipgram.ts'

export interface Vectors {
  /** Numbers per vector. */
  readonly dimensions: number
  /** Ids below this may have a vector; every other id has none. */
  readonly words: number
  /** Cosine of the input rows of two ids, −1 to 1; 0 if either has no vector. */
  cosine(a: number, b: number): number
  /**
   * How much better than by chance `word` fits among the first `length` ids of `context`: the mean of
   * input(word) · output(c) over the context words c that have a vector. Skip-gram drives each product
   * towards ln p(word, c) / (p(word) p(c)) − ln(negatives) (Levy & Goldberg 2014), so the unit is nats,
   * the higher the better; of the shipped model 98 % lie between −3.1 and −0.6. 0 if the word or all of
   * its context has no vector: compare words at one place only. (The other direction, input(c) ·
   * output(word), tells the true word from a random one of like frequency about as well.)
   */
  fit(word: number, context: ArrayLike<number>, length: number): number
  /**
   * Writes the mean output row of the context into `out` (at least `dimensions` long) and returns how
   * many context words had a vector; with 0 `out` is all zero. For many candidates at one place.
   */
  contextVector(context: ArrayLike<number>, length: number, out: Float32Array): number
  /** `fit` of `word` to a mean made by `contextVector`. */
  fitTo(word: number, contextVector: Float32Array): number
  /** Fits of a whole sentence. */
  readonly running: RunningFits
}

const FILE = { name: 'vectors', version: 1 } as const

/** The vectors in a file made by `packVectors`. @throws Error if the buffer is no such file */
export function vectors(buffer: ArrayBufferLike, file?: string): Vectors {
  const container = unpack(buffer, FILE, file)
  const dimensions = headerNumber(container, 'dimensions')
  const words = headerNumber(container, 'words')
  const input = section(container, 'input', Int8Array)
  const output = section(container, 'output', Int8Array)
  const inputScale = section(container, 'input.scale', Float32Array)
  const outputScale = section(container, 'output.scale', Float32Array)
  const inverseNorm = inverseNorms(input, dimensions, words)
  const mean = new Float32Array(dimensions)

  // The `as number` below: `has` bounds the id, and the rows of an id below `words` lie inside the matrix.
  const has = (id: number): boolean => id >= 0 && id < words && inputScale[id] !== 0

  const cosine = (a: number, b: number): number => {
    if (!has(a) || !has(b)) return 0
    const from = a * dimensions
    const to = b * dimensions
    let sum = 0
    for (let i = 0; i < dimensions; i++) sum += (input[from + i] as number) * (input[to + i] as number)
    // Scales cancel: the norms are those of the 8-bit rows.
    return Math.max(-1, Math.min(1, sum * (inverseNorm[a] as number) * (inverseNorm[b] as number)))
  }

  const contextVector = (context: ArrayLike<number>, length: number, out: Float32Array): number => {
    out.fill(0)
    let found = 0
    for (let at = 0; at < length; at++) {
      const id = context[at] ?? -1
      if (!has(id)) continue
      found += 1
      const from = id * dimensions
      const scale = outputScale[id] as number
      for (let i = 0; i < dimensions; i++) out[i] = (out[i] as number) + scale * (output[from + i] as number)
    }
    if (found > 1) for (let i = 0; i < dimensions; i++) out[i] = (out[i] as number) / found
    return found
  }

  const fitTo = (word: number, context: Float32Array): number => {
    if (!has(word)) return 0
    const from = word * dimensions
    let sum = 0
    for (let i = 0; i < dimensions; i++) sum += (input[from + i] as number) * (context[i] as number)
    return sum * (inputScale[word] as number)
  }

  const fit = (word: number, context: ArrayLike<number>, length: number): number =>
    has(word) && contextVector(context, length, mean) > 0 ? fitTo(word, mean) : 0

  const running = runningFits({ dimensions, has, input, inputScale, output, outputScale })

  return { dimensions, words, cosine, fit, contextVector, fitTo, running }
}

/** The bytes of a vector file: rows in 8 bits with a scale each, off by at most half a step (scale / 2). */
export function packVectors(
  trained: TrainedVectors,
  recipe: Readonly<Record<string, string | number | readonly string[]>>,
): Uint8Array {
  const { dimensions, words } = trained
  const input = quantised(trained.input, dimensions, words)
  const output = quantised(trained.output, dimensions, words)
  return pack(
    { ...FILE, recipe, numbers: { dimensions, words } },
    new Map<string, Int8Array | Float32Array>([
      ['input.scale', input.scale],
      ['output.scale', output.scale],
      ['input', input.rows],
      ['output', output.rows],
    ]),
  )
}

function inverseNorms(rows: Int8Array, dimensions: number, words: number): Float32Array {
  const out = new Float32Array(words)
  for (let id = 0; id < words; id++) {
    let sum = 0
    for (let at = id * dimensions; at < (id + 1) * dimensions; at++) sum += (rows[at] as number) ** 2
    out[id] = sum === 0 ? 0 : 1 / Math.sqrt(sum)
  }
  return out
}
