/** The k smallest are those that sorting would put first, whatever the order, ties and k. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallestFirst } from '../../src/lexicon/smallest.ts'

test('the front holds what sorting would put there, and nothing is lost', () => {
  const numbers = fc.array(fc.integer({ min: -5, max: 40 }), { maxLength: 60 })
  fc.assert(
    fc.property(numbers, fc.nat(70), fc.nat(5), (given, k, spare) => {
      const values = Float64Array.from([...given, ...new Array<number>(spare).fill(-99)])
      smallestFirst(values, given.length, k)
      const sorted = [...given].sort((a, b) => a - b)
      expect([...values.subarray(0, Math.min(k, given.length))].sort((a, b) => a - b)).toEqual(
        sorted.slice(0, k),
      )
      expect([...values.subarray(0, given.length)].sort((a, b) => a - b)).toEqual(sorted)
    }),
  )
})

test.each([
  { given: [3, 1, 2], k: Number.POSITIVE_INFINITY, why: 'no limit' },
  { given: [], k: 3, why: 'nothing given' },
  { given: [5, 5, 5, 5], k: 2, why: 'all equal' },
])('$why: ends, and keeps the values', ({ given, k }) => {
  const values = Float64Array.from(given)
  smallestFirst(values, given.length, k)
  expect([...values].sort()).toEqual([...given].sort())
})
