/** Chance for training: reproducible, faithful to the weights, and never an index of weight 0. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aliasTable, draw, next, randomState, shuffle } from '../../src/model/draw.ts'

const take = (seed: number, n: number): number[] => {
  const state = randomState(seed)
  return Array.from({ length: n }, () => next(state))
}

describe('next', () => {
  test('equal seeds give equal streams, different seeds different ones', () => {
    expect(take(1, 5)).toEqual(take(1, 5))
    expect(take(1, 5)).not.toEqual(take(2, 5))
  })

  test.each([{ seed: 0 }, { seed: -1 }, { seed: 2 ** 32 }, { seed: 0x2545f491 }])(
    'seed $seed: numbers from 1 to 2^32 − 1, mean near the middle',
    ({ seed }) => {
      const numbers = take(seed, 20_000)
      expect(numbers.every((x) => Number.isInteger(x) && x >= 1 && x < 2 ** 32)).toBe(true)
      const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length / 2 ** 32
      // The mean of 20,000 uniform numbers has a standard deviation of 1/√12/√20,000 = 0.002.
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.01)
    },
  )
})

describe('draw', () => {
  test.each([
    { weights: [1], why: 'one index' },
    { weights: [1, 1, 1, 1], why: 'all alike' },
    { weights: [0, 0, 0, 5, 0.5, 1e-9], why: 'reserved indexes first, a rare one last' },
    { weights: [1000, 1, 1, 1], why: 'one that takes nearly all' },
  ])('$weights: drawn as often as weighted ($why)', ({ weights }) => {
    const table = aliasTable(weights)
    const state = randomState(3)
    const draws = 40_000
    const seen = new Array<number>(weights.length).fill(0)
    for (let n = 0; n < draws; n++) {
      const index = draw(table, state)
      seen[index] = (seen[index] ?? 0) + 1
    }
    const total = weights.reduce((sum, x) => sum + x, 0)
    // Standard deviation of a share is at most 1/(2·√40,000) = 0.0025.
    for (const [i, weight] of weights.entries())
      expect(Math.abs((seen[i] ?? 0) / draws - weight / total), `index ${i}`).toBeLessThan(0.0125)
  })

  test('law: an index of weight 0 is never drawn, whatever the rounding', () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 1e12, noNaN: true }))
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 40 }), fc.integer(), (weights, seed) => {
        fc.pre(weights.some((x) => x > 0))
        const table = aliasTable(weights)
        const state = randomState(seed)
        for (let n = 0; n < 200; n++) expect(weights[draw(table, state)]).toBeGreaterThan(0)
      }),
      { numRuns: 100 },
    )
  })
})

test('law: a shuffle loses and invents nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer(), (values, seed) => {
      const shuffled = Uint32Array.from(values)
      shuffle(shuffled, randomState(seed))
      expect([...shuffled].sort((a, b) => a - b)).toEqual([...values].sort((a, b) => a - b))
    }),
  )
  const order = Uint32Array.from({ length: 50 }, (_, i) => i)
  shuffle(order, randomState(1))
  expect([...order]).not.toEqual(Array.from({ length: 50 }, (_, i) => i))
})
