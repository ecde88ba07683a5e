/**
 * Radix sorting of text positions by the words around them, least significant word first.
 *
 * In: word ids and positions (or trigrams). Out: the same, in another order. A pass is a stable
 * counting sort by one word, with a bucket for every word of the vocabulary, so that an order of four
 * words takes four passes and no n-gram is ever compared.
 */
import { BOUNDARY } from './corpus.ts'

/** Every position where a trigram begins that does not reach over a sentence's end. */
export function trigramPositions(ids: Uint32Array): Uint32Array {
  let length = 0
  for (let i = 0; i + 2 < ids.length; i++) if (ids[i + 1] !== BOUNDARY) length += 1
  const out = new Uint32Array(length)
  let at = 0
  for (let i = 0; i + 2 < ids.length; i++) if (ids[i + 1] !== BOUNDARY) out[at++] = i
  return out
}

/** Stable counting sort of positions by the word at `offset` from them. The word before the text is its last. */
export function sortPass(
  ids: Uint32Array,
  words: number,
  from: Uint32Array,
  to: Uint32Array,
  offset: number,
): void {
  const starts = new Uint32Array(words + 1)
  const end = ids.length - 1
  // The same positions as in `from`, but in text order: a row of ids is read faster than scattered ones.
  for (let i = 0; i + 2 < ids.length; i++) {
    if (ids[i + 1] === BOUNDARY) continue
    const at = i + offset // every index below is in range by construction
    const key = ids[at < 0 ? end : at] as number
    starts[key + 1] = (starts[key + 1] as number) + 1
  }
  summed(starts)
  for (let i = 0; i < from.length; i++) {
    const position = from[i] as number
    const at = position + offset
    const key = ids[at < 0 ? end : at] as number
    const slot = starts[key] as number
    starts[key] = slot + 1
    to[slot] = position
  }
}

/** Trigram indices sorted by second and third word: they come sorted, so two stable passes do. */
export function byLastTwo(words: number, y: Uint32Array, z: Uint32Array): Uint32Array {
  let order = new Uint32Array(y.length)
  for (let i = 0; i < order.length; i++) order[i] = i
  let spare = new Uint32Array(order.length)
  for (const keys of [z, y]) {
    const starts = new Uint32Array(words + 1)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number
      starts[key + 1] = (starts[key + 1] as number) + 1
    }
    summed(starts)
    for (let i = 0; i < order.length; i++) {
      const trigram = order[i] as number
      const key = keys[trigram] as number
      const slot = starts[key] as number
      starts[key] = slot + 1
      spare[slot] = trigram
    }
    ;[order, spare] = [spare, order]
  }
  return order
}

function summed(counts: Uint32Array): void {
  for (let i = 1; i < counts.length; i++) counts[i] = (counts[i] as number) + (counts[i - 1] as number)
}
