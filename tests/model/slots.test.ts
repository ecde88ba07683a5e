/** Slots: the trainer on a made corpus, the file, what the queries answer at their edges. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { confusedWords } from '../../src/model/confused.ts'
import { packSlots, slots } from '../../src/model/slots.ts'
import { type SlotProgress, type TrainedSlots, trainSlots } from '../../src/model/train-slots.ts'

/** 0 unknown, 1 the sentence's edge, 2 never used, then words; the last has no row. */
const ID = { the: 3, bank: 4, shore: 5, lends: 6, erodes: 7, money: 8, sand: 9, silent: 10, beyond: 11 }
const WORDS = ID.beyond

/** "the bank lends money" and "the shore erodes sand", and a word without a row in between. */
function madeCorpus(): { readonly ids: Uint32Array; readonly counts: number[] } {
  const ids = [1]
  for (let n = 0; n < 1500; n++) {
    ids.push(ID.the, ID.bank, ID.lends, ID.money, 1)
    ids.push(ID.the, ID.shore, ID.erodes, ID.sand, 1)
    if (n % 10 === 0) ids.push(ID.beyond, ID.the, 1)
  }
  const counts = new Array<number>(ID.beyond + 1).fill(0)
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1
  return { ids: Uint32Array.from(ids), counts }
}

/** "bank" and "shore" are confused with each other. */
const CONFUSED = (() => {
  const starts = new Uint32Array(WORDS + 1)
  starts.fill(1, ID.bank + 1).fill(2, ID.shore + 1)
  return { starts, ids: Uint32Array.of(ID.shore, ID.bank) }
})()

const OPTIONS = {
  dimensions: 8,
  reach: 2,
  words: WORDS,
  negatives: 2,
  confused: 2,
  subsample: 0,
  spun: 0,
  mostReplaced: 0,
  seed: 3,
}

function trained(options: Partial<typeof OPTIONS> = {}, onProgress?: (p: SlotProgress) => void) {
  const { ids, counts } = madeCorpus()
  return trainSlots(ids, counts, CONFUSED, { ...OPTIONS, ...options }, onProgress)
}

const opened = (model: TrainedSlots) => slots(packSlots(model, { made: 'by a test' }).slice().buffer)

/** Fit of `id` at `at` of a sentence of these words. */
function fitAt(model: ReturnType<typeof opened>, words: readonly number[], at: number, id: number): number {
  const slot = new Float32Array(model.dimensions)
  model.read([...words, 1], words.length, at, at + 1, slot)
  return model.fit(id, slot)
}

describe('training', () => {
  const model = opened(trained())

  test('a word fits the slot it was seen in, better than the word it is confused with', () => {
    const bank = [ID.the, 0, ID.lends, ID.money]
    const shore = [ID.the, 0, ID.erodes, ID.sand]
    expect(fitAt(model, bank, 1, ID.bank)).toBeGreaterThan(fitAt(model, bank, 1, ID.shore) + 1)
    expect(fitAt(model, shore, 1, ID.shore)).toBeGreaterThan(fitAt(model, shore, 1, ID.bank) + 1)
  })

  test('positions count: the same words around in another order make another slot', () => {
    const inOrder = fitAt(model, [ID.the, ID.bank, 0, ID.money], 2, ID.lends)
    const turned = fitAt(model, [ID.money, ID.bank, 0, ID.the], 2, ID.lends)
    expect(inOrder).toBeGreaterThan(turned + 0.5)
  })

  test('with words around replaced the right one is still told', () => {
    const noisy = opened(trained({ spun: 1, mostReplaced: 0.5 }))
    const bank = [ID.the, 0, ID.lends, ID.money]
    expect(fitAt(noisy, bank, 1, ID.bank)).toBeGreaterThan(fitAt(noisy, bank, 1, ID.shore))
  })

  test('the same seed gives the same bytes, another seed others', () => {
    expect(packSlots(trained(), {})).toEqual(packSlots(trained(), {}))
    expect(packSlots(trained({ seed: 4 }), {})).not.toEqual(packSlots(trained(), {}))
  })

  test('progress ends with everything done and a loss', () => {
    const told: SlotProgress[] = []
    trained({}, (p) => told.push(p))
    expect(told.at(-1)?.done).toBe(1)
    expect(told.at(-1)?.loss).toBeGreaterThan(0)
  })

  test.each([0, -2, 7])('%i dimensions are refused', (dimensions) => {
    expect(() => trained({ dimensions })).toThrow(/dimensions\n {2}fix: /)
  })
})

describe('asking', () => {
  const model = opened(trained())

  test('words without a row fit nothing, and say nothing about a slot', () => {
    for (const id of [0, 1, 2, ID.silent, ID.beyond, 4_000_000_000, -1]) {
      expect(model.has(id), String(id)).toBe(false)
      expect(fitAt(model, [ID.the, 0, ID.lends], 1, id)).toBe(0)
    }
    expect(fitAt(model, [ID.the, 0, ID.beyond], 1, ID.bank)).toBe(fitAt(model, [ID.the, 0, 0], 1, ID.bank))
  })

  test('whatever stands there, only the words within reach count', () => {
    const word = fc.integer({ min: 0, max: ID.beyond })
    fc.assert(
      fc.property(fc.array(word, { minLength: 7, maxLength: 9 }), word, (words, other) => {
        const far = words.with(0, other)
        expect(fitAt(model, far, 4, ID.bank)).toBe(fitAt(model, words, 4, ID.bank))
      }),
    )
  })
})

test('words are confused with the single words that are proposed for them', () => {
  const answers = new Map([
    ['bank', ['shore', 'river bank', 'unheard', 'bank']],
    ['shore', ['bank']],
  ])
  const keys = ['<unk>', '<s>', '</s>', 'the', 'bank', 'shore', 'rare']
  const { starts, ids } = confusedWords(keys, 6, (key) => answers.get(key) ?? [])
  const of = (id: number): number[] => [...ids.subarray(starts[id], starts[id + 1])]
  expect([of(3), of(4), of(5)]).toEqual([[], [5], [4]])
})
