/** Word vectors: the trainer on a made corpus, the file, and what the queries answer at their edges. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pack } from '../../src/model/container.ts'
import { type SkipgramProgress, type TrainedVectors, trainVectors } from '../../src/model/skipgram.ts'
import { packVectors, vectors } from '../../src/model/vectors.ts'

/** Ids of the made corpus: 0 unknown, 1 boundary, 2 never used, then words; the last has no vector. */
const ID = {
  cat: 3,
  dog: 4,
  feeds: 5,
  pets: 6,
  bond: 7,
  stock: 8,
  sells: 9,
  buys: 10,
  silent: 11,
  beyond: 12,
}
const WORDS = ID.beyond

/** Sentences of two topics in turn: cat and dog share their surroundings, and so do bond and stock. */
function madeCorpus(): { readonly ids: Uint32Array; readonly counts: number[] } {
  const topics = [
    { nouns: [ID.cat, ID.dog], verbs: [ID.feeds, ID.pets] },
    { nouns: [ID.bond, ID.stock], verbs: [ID.sells, ID.buys] },
  ]
  const ids = [1]
  for (let n = 0; n < 600; n++) {
    for (const { nouns, verbs } of topics)
      ids.push(verbs[n % 2] ?? 0, nouns[(n >> 1) % 2] ?? 0, verbs[(n >> 2) % 2] ?? 0, ID.beyond, 1)
  }
  const counts = new Array<number>(ID.beyond + 1).fill(0)
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1
  return { ids: Uint32Array.from(ids), counts }
}

const OPTIONS = { dimensions: 16, window: 2, negatives: 5, subsample: 0, words: WORDS, seed: 7, epochs: 4 }

function trained(options: Partial<typeof OPTIONS> = {}, onProgress?: (p: SkipgramProgress) => void) {
  const { ids, counts } = madeCorpus()
  return trainVectors(ids, counts, { ...OPTIONS, ...options }, onProgress)
}

const opened = (model: TrainedVectors) => vectors(packVectors(model, { made: 'by a test' }).buffer)

describe('trainVectors', () => {
  test('words that share their surroundings come closer than words that do not', () => {
    const v = opened(trained())
    expect(v.cosine(ID.cat, ID.dog)).toBeGreaterThan(v.cosine(ID.cat, ID.stock) + 0.1)
    expect(v.cosine(ID.bond, ID.stock)).toBeGreaterThan(v.cosine(ID.bond, ID.dog) + 0.1)
  })

  test('a word fits the surroundings it was seen in better than others', () => {
    const v = opened(trained())
    const around = [ID.feeds, ID.pets]
    expect(v.fit(ID.cat, around, 2)).toBeGreaterThan(v.fit(ID.bond, around, 2) + 1)
  })

  test('an even number of negatives leaves an odd row out and still learns', () => {
    const v = opened(trained({ negatives: 4 }))
    expect(v.cosine(ID.cat, ID.dog)).toBeGreaterThan(v.cosine(ID.cat, ID.stock) + 0.1)
  })

  test('equal seeds give equal bytes, another seed gives others', () => {
    expect(packVectors(trained(), {})).toEqual(packVectors(trained(), {}))
    expect(packVectors(trained({ seed: 8 }), {})).not.toEqual(packVectors(trained(), {}))
  })

  test('reserved ids and words that never occur keep zero rows', () => {
    const { input, output, dimensions } = trained()
    for (const id of [0, 1, 2, ID.silent]) {
      const row = (matrix: Float32Array) => [...matrix.subarray(id * dimensions, (id + 1) * dimensions)]
      expect(row(input), `input row ${id}`).toEqual(new Array(dimensions).fill(0))
      expect(row(output), `output row ${id}`).toEqual(new Array(dimensions).fill(0))
    }
  })

  test('progress counts every running word of every epoch, and the loss falls', () => {
    const seen: SkipgramProgress[] = []
    trained({ epochs: 8 }, (p) => seen.push(p))
    // 1,200 sentences of 4 words, 8 times over; a report every 4,096 sentences and one at the end.
    expect(seen.at(-1)).toMatchObject({ done: 1, read: 1200 * 4 * 8 })
    expect(seen.length).toBe(Math.floor((1200 * 8) / 4096) + 1)
    expect(seen.at(-1)?.loss).toBeLessThan(seen[0]?.loss ?? 0)
  })

  test.each([
    { ids: [], why: 'no sentence at all' },
    { ids: [1, 1, 1], why: 'boundaries only' },
    { ids: [0, 2, 99, 4_000_000_000], why: 'only ids without a vector, no boundary at the end' },
    { ids: [1, 3, 1], why: 'a sentence of one word has no pair' },
  ])('$why: trains nothing, throws nothing', ({ ids }) => {
    const { output } = trainVectors(Uint32Array.from(ids), [0, 3, 0, 1, 1], { ...OPTIONS, words: 5 })
    expect(output.every((x) => x === 0)).toBe(true)
  })

  test('a sentence longer than the buffer is read to its end', () => {
    let read = 0
    const ids = new Uint32Array(2000).fill(ID.cat).fill(ID.dog, 1500)
    trainVectors(ids, [0, 0, 0, 1500, 500], { ...OPTIONS, epochs: 1 }, (p) => {
      read = p.read
    })
    expect(read).toBe(2000)
  })

  test('the commonest words are dropped most: with subsampling fewer pairs are trained', () => {
    const { ids, counts } = madeCorpus()
    const moved = (subsample: number) =>
      trainVectors(ids, counts, { ...OPTIONS, epochs: 1, subsample }).output.filter((x) => x !== 0).length
    expect(moved(1e-9)).toBeLessThan(moved(0))
  })

  test.each([{ dimensions: 0 }, { dimensions: 15 }, { dimensions: -2 }])(
    '$dimensions dimensions: refused with the fix',
    (options) => {
      expect(() => trained(options)).toThrow(/dimensions\n {2}fix:/)
    },
  )
})

