/**
 * The estimates by hand, and the law that every context sums to 1.
 *
 * Toy text (toy.ts). Too small for counts of counts, so the discounts are ½, 1, 1½ in every order.
 * Words by how many different words precede them: deep 1, learning 1, works 2, constructor 1, helps 1,
 * water 1, end of sentence 3; 10 in all. Discounted: 5 · ½ + 1 + 1½ = 5, spread evenly over 8 ids.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BOUNDARY, RESERVED } from '../../src/model/corpus.ts'
import { discounts } from '../../src/model/kneser-ney.ts'
import { pruned } from '../../src/model/prune.ts'
import { corpusOf, reader, TOY_LINES, trieOf } from './toy.ts'

const EVEN = 5 / 10 / 8
const ONE = {
  deep: 0.5 / 10 + EVEN,
  learning: 0.5 / 10 + EVEN,
  works: (2 - 1) / 10 + EVEN,
  constructor_: 0.5 / 10 + EVEN,
  water: 0.5 / 10 + EVEN,
  end: (3 - 1.5) / 10 + EVEN,
}
const TWO = {
  learningAfterDeep: (1 - 0.5) / 2 + ((2 * 0.5) / 2) * ONE.learning,
  worksAfterLearning: (1 - 0.5) / 2 + ((2 * 0.5) / 2) * ONE.works,
}
const THREE = {
  learningAfterStartDeep: (2 - 1) / 3 + ((1 + 0.5) / 3) * TWO.learningAfterDeep,
  worksAfterDeepLearning: (1 - 0.5) / 2 + ((2 * 0.5) / 2) * TWO.worksAfterLearning,
}

describe('the toy model', async () => {
  const corpus = await corpusOf(TOY_LINES)
  const p = reader(trieOf(corpus))
  const id = (word: string): number => corpus.keys.indexOf(word)

  test.each([
    { words: 'deep', is: ONE.deep, why: 'follows only the sentence start' },
    { words: 'works', is: ONE.works, why: 'follows "learning" and "constructor"' },
    { words: 'constructor', is: ONE.constructor_, why: 'an object member is a word like any other' },
    { words: '<s>', is: ONE.end, why: 'sentences end with three different words' },
    { words: '<unk>', is: EVEN, why: 'never seen: only its even share' },
    { words: 'deep learning', is: TWO.learningAfterDeep, why: 'one of two words after "deep"' },
    { words: 'learning water', is: 0.5 * ONE.water, why: 'unseen: half of "learning" is free' },
    {
      words: '<s> deep',
      is: (3 - 1.5) / 4 + ((1.5 + 0.5) / 4) * ONE.deep,
      why: 'at the start of a sentence occurrences count, 3 of 4',
    },
    {
      words: 'works <s>',
      is: (2 - 1) / 2 + (1 / 2) * ONE.end,
      why: 'the end is a word; "works" ends two sentences after different words',
    },
    { words: '<s> deep learning', is: THREE.learningAfterStartDeep, why: 'raw counts again, 2 of 3' },
    { words: 'deep learning works', is: THREE.worksAfterDeepLearning, why: 'one predecessor each of two' },
    {
      words: '<s> deep learning works',
      is: (1 - 0.5) / 2 + ((2 * 0.5) / 2) * THREE.worksAfterDeepLearning,
      why: 'the highest order counts occurrences',
    },
    {
      words: '<s> deep learning water',
      is: 0.5 * 0.5 * 0.5 * ONE.water,
      why: 'unseen in three orders: each passes on its half',
    },
  ])('$words: $why', ({ words, is }) => {
    expect(p(...words.split(' ').map(id))).toBeCloseTo(is, 12)
  })
})

test.each([
  {
    of: [8, 4, 2, 1],
    is: [1 - (2 * 0.5 * 4) / 8, 2 - (3 * 0.5 * 2) / 4, 3 - (4 * 0.5 * 1) / 2],
    why: 'Y = 8 / (8 + 2 · 4) = ½',
  },
  { of: [8, 1, 1, 0], is: [0.5, 1, 1.5], why: 'nothing seen four times: too small a text to tell' },
  { of: [1, 1, 9, 9], is: [0.5, 1, 1.5], why: 'would add to what was seen twice instead of taking off' },
])('discounts of $of: $why', ({ of, is }) => {
  expect(discounts(of)).toEqual(is)
})

const word = fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__', 'toString')
const text = fc.array(
  fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' ')),
  { minLength: 1, maxLength: 20 },
)

/** Contexts of up to three words: at a sentence's start, inside, and never seen. */
const contexts = (size: number): readonly (readonly number[])[] => {
  const ids = [...Array(size).keys()].filter((id) => id > RESERVED)
  return [
    [],
    [BOUNDARY],
    ...ids.map((a) => [a]),
    ...ids.map((a) => [BOUNDARY, a]),
    ...ids.flatMap((a) => ids.map((b) => [a, b])),
    ...ids.flatMap((a) => ids.flatMap((b) => ids.map((c) => [a, b, c]))),
  ]
}

describe('every context sums to 1 over the vocabulary', () => {
  const sum = (p: (...ids: number[]) => number, context: readonly number[], size: number): number => {
    let all = 0
    for (let id = 0; id < size; id++) if (id !== RESERVED) all += p(...context, id)
    return all
  }

  test('unpruned', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (lines) => {
        const corpus = await corpusOf(lines)
        const p = reader(trieOf(corpus))
        for (const context of contexts(corpus.keys.length)) {
          expect(sum(p, context, corpus.keys.length)).toBeCloseTo(1, 9)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('cut and pruned', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 0, max: 30 }), async (lines, most) => {
        const corpus = await corpusOf(lines)
        const trie = trieOf(corpus, [1, 2, 2])
        const kept = pruned(trie, most, (two, three, four) => two + three + four)
        const p = reader(trie, kept)
        for (const context of contexts(corpus.keys.length)) {
          expect(sum(p, context, corpus.keys.length)).toBeCloseTo(1, 9)
        }
      }),
      { numRuns: 25 },
    )
  })
})

test('pruning keeps the context and the suffix of what it keeps, and the budget', async () => {
  const lines = Array.from(
    { length: 60 },
    (_, i) => `the ${['old', 'new'][i % 2]} house ${i % 7} stands on hill ${i % 5}`,
  )
  const trie = trieOf(await corpusOf(lines))
  const [two, three, four] = trie.levels
  const all = two.last.length + three.last.length + four.last.length
  const kept = pruned(trie, Math.floor(all / 2), (a, b, c) => a + b + c)
  const size = kept.reduce((sum, marks) => sum + marks.reduce((a, b) => a + b, 0), 0)
  expect(size).toBeLessThanOrEqual(all / 2)
  expect(size).toBeGreaterThan(all / 5)
  for (const [order, grams] of [
    [1, three],
    [2, four],
  ] as const) {
    for (let i = 0; i < grams.last.length; i++) {
      if (kept[order][i] !== 1) continue
      expect(kept[order === 1 ? 0 : 1][grams.parent[i] ?? -1]).toBe(1)
      expect(kept[order === 1 ? 0 : 1][grams.suffix[i] ?? -1]).toBe(1)
    }
  }
})
