/**
 * Slots: how well a word fits the place between the words around it, each in its position.
 *
 * In: a file of 8-bit rows in shared memory, made by train-slots.ts; ids are those of the n-gram
 * vocabulary. Out: plain numbers, with no allocation per question. Where the n-gram model knows three
 * words before and has seen them together, this one reads five either side whether they were or not, and
 * it was taught on text with some of them replaced.
 */
import { headerNumber, pack, section, unpack } from './container.ts'
import { quantised } from './quantise-rows.ts'
import type { TrainedSlots } from './train-slots.ts'

export interface Slots {
  /** Numbers per slot. */
  readonly dimensions: number
  /** Does the model know the word? */
  has(id: number): boolean
  /**
   * Reads the slot that `ids` [start, end) fill into `out` (`dimensions` long); `ids[length]` and what
   * lies before the first are the sentence's edges.
   */
  read(ids: ArrayLike<number>, length: number, start: number, end: number, out: Float32Array): void
  /**
   * How well a word fits a slot: about ln of how much likelier it stands there than a random or confused
   * word, so compare words of one slot; of a known word in running text mostly between −6 and 6. 0 for a
   * word that the model does not know.
   */
  fit(id: number, slot: Float32Array): number
}

const FILE = { name: 'slots', version: 1 } as const
const EDGE = 1
const FIRST_WORD = 3

/** The slots in a file made by `packSlots`. @throws Error if the buffer is no such file */
export function slots(buffer: ArrayBufferLike, file?: string): Slots {
  const container = unpack(buffer, FILE, file)
  const dimensions = headerNumber(container, 'dimensions')
  const words = headerNumber(container, 'words')
  const reach = headerNumber(container, 'reach')
  const around = section(container, 'around', Int8Array)
  const word = section(container, 'word', Int8Array)
  const aroundScale = section(container, 'around.scale', Float32Array)
  const wordScale = section(container, 'word.scale', Float32Array)
  const bias = section(container, 'bias', Float32Array)
  const position = section(container, 'position', Float32Array)

  // The `as number` below: ids are bounded by `words`, and so are the rows; position has 2 · reach rows.
  const has = (id: number): boolean => id >= FIRST_WORD && id < words && wordScale[id] !== 0
  const add = (id: number, p: number, out: Float32Array): void => {
    if (id <= 0 || id >= words) return
    const from = id * dimensions
    const weight = p * dimensions
    const scale = aroundScale[id] as number
    for (let k = 0; k < dimensions; k++)
      out[k] = (out[k] as number) + scale * (position[weight + k] as number) * (around[from + k] as number)
  }
  return {
    dimensions,
    has,
    read(ids, length, start, end, out) {
      out.fill(0)
      for (let p = 0; p < reach; p++) {
        const left = start - reach + p
        if (left >= -1) add(left === -1 ? EDGE : (ids[left] as number), p, out)
        const right = end + p
        if (right <= length) add(right === length ? EDGE : (ids[right] as number), reach + p, out)
      }
    },
    fit(id, slot) {
      if (!has(id)) return 0
      const from = id * dimensions
      let sum = 0
      for (let k = 0; k < dimensions; k++) sum += (slot[k] as number) * (word[from + k] as number)
      return sum * (wordScale[id] as number) + (bias[id] as number)
    },
  }
}

/** The bytes of a slot file: rows in 8 bits with a scale each, off by at most half a step (scale / 2). */
export function packSlots(
  { dimensions, words, reach, around, word, bias, position }: TrainedSlots,
  recipe: Readonly<Record<string, string | number | readonly string[]>>,
): Uint8Array {
  const near = quantised(around, dimensions, words)
  const own = quantised(word, dimensions, words)
  return pack(
    { ...FILE, recipe, numbers: { dimensions, words, reach } },
    new Map<string, Int8Array | Float32Array>([
      ['around.scale', near.scale],
      ['word.scale', own.scale],
      ['bias', bias],
      ['position', position],
      ['around', near.rows],
      ['word', own.rows],
    ]),
  )
}