describe('vectors', () => {
  const v = opened(trained())

  test.each([
    { id: 0, why: 'unknown' },
    { id: 1, why: 'boundary' },
    { id: ID.silent, why: 'never seen in training' },
    { id: ID.beyond, why: 'beyond the last row' },
    { id: -1, why: 'absent' },
    { id: 2 ** 31, why: 'no id at all' },
  ])('id $id ($why) has no vector and answers 0', ({ id }) => {
    expect(v.cosine(id, ID.cat)).toBe(0)
    expect(v.cosine(ID.cat, id)).toBe(0)
    expect(v.fit(id, [ID.feeds], 1)).toBe(0)
    expect(v.fit(ID.cat, [id], 1)).toBe(0)
    expect(v.contextVector([id], 1, new Float32Array(v.dimensions))).toBe(0)
  })

  test('a word is as like itself as can be', () => {
    expect(v.cosine(ID.cat, ID.cat)).toBeCloseTo(1, 6)
  })

  test('context words without a vector do not weigh, nor does what lies beyond the length', () => {
    const plain = v.fit(ID.cat, [ID.feeds, ID.pets], 2)
    expect(plain).not.toBe(0)
    expect(v.fit(ID.cat, [0, ID.feeds, ID.silent, ID.pets, -1, ID.bond], 5)).toBeCloseTo(plain, 6)
    expect(v.fit(ID.cat, Int32Array.of(ID.feeds, ID.pets, ID.bond), 2)).toBe(plain)
  })

  test('a context summed once gives what asking word by word gives', () => {
    const context = [ID.feeds, ID.pets, ID.feeds]
    const mean = new Float32Array(v.dimensions).fill(9)
    expect(v.contextVector(context, 3, mean)).toBe(3)
    for (const word of [ID.cat, ID.bond]) expect(v.fitTo(word, mean)).toBe(v.fit(word, context, 3))
  })

  test('a whole sentence fits as its words do one by one', () => {
    const id = fc.integer({ min: -1, max: WORDS + 2 })
    fc.assert(
      fc.property(fc.array(id, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (ids, reach) => {
        const topic = new Float32Array(v.dimensions)
        v.contextVector([ID.stock, ID.sells], 2, topic)
        const { around, toTopic } = v.running(ids, ids.length, reach, topic)
        ids.forEach((word, i) => {
          const near = [...ids.slice(Math.max(0, i - reach), i), ...ids.slice(i + 1, i + 1 + reach)]
          expect(around[i]).toBeCloseTo(v.fit(word, near, near.length), 5)
          expect(toTopic[i]).toBeCloseTo(v.fitTo(word, topic), 5)
        })
      }),
    )
  })

  test('an empty context says nothing', () => {
    const mean = new Float32Array(v.dimensions).fill(9)
    expect(v.contextVector([], 0, mean)).toBe(0)
    expect(mean.every((x) => x === 0)).toBe(true)
    expect(v.fit(ID.cat, [], 0)).toBe(0)
  })

  test('works on shared memory', () => {
    const bytes = packVectors(trained(), {})
    const shared = new SharedArrayBuffer(bytes.length)
    new Uint8Array(shared).set(bytes)
    expect(vectors(shared).cosine(ID.cat, ID.dog)).toBe(v.cosine(ID.cat, ID.dog))
  })

  test('a file of another kind is refused by name', () => {
    const other = pack({ name: 'ngrams', version: 1, recipe: {}, numbers: {} }, new Map())
    expect(() => vectors(other.buffer, 'some.file')).toThrow(/some\.file: holds "ngrams"/)
  })
})

describe('8 bits', () => {
  const value = fc.float({ min: -8, max: 8, noNaN: true })
  const row = fc.array(value, { minLength: 4, maxLength: 4 })

  test('fit is off by no more than half a step of each row allows', () => {
    fc.assert(
      fc.property(row, row, (word, near) => {
        const zero = [0, 0, 0, 0]
        const model: TrainedVectors = {
          dimensions: 4,
          words: 5,
          // Three reserved rows, then the context word and the word: `has` asks for an input row of both.
          input: Float32Array.from([...zero, ...zero, ...zero, 1, 0, 0, 0, ...word]),
          output: Float32Array.from([...zero, ...zero, ...zero, ...near, ...zero]),
        }
        const exact = word.reduce((sum, x, i) => sum + x * (near[i] ?? 0), 0)
        const step = (values: readonly number[]) => Math.max(...values.map(Math.abs)) / 127
        const size = (values: readonly number[]) => values.reduce((sum, x) => sum + Math.abs(x), 0)
        // |xy − x'y'| ≤ |x|·δy + |y|·δx + δx·δy per number, with δ = step / 2.
        const dx = step(word) / 2
        const dy = step(near) / 2
        const bound = size(word) * dy + size(near) * dx + 4 * dx * dy
        const fit = vectors(packVectors(model, {}).buffer).fit(4, [3], 1)
        expect(Math.abs(fit - exact)).toBeLessThanOrEqual(bound + 1e-4)
      }),
      { numRuns: 200 },
    )
  })
})
