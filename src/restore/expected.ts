/**
 * Words that the language model itself expects at a place, whatever the thesauri say: the only source
 * for replacements that no list knows ("Huawei [humorous ← using] lawful interception").
 *
 * Dear, so it is asked only where the wording is a surprise on both sides, and only about those of the
 * commonest words that make a known pair with a neighbour.
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
  const most = context.observed(at, at + 2) - options.saved
  const last = Math.min(options.words, model.vocabulary.size)
  const behind = model.beside.after(h1, FIRST_WORD, last)
  // A word before that is too rare to be followed by any of them says nothing: the next one is asked.
  const words = behind.length > 0 ? behind : model.beside.before(next, FIRST_WORD, last)
  const count = words.length
  const own = new Float64Array(count)
  const whole = new Float64Array(count)
  model.wordCosts([h3, h2, h1, next, -1, -1], words, count, own, whole)
  const found: { id: number; cost: number }[] = []
  for (let i = 0; i < count; i++) {
    const cost = whole[i] as number
    if (cost < most && words[i] !== ids[at]) found.push({ id: words[i] as number, cost })
  }
  return found
    .sort((a, b) => a.cost - b.cost || a.id - b.id)
    .map(({ id }) => model.vocabulary.word(id))
    .filter((word) => LETTERS.test(word))
    .slice(0, options.kept)
}
