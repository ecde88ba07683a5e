/** The small network by hand, the file of weights with wrong names in it, and the verdict's arithmetic. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logit, logits, logOdds, type Network, sigmoid } from '../../src/restore/network.ts'
import { parseWeights } from '../../src/restore/parse-weights.ts'
import { type DocumentNumbers, VERDICT_INPUTS, verdict, verdictInputs } from '../../src/restore/verdict.ts'
import { tinyWeights } from './tiny.ts'

describe('two inputs, two hidden units, one output', () => {
  const network: Network = {
    inputs: ['left', 'right'],
    mean: [1, -2],
    scale: [2, 0.5],
    hidden: [
      [1, -1],
      [0.5, 0],
    ],
    hiddenBias: [0, -0.25],
    output: [2, -4],
    outputBias: 0.1,
    direct: [0.3, -0.7],
  }
  test.each([
    {
      x: [1, -2],
      gives: 0.1 + 2 * Math.tanh(0) - 4 * Math.tanh(-0.25),
      why: 'the mean scales to 0: biases only',
    },
    {
      x: [5, -1],
      // Scaled: (5 − 1) / 2 = 2 and (−1 + 2) / 0.5 = 2.
      gives: 0.1 + 0.3 * 2 - 0.7 * 2 + 2 * Math.tanh(2 - 2) - 4 * Math.tanh(-0.25 + 0.5 * 2),
      why: 'both two scales above the mean',
    },
    {
      x: [-1, -2],
      gives: 0.1 + 0.3 * -1 + 2 * Math.tanh(-1) - 4 * Math.tanh(-0.25 - 0.5),
      why: 'one scale below the first mean',
    },
  ])('$x: $why', ({ x, gives }) => {
    expect(logit(network, x)).toBeCloseTo(gives, 12)
  })

  test('many at once are to the last bit what one by one gives', () => {
    const inputs = fc.array(
      fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true })),
    )
    fc.assert(
      fc.property(inputs, (list) => {
        const given = list.map(([left, right]) => [left, right])
        const out = new Float64Array(given.length)
        logits(network, Float64Array.from(given.flat()), out)
        expect([...out]).toEqual(given.map((x) => logit(network, x)))
      }),
    )
  })

  test('without hidden units it is a logistic regression', () => {
    const plain = { ...network, hidden: [], hiddenBias: [], output: [] }
    expect(logit(plain, [5, -1])).toBeCloseTo(0.1 + 0.3 * 2 - 0.7 * 2, 12)
  })

  test.each([0.001, 0.25, 0.5, 0.999])('sigmoid undoes log odds at %d', (p) => {
    expect(sigmoid(logOdds(p))).toBeCloseTo(p, 12)
  })
})

describe('parseWeights', () => {
  const text = (change: object): string => JSON.stringify({ ...tinyWeights, ...change })
  const { lm: _, ...withoutLm } = tinyWeights.ranker
  const { detector, verdict: judge } = tinyWeights

  test('weights of this build come back as they were', () => {
    expect(parseWeights(text({}))).toEqual(tinyWeights)
  })

  test.each([
    { given: text({ version: 99 }), says: 'version 99', why: 'another version' },
    { given: text({ ranker: withoutLm }), says: 'ranker lacks [lm]', why: 'a feature without weight' },
    {
      given: text({ ranker: { ...tinyWeights.ranker, flair: 1 } }),
      says: 'unknown [flair]',
      why: 'a weight without feature',
    },
    {
      given: text({ detector: { ...detector, inputs: detector.inputs.slice(1) } }),
      says: `detector lacks [${detector.inputs[0]}]`,
      why: 'an input missing',
    },
    {
      given: text({ verdict: { ...judge, inputs: [...judge.inputs].reverse() } }),
      says: `verdict has "${judge.inputs.at(-1)}" as input 0`,
      why: 'inputs in another order would be multiplied by the wrong weights',
    },
    {
      given: text({ verdict: { ...judge, inputs: [...judge.inputs, judge.inputs[0]] } }),
      says: `as input ${judge.inputs.length}`,
      why: 'an input listed twice',
    },
    { given: text({ ranker: undefined }), says: 'ranker lacks [', why: 'no ranker at all' },
    { given: text({ detector: undefined }), says: 'detector lacks [', why: 'no detector at all' },
    { given: '{"version": 1', says: 'not a JSON record', why: 'cut off' },
    { given: 'null', says: 'not a JSON record', why: 'JSON, but no record' },
  ])('$why: $says', ({ given, says }) => {
    expect(() => parseWeights(given)).toThrow(says)
    expect(() => parseWeights(given)).toThrow('fix: ')
  })
})

describe('verdict', () => {
  const numbers: DocumentNumbers = {
    rate: 0.2,
    marks: 1.5,
    words: 50,
    confidences: [0.9, 0.6, 0.1],
    entryConfidences: [0.9],
  }
  const network = tinyWeights.verdict

  test('inputs are those named, each from the numbers of the document', () => {
    const inputs = new Map(VERDICT_INPUTS.map((name, i) => [name as string, verdictInputs(numbers)[i]]))
    expect(inputs.get('rate')).toBeCloseTo(Math.log(0.2 / 0.8), 12)
    expect(inputs.get('strong')).toBeCloseTo(Math.log(1 + 0.9 + 0.6), 12)
    expect(inputs.get('marks')).toBeCloseTo(Math.log(2.5), 12)
    expect(inputs.get('third')).toBeCloseTo(Math.log(0.1 / 0.9), 12)
    expect(inputs.get('sure')).toBeCloseTo(Math.log(1 + 0.9), 12)
    expect(inputs.get('entries')).toBeCloseTo(Math.log(1 + 0.9), 12)
    expect(inputs.get('words')).toBeCloseTo(Math.log(51), 12)
  })

  test('finite for the emptiest and the most certain documents', () => {
    for (const rate of [0, 1])
      for (const confidences of [[], [0], [1, 1, 1]]) {
        const inputs = verdictInputs({
          rate,
          words: confidences.length,
          marks: confidences.length,
          confidences,
          entryConfidences: confidences,
        })
        expect([...inputs].every(Number.isFinite)).toBe(true)
      }
  })

  test.each([
    { rate: 0.01, label: 'clean' },
    { rate: 0.06, label: 'doubtful' },
    { rate: 0.4, label: 'spun' },
  ] as const)('a spin rate of $rate is $label under the hand-made weights', ({ rate, label }) => {
    const given = verdict(network, { ...numbers, rate })
    expect(given).toMatchObject({ label, spinRate: rate })
    expect(given.probability).toBeCloseTo(sigmoid(2.5 + Math.log(rate / (1 - rate))), 12)
  })

  test('a document without words is clean, with zeros', () => {
    const given = verdict(network, { rate: 0.9, words: 0, marks: 0, confidences: [], entryConfidences: [] })
    expect(given).toEqual({ label: 'clean', probability: 0, spinRate: 0 })
  })
})
