/**
 * Which of the commonest words stand beside a word in a known pair?
 *
 * In: a word. Out: the ids that follow or precede it in pairs that the model keeps. Each is asked of the
 * table once a word, and text has the same words around its places over and over: the answers of some
 * hundred words are remembered, the oldest forgotten first.
 */
import type { PairLookup } from './pairs.ts'

export interface Beside {
  /** Ids from `first` to `last` − 1 that follow `word`, ascending. */
  after(word: number, first: number, last: number): Uint16Array
  /** The same for those that precede it. */
  before(word: number, first: number, last: number): Uint16Array
}

/** Words remembered for each side; each takes about half a KB. */
const REMEMBERED = 1000

/** `last` is at most 2^16. */
export function beside(pair: PairLookup): Beside {
  const side = (isPair: (word: number, other: number) => boolean): Beside['after'] => {
    const known = new Map<number, { first: number; last: number; ids: Uint16Array }>()
    return (word, first, last) => {
      const kept = known.get(word)
      if (kept !== undefined && kept.first === first && kept.last === last) return kept.ids
      const found: number[] = []
      for (let id = first; id < last; id++) if (isPair(word, id)) found.push(id)
      const ids = new Uint16Array(found)
      if (known.size >= REMEMBERED)
        for (const oldest of known.keys()) {
          known.delete(oldest)
          break
        }
      known.set(word, { first, last, ids })
      return ids
    }
  }
  return {
    after: side((word, other) => pair(word, other) >= 0),
    before: side((word, other) => pair(other, word) >= 0),
  }
}
