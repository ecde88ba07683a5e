/**
 * Spun terms for measuring: every content word of a listed term replaced as a spinner would, by a habit or
 * a word that WordNet or Moby has for it. Drawn with a seed, so that two runs measure the same rows.
 */
import type { Term } from '../../src/lexicon/parse-terms.ts'
import type { Random } from '../training/random.ts'
import type { SpinnerLexicon } from '../training/spinner.ts'
import type { TorturedRow } from './tortured.ts'

/** Words that are left as they are. */
const FUNCTION_WORDS = new Set(['of', 'the', 'a', 'an', 'and', 'to', 'in', 'on', 'for', 'at', 'by', 'with'])
const HABIT_SHARE = 0.5
const MOBY_SHARE = 0.5

/** At most `most` rows of different terms; terms that have a word without a replacement are passed over. */
export function drawnRows(
  terms: readonly Term[],
  spinner: SpinnerLexicon,
  rng: Random,
  most: number,
): TorturedRow[] {
  const out = new Map<string, TorturedRow>()
  const tries = most * 50
  for (let i = 0; i < tries && out.size < most; i++) {
    const term = terms[rng.below(terms.length)]
    if (term === undefined || out.has(term.text)) continue
    const spun = term.words.map((word) => replaced(word, spinner, rng))
    if (spun.includes(undefined)) continue
    out.set(term.text, { spun: spun.join(' '), expected: [term.text], flags: '', papers: 0 })
  }
  return [...out.values()]
}

/** One single-word replacement that is not the word; undefined when there is none. */
function replaced(word: string, spinner: SpinnerLexicon, rng: Random): string | undefined {
  if (FUNCTION_WORDS.has(word)) return word
  const habits = (spinner.habits.get(word) ?? []).map(({ text }) => text)
  const moby = rng.next() < MOBY_SHARE
  const thesaurus = spinner.neighbours(word, moby)
  const first = rng.next() < HABIT_SHARE ? habits : thesaurus
  for (const list of [first, thesaurus, spinner.neighbours(word, !moby), habits]) {
    const usable = list.filter((text) => /^[a-z]+$/.test(text) && text !== word)
    if (usable.length > 0) return usable[rng.below(usable.length)]
  }
  return undefined
}
