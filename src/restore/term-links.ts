/**
 * Which words of known terms a spun word may stand for: the thesaurus asked the other way round.
 *
 * In: a dictionary with terms, thesaurus, inflector. Out: for a token key the ids of term words it leads to,
 * each with the strength of the path; made once per word and kept, the oldest forgotten when the memory is
 * full. What habits and entries say is added where a sentence is read (terms.ts), since it is matched anyway.
 */
import type { Inflector } from '../lexicon/inflect.ts'
import { wantedProposals } from '../lexicon/synonyms.ts'
import type { Thesaurus } from '../lexicon/thesaurus.ts'
import type { Dictionary } from '../lexicon/trie.ts'

/** Strength of the path by id of the term word; 0 to 1, as `Neighbour.strength`. */
export type Links = ReadonlyMap<number, number>

export interface TermSource {
  readonly dictionary: Dictionary
  /** Term words that the thesaurus has near the word `key`. */
  links(key: string): Links
}

/** One source for each dictionary that lists terms; `remembered` words are kept, about 2 KB each. */
export function termSources(
  dictionaries: readonly Dictionary[],
  thesaurus: Thesaurus,
  inflector: Inflector,
  remembered: number,
): readonly TermSource[] {
  return dictionaries
    .filter(({ terms }) => terms.size > 0)
    .map((dictionary) => {
      const known = new Map<string, Links>()
      const links = (key: string): Links => {
        const kept = known.get(key)
        if (kept !== undefined) return kept
        if (known.size >= remembered)
          for (const oldest of known.keys()) {
            known.delete(oldest)
            break
          }
        const made = linksOf(dictionary, thesaurus, inflector, key)
        known.set(key, made)
        return made
      }
      return { dictionary, links }
    })
}

function linksOf(
  { id, terms }: Dictionary,
  thesaurus: Thesaurus,
  inflector: Inflector,
  key: string,
): Links {
  const out = new Map<number, number>()
  for (const proposal of wantedProposals(thesaurus, inflector, key, (word) => terms.has(id(word)))) {
    const word = id(proposal.key)
    out.set(word, Math.max(out.get(word) ?? 0, proposal.strength))
  }
  return out
}
