/** What every common word may be confused with: single words that the thesaurus proposes for it. */
import { FIRST_WORD } from './corpus.ts'
import type { Confused } from './train-slots.ts'

/** Proposals asked for a word. */
const ASKED = 40
const PLAIN = /^[a-z]+$/

/**
 * @param keys words by id
 * @param words ids below this are asked for, and are the only answers that count
 * @param ask at most so many proposals for a word, likeliest first
 */
export function confusedWords(
  keys: readonly string[],
  words: number,
  ask: (key: string, most: number) => readonly string[],
): Confused {
  const ids = new Map(keys.slice(0, words).map((key, id) => [key, id]))
  const starts = new Uint32Array(words + 1)
  const found: number[] = []
  for (let id = 0; id < words; id++) {
    const key = keys[id] ?? ''
    if (id >= FIRST_WORD && PLAIN.test(key))
      for (const other of ask(key, ASKED)) {
        const otherId = ids.get(other)
        if (otherId !== undefined && otherId !== id) found.push(otherId)
      }
    starts[id + 1] = found.length
  }
  return { starts, ids: Uint32Array.from(found) }
}
