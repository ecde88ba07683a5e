/** The finished file: costs within rounding of the estimates, any ids, any bytes twice the same. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unpack } from '../../src/model/container.ts'
import { type NgramModel, ngramModel } from '../../src/model/ngrams.ts'
import { trainNgrams } from '../../src/model/train.ts'
import { corpusOf, reader, TOY_LINES, TOY_OPTIONS, trieOf } from './toy.ts'

const modelOf = async (lines: readonly string[]): Promise<NgramModel> =>
  ngramModel((await trainNgrams(lines, TOY_OPTIONS)).slice().buffer)

/** Half a step of the widest toy scale: costs of the toy lie within 3 nats, 3 / 127 / 2. */
const ROUNDING = 0.012

describe('the toy model (derived in kneser-ney.test.ts)', async () => {
  const model = await modelOf(TOY_LINES)
  const cost = (text: string): number => {
    const ids = text.split(' ').map((word) => model.vocabulary.id(word))
    const [h3 = -1, h2 = -1, h1 = -1, word = -1] = [-1, -1, -1, ...ids].slice(-4)
    return model.cost(h3, h2, h1, word)
  }
  const even = 5 / 10 / 8
  test.each([
    { words: 'constructor', p: 0.05 + even, matched: 1, why: 'an object member is a word like any other' },
    { words: 'deep learning', p: 0.25 + 0.5 * (0.05 + even), matched: 2, why: 'seen pair' },
    { words: 'learning water', p: 0.5 * (0.05 + even), matched: 1, why: 'unseen pair' },
    { words: '<s> deep', p: 1.5 / 4 + 0.5 * (0.05 + even), matched: 2, why: 'start of a sentence' },
    { words: 'water constructor', p: 0.5 * (0.05 + even), matched: 1, why: 'only the end follows "water"' },
    {
      words: '<s> deep learning works',
      p: 0.25 + 0.5 * (0.25 + 0.5 * (0.25 + 0.5 * (0.1 + even))),
      matched: 4,
      why: 'four orders deep',
    },
    {
      words: '<s> deep learning water',
      p: 0.5 ** 3 * (0.05 + even),
      matched: 1,
      why: 'backs off three times',
    },
  ])('$words: $why', ({ words, p, matched }) => {
    expect(Math.abs(cost(words) + Math.log(p))).toBeLessThan(4 * ROUNDING)
    const ids = [-1, -1, -1, ...words.split(' ').map((word) => model.vocabulary.id(word))].slice(-4)
    expect(model.matched(ids[0] ?? -1, ids[1] ?? -1, ids[2] ?? -1, ids[3] ?? -1)).toBe(matched)
  })

  test('nothing before a sentence boundary is looked at', () => {
    const deep = model.vocabulary.id('deep')
    const works = model.vocabulary.id('works')
    expect(model.cost(works, works, 1, deep)).toBe(model.cost(-1, -1, 1, deep))
    expect(model.cost(works, 1, deep, works)).toBe(model.cost(-1, 1, deep, works))
  })

  test('an absent context ends the context', () => {
    const deep = model.vocabulary.id('deep')
    expect(model.cost(deep, -1, deep, 4)).toBe(model.cost(-1, -1, deep, 4))
    expect(model.cost(deep, deep, -1, 4)).toBe(model.unigram(4))
  })

  test('any ids at all: finite, not negative, matched 1 to 4', () => {
    const id = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(2 ** 31, -(2 ** 31), 1e15, 0))
    fc.assert(
      fc.property(id, id, id, id, (h3, h2, h1, word) => {
        const nats = model.cost(h3, h2, h1, word)
        expect(Number.isFinite(nats) && nats >= 0).toBe(true)
        expect([1, 2, 3, 4]).toContain(model.matched(h3, h2, h1, word))
      }),
    )
  })

  test('an unknown word costs as <unk>', () => {
    const deep = model.vocabulary.id('deep')
    expect(model.vocabulary.id('quux')).toBe(0)
    expect(model.cost(-1, -1, deep, 9_999)).toBe(model.cost(-1, -1, deep, 0))
  })
})

test('rare words share what <unk> has', async () => {
  const lines = ['a b', 'a b', 'a x', 'a y', 'a z', 'a b']
  const model = ngramModel((await trainNgrams(lines, { ...TOY_OPTIONS, minCount: 2 })).slice().buffer)
  const p = reader(trieOf(await corpusOf(lines, 2)))
  // x, y and z are the unknown words.
  expect(Math.abs(model.cost(-1, -1, 3, 0) + Math.log(p(3, 0) / 3))).toBeLessThan(0.02)
})

