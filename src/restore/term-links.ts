/**
 * Which words of known terms a spun wording may stand for: thesaurus and habits asked the other way round.
 *
 * In: a dictionary with terms, the prepared proposals. Out: for a token key, or a group of habits, the words of terms
 * it leads to, each with the strength of the path. Both are asked again and again, so answers are kept,
 * those of the thesaurus until the memory is full.
 */
import type { Dictionary } from '../lexicon/trie.ts'
import type { NgramModel } from '../model/ngrams.ts'
import type { Prepare } from './prepared.ts'

/** Strength of the path by word of terms; above 0, at most 1. */
export type Links = ReadonlyMap<number, number>

export interface TermSource {
  readonly dictionary: Dictionary
  /** Words that the thesaurus has near the word `key`. */
  near(key: string): Links
  /** Words that the originals of a group of any dictionary consist of, those of one word. */
  listed(dictionary: Dictionary, group: number): Links
  /** Model id of a word of terms; 0 for one the model does not know. */
  id(word: number): number
  key(word: number): string
}

const NONE: Links = new Map()
/** Words whose links are kept; each takes about 2 KB. */
const REMEMBERED = 6000
/** The rarest habit is as strong as the better paths of the thesaurus. */
const HABIT_LEAST = 0.4
/** The commonest: a list of so many pairs links words by chance, too. */
const HABIT_MOST = 0.65

/** One source for each dictionary that lists terms. */
export const termSources = (
  dictionaries: readonly Dictionary[],
  prepare: Prepare,
  model: NgramModel,
): readonly TermSource[] =>
  dictionaries
    .filter(({ terms }) => terms.size > 0)
    .map((dictionary) => termSource(dictionary, prepare, model))

function termSource(dictionary: Dictionary, prepare: Prepare, { vocabulary }: NgramModel): TermSource {
  const { terms } = dictionary
  const wordOf = (key: string): number => terms.wordOf(dictionary.id(key))
  const key = (word: number): string => dictionary.key(terms.keys[word] as number)
  /** Proposals of one word, in one step: over two steps everything is near everything. */
  const nearWords = (spun: string): Links => {
    const { count, ids: found, offsets, strength } = prepare(spun)
    const links: [number, number][] = []
    for (let i = 0; i < count; i++) {
      const from = offsets[i] as number // i < count
      if ((offsets[i + 1] as number) - from !== 1) continue
      const word = wordOf(vocabulary.word(found[from] as number))
      if (word >= 0) links.push([word, strength(i)])
    }
    return strongest(links)
  }
  const near = new Map<string, Links>()
  const listed = new WeakMap<Dictionary, Map<number, Links>>()
  const ids = new Int32Array(terms.keys.length).fill(-1)
  return {
    dictionary,
    key,
    near(spun) {
      const kept = near.get(spun)
      if (kept !== undefined) return kept
      if (near.size >= REMEMBERED)
        for (const oldest of near.keys()) {
          near.delete(oldest)
          break
        }
      const made = nearWords(spun)
      near.set(spun, made)
      return made
    },
    listed(from, group) {
      let groups = listed.get(from)
      if (groups === undefined) {
        groups = new Map()
        listed.set(from, groups)
      }
      let links = groups.get(group)
      if (links === undefined) {
        links = strongest(
          from
            .originalsOf(group)
            .flatMap(({ words, weight }) =>
              words.length === 1
                ? [[wordOf(words[0] ?? ''), HABIT_LEAST + (HABIT_MOST - HABIT_LEAST) * weight]]
                : [],
            ),
        )
        groups.set(group, links)
      }
      return links
    },
    id(word) {
      const known = ids[word] as number // a word of these terms
      if (known >= 0) return known
      const id = vocabulary.id(key(word))
      ids[word] = id
      return id
    },
  }
}

/** The links by word; −1 is no word. */
function strongest(found: readonly (readonly number[])[]): Links {
  const out = new Map<number, number>()
  for (const [word = -1, strength = 0] of found)
    if (word >= 0 && strength > (out.get(word) ?? 0)) out.set(word, strength)
  return out.size === 0 ? NONE : out
}
