/**
 * Near misses by edit distance, for messages only: unknown fields, flags, config keys, `dict why`.
 * The one home of fast-levenshtein. Matching text never comes here: the dictionary matches exactly.
 */
import levenshtein from 'fast-levenshtein'
import { compareText } from './entry.ts'

export interface NearMiss {
  readonly text: string
  /** Edits (insert, delete, replace), UTF-16 units; 0 or more. */
  readonly distance: number
}

/** Longer words are not compared: the distance takes time by length × length. */
const LONGEST = 120

/**
 * The `limit` texts nearest to `word`, nearest first, ties by text. Only those within a third of the
 * longer length (at least 2 edits), since a farther one helps nobody.
 */
export function nearMisses(word: string, list: Iterable<string>, limit: number): readonly NearMiss[] {
  if (word.length > LONGEST) return []
  const out: NearMiss[] = []
  for (const text of list) {
    const allowed = Math.max(2, Math.floor(Math.max(word.length, text.length) / 3))
    if (text.length > LONGEST || Math.abs(text.length - word.length) > allowed) continue
    const distance = levenshtein.get(word, text)
    if (distance <= allowed) out.push({ text, distance })
  }
  return out.sort((a, b) => a.distance - b.distance || compareText(a.text, b.text)).slice(0, limit)
}

/** The one nearest text, if any is near. */
export function nearest(word: string, list: Iterable<string>): string | undefined {
  return nearMisses(word, list, 1)[0]?.text
}
