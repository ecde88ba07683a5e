/** Reviews for the tests of the page: made-up documents in which every "gadget" is a place. */
import type { NewDocument } from '../../src/review/documents.ts'
import type { Store } from '../../src/review/store.ts'
import type { AnalysisRecord } from '../../src/write/record.ts'
import { add, documentOf, foundIn, review } from '../review/made.ts'

/** Documents added in one transaction. */
const TOGETHER = 500

/** "four.txt" with four places, and "two.txt" with two, less probable. */
export function twoDocuments(): Store {
  const store = review()
  add(store, documentOf('four.txt', 'The gadget works.\n\nA gadget is a gadget. Gadget number four.\n'))
  add(store, judged(documentOf('two.txt', 'One more gadget lies\nbeside the old gadget.\n'), 0.4))
  return store
}

/** Five documents that differ in everything the queue can be filtered by. */
export function varied(): Store {
  const store = review()
  const rows = [
    { id: 'a-weak.txt', text: 'A gadget in the rain.', changes: { confidence: 0.3 }, probability: 0.2 },
    { id: 'b-strong.txt', text: 'A gadget in the sun.', changes: { confidence: 0.95 }, probability: 0.9 },
    { id: 'c-phrase.txt', text: 'A gadget in the snow.', changes: { kind: 'phrase' }, probability: 0.5 },
    {
      id: 'd-context.txt',
      text: 'A gadget in the wind.',
      changes: { evidence: [{ kind: 'context', text: 'the model expects another word' }] },
      probability: 0.6,
    },
  ] as const
  for (const { id, text, changes, probability } of rows)
    add(store, judged(documentOf(id, text, foundIn(text, changes)), probability, id === 'b-strong.txt'))
  const text = 'A doohickey in the fog.'
  add(store, judged(documentOf('e-other.txt', text, foundIn(text, {}, 'doohickey')), 0.7))
  return store
}

/**
 * `n` short documents, one place each, all equally probable; named so that they sort by number. Words
 * that differ stand around every place: equal places are settled together, which here would be all.
 */
export function many(n: number): Store {
  const store = review()
  for (let from = 1; from <= n; from += TOGETHER) {
    const numbers = Array.from({ length: Math.min(TOGETHER, n + 1 - from) }, (_, i) => from + i)
    store.addAll(
      numbers.map((i) => documentOf(`${String(i).padStart(6, '0')}.txt`, `A ${word(i)} gadget ${word(i)}.`)),
    )
  }
  return store
}

export const DIALECT = { name: 'auto-blog', title: 'automatic blogs', marks: ['gadget ← machine'] }

export function judged(document: NewDocument, probability: number, isAutoBlog = false): NewDocument {
  const label = probability > 0.8 ? 'spun' : probability > 0.3 ? 'doubtful' : 'clean'
  const verdict: AnalysisRecord['verdict'] = {
    label,
    probability,
    spinRate: 0.1,
    density: 20,
    ...(isAutoBlog && { dialect: DIALECT }),
  }
  return { ...document, record: { ...document.record, verdict } }
}

/** A number as letters; digits are all alike to the engine. */
const word = (i: number): string =>
  i.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '')
