/** AUC, rates, calibration and curves on cases worked out by hand. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  auc,
  averagePrecision,
  calibrationBins,
  calibrationError,
  f1,
  median,
  precisionRecall,
  truePositives,
} from '../../bench/measure/statistics.ts'

describe('AUC', () => {
  test.each([
    { positive: [0.9, 0.8], negative: [0.1, 0.2], is: 1, why: 'every positive above every negative' },
    { positive: [0.1], negative: [0.9], is: 0, why: 'the wrong way round' },
    { positive: [0.5], negative: [0.5], is: 1 / 2, why: 'a tie counts half' },
    {
      positive: [0.9, 0.3],
      negative: [0.5, 0.3],
      is: (1 + 1 + 0 + 0.5) / 4,
      why: 'four pairs: two won, one lost, one tied',
    },
  ])('$positive against $negative: $why', ({ positive, negative, is }) => {
    expect(auc(positive, negative)).toBeCloseTo(is, 12)
  })

  test('is not a number when a side is empty', () => {
    expect(auc([], [0.1])).toBeUndefined()
    expect(auc([0.1], [])).toBeUndefined()
  })

  test('swapping the sides gives the rest to one', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(scores, scores, (p, n) => {
        expect((auc(p, n) ?? 0) + (auc(n, p) ?? 0)).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('true positives at a false-positive rate', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i / 100)
  test.each([
    {
      positive: [0.995, 0.985, 0.99],
      negative: hundred,
      is: 1 / 3,
      why: 'the threshold is .99, and equal is not above',
    },
    { positive: [0.7, 0.5], negative: [0.1, 0.6], is: 1 / 2, why: 'among two, the higher one decides' },
    { positive: [0.7], negative: [0.7], is: 0, why: 'a tie with the highest negative is no hit' },
  ])('$why', ({ positive, negative, is }) => {
    expect(truePositives(positive, negative, 0.01)).toBeCloseTo(is, 12)
  })

  test('is not a number without negatives', () => {
    expect(truePositives([1], [], 0.01)).toBeUndefined()
  })
})

describe('calibration', () => {
  const scores = [
    { score: 0.1, right: false },
    { score: 0.3, right: true },
    { score: 0.8, right: true },
    { score: 1, right: false },
  ]

  test('bins hold counts, mean score and share right; 1 falls into the last', () => {
    const bins = calibrationBins(scores, 2)
    expect(bins.map(({ count }) => count)).toEqual([2, 2])
    expect(bins[0]?.mean).toBeCloseTo((0.1 + 0.3) / 2, 12)
    expect(bins[1]?.mean).toBeCloseTo((0.8 + 1) / 2, 12)
    expect(bins.map(({ right }) => right)).toEqual([1 / 2, 1 / 2])
  })

  test('the error is the weighted gap of the bins', () => {
    // Both bins hold half of the scores: ½·|.2 − .5| + ½·|.9 − .5|.
    expect(calibrationError(calibrationBins(scores, 2))).toBeCloseTo(0.5 * 0.3 + 0.5 * 0.4, 12)
  })

  test.each([
    { scores: [], is: undefined, why: 'nothing measured is not zero' },
    {
      scores: [
        { score: 1, right: true },
        { score: 0, right: false },
      ],
      is: 0,
      why: 'sure and right',
    },
    { scores: [{ score: 1, right: false }], is: 1, why: 'sure and wrong' },
  ])('$why', ({ scores, is }) => {
    expect(calibrationError(calibrationBins(scores, 10))).toBe(is)
  })
})

describe('precision and recall', () => {
  test('one point for each score, highest first; what has no score bounds recall', () => {
    const scores = [
      { score: 0.5, right: false },
      { score: 0.9, right: true },
      { score: 0.5, right: true },
    ]
    // Real ones: two scored and one missed. At .9 one of one is right, at .5 two of three.
    expect(precisionRecall(scores, 1)).toEqual([
      { threshold: 0.9, precision: 1, recall: 1 / 3 },
      { threshold: 0.5, precision: 2 / 3, recall: 2 / 3 },
    ])
  })

  test('the area adds precision times the recall gained', () => {
    const curve = [
      { threshold: 0.9, precision: 1, recall: 0.5 },
      { threshold: 0.2, precision: 0.5, recall: 1 },
    ]
    expect(averagePrecision(curve)).toBeCloseTo(0.5 * 1 + 0.5 * 0.5, 12)
    expect(averagePrecision([])).toBeUndefined()
  })

  test('F1 is the harmonic mean', () => {
    expect(f1(0.5, 1)).toBeCloseTo((2 * 0.5 * 1) / 1.5, 12)
    expect(f1(0, 0)).toBe(0)
  })
})

test.each([
  { values: [3, 1, 2], is: 2, why: 'the middle one' },
  { values: [4, 1, 2, 3], is: 2.5, why: 'the mean of the two in the middle' },
  { values: [], is: undefined, why: 'nothing has no middle' },
])('median of $values: $why', ({ values, is }) => {
  expect(median(values)).toBe(is)
})