describe('trained on made text', () => {
  let seed = 1
  const pick = (n: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return (seed >>> 8) % n
  }
  const lines = Array.from(
    { length: 400 },
    () => `the w${pick(30)} of a w${pick(50)} is w${pick(20)} in b${pick(9)} and w${pick(40)} too`,
  )

  test('agrees with the exact probabilities within rounding, for seen and unseen n-grams', async () => {
    const model = await modelOf(lines)
    const corpus = await corpusOf(lines)
    const p = reader(trieOf(corpus))
    const id = fc.integer({ min: 3, max: corpus.keys.length - 1 })
    const place = fc.integer({ min: 4, max: corpus.ids.length - 1 })
    const query = fc.oneof(
      fc.tuple(id, id, id, id),
      place.map((at) =>
        [...corpus.ids.subarray(at - 4, at)].map((word, i) => (word === 1 && i < 3 ? 3 : word)),
      ),
    )
    fc.assert(
      fc.property(query, ([a = 0, b = 0, c = 0, d = 0]) => {
        // Four rounded numbers at most: a cost and three backoffs, each within 8 nats.
        expect(Math.abs(model.cost(a, b, c, d) + Math.log(p(a, b, c, d)))).toBeLessThan(0.1)
      }),
      { numRuns: 2_000 },
    )
  })

  test('a whole sentence costs what its tokens cost one by one', async () => {
    const model = await modelOf(lines)
    const id = fc.integer({ min: 0, max: model.vocabulary.size })
    const words = fc.constantFrom(...lines).map((line) => line.split(' ').map(model.vocabulary.id))
    const mixed = fc.tuple(words, fc.array(id), words).map((parts) => parts.flat())
    fc.assert(
      fc.property(fc.oneof(words, mixed, fc.array(id)), (ids) => {
        const sums = new Float64Array(ids.length + 1).fill(Number.NaN)
        model.running(ids, sums)
        const idAt = (i: number) => (i >= 0 ? (ids[i] ?? -1) : i === -1 ? 1 : -1)
        let sum = 0
        for (let i = 0; i <= ids.length; i++) {
          expect(sums[i]).toBe(sum)
          sum += model.cost(idAt(i - 3), idAt(i - 2), idAt(i - 1), idAt(i))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('every context sums to 1 within rounding', async () => {
    const model = await modelOf(lines)
    const size = model.vocabulary.size
    for (const [h2, h1] of [
      [-1, -1],
      [-1, 1],
      [1, 3],
      [3, 8],
      [9, 4],
      [5, 5],
    ] as const) {
      let sum = 0
      for (let word = 0; word < size; word++) if (word !== 2) sum += Math.exp(-model.cost(-1, h2, h1, word))
      expect(Math.abs(sum - 1)).toBeLessThan(0.05)
    }
  })

  test('same text, same bytes; shared memory answers as own memory', async () => {
    const bytes = await trainNgrams(lines, TOY_OPTIONS)
    expect(await trainNgrams(lines, TOY_OPTIONS)).toEqual(bytes)
    const buffer = new SharedArrayBuffer(bytes.length)
    new Uint8Array(buffer).set(bytes)
    expect(ngramModel(buffer).cost(3, 4, 5, 6)).toBe(ngramModel(bytes.slice().buffer).cost(3, 4, 5, 6))
  })

  test('stays below the size that is asked for, as far as words alone allow', async () => {
    const full = await trainNgrams(lines, { ...TOY_OPTIONS, maxBytes: 100_000_000 })
    const maxBytes = 10_000
    const small = await trainNgrams(lines, { ...TOY_OPTIONS, maxBytes })
    expect(full.length).toBeGreaterThan(maxBytes)
    expect(small.length).toBeLessThanOrEqual(maxBytes)
    const grams = unpack(small.slice().buffer).header.numbers['order2.grams'] ?? 0
    expect(grams).toBeGreaterThan(0)
  })
})

test.each([
  {
    options: { cuts: [2, 1, 1] as const },
    says: /^cuts 2, 1, 1: .*\n {2}fix: /,
    why: 'a cut below the one before',
  },
  { options: { minCount: 0 }, says: /^minCount 0, .*\n {2}fix: /, why: 'no count at all' },
  { options: {}, says: /^the training text holds no words\n {2}fix: /, why: 'no text' },
])('training refuses: $why', async ({ options, says }) => {
  await expect(trainNgrams([], { ...TOY_OPTIONS, ...options })).rejects.toThrow(says)
})
