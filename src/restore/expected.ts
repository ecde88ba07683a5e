/**
 * Words that the language model itself expects at a place, whatever the thesauri say: the only source
 * for replacements that no list knows ("Huawei [humorous ← using] lawful interception").
 *
 * Dear, so it is asked only where the wording is a surprise on both sides, and only about the commonest
 * words of the vocabulary.
 */
import type { SentenceContext } from './context.ts'
import type { Weights } from './weights.ts'

const FIRST_WORD = 3
const LETTERS = /^[a-z]{2,}$/

/** Keys of at most `expected.kept` words, most expected first; none where the place is no surprise. */
export function expectedWords(context: SentenceContext, at: number, options: Weights['expected']): string[] {
  const { model, ids, length } = context
  if (context.observed(at, at + 2) < 2 * options.above) return []
  const before = (i: number): number => (i >= 0 ? (ids[i] as number) : i === -1 ? 1 : -1)
  const h3 = before(at - 3)
  const h2 = before(at - 2)
  const h1 = before(at - 1)
  const next = ids[Math.min(at + 1, length)] as number
  // Falls to the cost of the last word kept as soon as so many are found: what costs more is not listed.
  let most = context.observed(at, at + 2) - options.saved
  const found: { id: number; cost: number }[] = []
  const last = Math.min(options.words, model.vocabulary.size)
  for (let id = FIRST_WORD; id < last; id++) {
    const left = model.cost(h3, h2, h1, id)
    if (left >= most) continue
    const cost = left + model.cost(h2, h1, id, next)
    if (cost >= most || id === ids[at] || !LETTERS.test(model.vocabulary.word(id))) continue
    insert(found, { id, cost })
    if (found.length > options.kept) found.pop()
    if (found.length === options.kept) most = Math.min(most, found.at(-1)?.cost ?? most)
  }
  return found.map(({ id }) => model.vocabulary.word(id))
}

/** Keeps `list` in order of cost; of equal costs the earlier comes first. */
function insert(list: { id: number; cost: number }[], each: { id: number; cost: number }): void {
  let at = list.length
  while (at > 0 && (list[at - 1]?.cost ?? 0) > each.cost) at -= 1
  list.splice(at, 0, each)
}
