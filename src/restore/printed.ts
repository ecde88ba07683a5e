/**
 * How often spinners print a wording, from the habit lists: Σ p(original) · p(wording | original). A
 * group of the dictionary has one such number under one model, and text repeats its words, so it is
 * computed once.
 */
import type { EntryOriginal } from '../lexicon/entry.ts'
import type { Dictionary } from '../lexicon/trie.ts'
import type { NgramModel } from '../model/ngrams.ts'

export interface Printed {
  /** Of the groups of habits of a dictionary, by number, 0–1. */
  ofGroups(dictionary: Dictionary): (group: number) => number
  of(originals: readonly EntryOriginal[]): number
}

export function printed(model: NgramModel): Printed {
  const known = new WeakMap<Dictionary, (group: number) => number>()
  const of = (originals: readonly EntryOriginal[]): number => {
    let sum = 0
    for (const { words, channel } of originals) {
      let cost = 0
      for (const word of words) cost += model.unigram(model.vocabulary.id(word))
      sum += Math.exp(channel - cost)
    }
    return sum
  }
  return {
    of,
    ofGroups(dictionary) {
      let ofGroup = known.get(dictionary)
      if (ofGroup === undefined) {
        const sums = new Float64Array(dictionary.groups).fill(Number.NaN)
        ofGroup = (group) => {
          const kept = sums[group] as number // a group of this dictionary
          if (!Number.isNaN(kept)) return kept
          const sum = of(dictionary.originalsOf(group))
          sums[group] = sum
          return sum
        }
        known.set(dictionary, ofGroup)
      }
      return ofGroup
    },
  }
}
