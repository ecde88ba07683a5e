/** Hash tables: everything is found, bigrams exactly, the rest almost. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairLookup, pairTable } from '../../src/model/pairs.ts'
import { level, levelValues, scale } from '../../src/model/quantise.ts'
import { LANE_A, LANE_B, laneA, laneB, placed, slotOf } from '../../src/model/table.ts'

test.each([
  { words: 7, pairs: 49, why: 'all pairs there are' },
  { words: 300, pairs: 40_000, why: 'nearly half of all pairs' },
  { words: 160_000, pairs: 100_000, why: 'few among many' },
])('pairs are exact: $why', ({ words, pairs }) => {
  const keys = new Set<number>()
  for (let i = 0; keys.size < pairs; i++)
    keys.add((i * 7_919 + Math.floor(i / words) * 104_729) % (words * words))
  const list = [...keys]
  const slots = pairTable(
    Uint32Array.from(list, (key) => Math.floor(key / words)),
    Uint32Array.from(list, (key) => key % words),
    Uint16Array.from(list, (_, i) => i & 0x7fff),
    words,
  )
  const payload = pairLookup(slots, words)
  const wrong = list.filter((key, i) => payload(Math.floor(key / words), key % words) !== (i & 0x7fff))
  expect(wrong).toEqual([])
  let asked = 0
  let found = 0
  for (let i = 0; i < 200_000; i++) {
    const key = Math.floor((i * 0.6180339887 * words * words) % (words * words))
    if (keys.has(key)) continue
    asked += 1
    if (payload(Math.floor(key / words), key % words) !== -1) found += 1
  }
  expect(found).toBe(0)
  expect(asked > 0).toBe(pairs < words * words)
})

test('tables find everything and seldom anything else', () => {
  const lanes = (id: number): readonly [number, number] => [
    laneA(laneA(LANE_A, id), id * 3),
    laneB(laneB(LANE_B, id), id * 3),
  ]
  const ids = Array.from({ length: 100_000 }, (_, i) => i)
  const { fingerprints, slots } = placed(
    Uint32Array.from(ids, (id) => lanes(id)[0]),
    Uint32Array.from(ids, (id) => lanes(id)[1]),
  )
  expect(new Set(slots).size).toBe(ids.length)
  expect(fingerprints.length).toBeLessThan(ids.length / 0.93)
  const missed = ids.filter((id) => slotOf(fingerprints, ...lanes(id)) === -1)
  const elsewhere = ids.filter((id) => slotOf(fingerprints, ...lanes(id)) !== slots[id])
  expect(missed).toEqual([])
  // Another n-gram with the same fingerprint in the same buckets: 7 of 65,536 on average.
  expect(elsewhere.length).toBeLessThan(30)
  const chance = ids.filter((id) => slotOf(fingerprints, ...lanes(id + 1e6)) !== -1)
  // 8 slots of 65,535 values: 12 expected.
  expect(chance.length).toBeLessThan(40)
})

test('empty tables hold nothing', () => {
  expect(pairLookup(pairTable(new Uint32Array(0), new Uint32Array(0), new Uint16Array(0), 9), 9)(3, 4)).toBe(
    -1,
  )
  expect(slotOf(placed(new Uint32Array(0), new Uint32Array(0)).fingerprints, 5, 6)).toBe(-1)
})

test('rounding is off by half a step at most', () => {
  const real = fc.double({ min: -5, max: 25, noNaN: true })
  fc.assert(
    fc.property(fc.array(real, { minLength: 1, maxLength: 50 }), (list) => {
      const used = scale(Float64Array.from(list), 256)
      const values = levelValues(used)
      for (const value of list) {
        const back = values[level(used, 256, value)] ?? Number.NaN
        expect(Math.abs(back - value)).toBeLessThanOrEqual(used.step / 2 + 1e-9)
      }
    }),
  )
})

test.each([
  { values: [], why: 'no values' },
  { values: [Number.POSITIVE_INFINITY], why: 'only the infinite' },
  { values: [3, 3], why: 'all the same' },
])('a scale of $why is finite', ({ values }) => {
  const used = scale(Float64Array.from(values), 256)
  expect(Number.isFinite(levelValues(used)[level(used, 256, 3)])).toBe(true)
})
