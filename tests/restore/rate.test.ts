/** The spin rate by expectation–maximisation: silent on clean text, bounded, higher the surer the places. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DecoderArc, decode } from '../../src/restore/decode.ts'
import { marginals } from '../../src/restore/marginals.ts'
import { logOdds } from '../../src/restore/network.ts'
import { estimateRate } from '../../src/restore/rate.ts'
import type { Reading } from '../../src/restore/read.ts'
import { contextOf, readingOf, sentenceOf, tinyEngine, tinyWeights } from './tiny.ts'

const engine = await tinyEngine()
const { rate: options } = tinyWeights

/** A sentence of `scores.length` words, each with one replacement by the same word, worth its score. */
function scored(scores: readonly number[]): Reading {
  const sentence = sentenceOf(scores.map(() => 'ships').join(' '))
  const context = contextOf(engine, sentence)
  const arcsAt = scores.map((score, i): DecoderArc[] => {
    const kept = { start: i, end: i + 1, ids: [context.ids[i] ?? 0], score: 0, changed: false }
    return [kept, { ...kept, score, changed: true }]
  })
  const decoded = decode(engine.model, scores.length, arcsAt, 0, { modelWeight: 1, beam: 64 })
  return { sentence, context, suspicion: new Float64Array(scores.length), places: [], decoded }
}

test('words nobody would replace: only the prior is left', () => {
  const { rate } = estimateRate([readingOf(engine, 'the ships from the United States came')], options)
  // Seven words, nothing replaced.
  expect(rate).toBeCloseTo(options.replaced / (7 + options.replaced + options.kept), 12)
})

test('a text without words has the rate of the prior', () => {
  const { rate, posteriors } = estimateRate([], options)
  expect(rate).toBeCloseTo(options.replaced / (options.replaced + options.kept), 12)
  expect(posteriors).toEqual([])
})

test('clean wording with candidates sinks below the start', () => {
  const clean = estimateRate([readingOf(engine, 'the two towns have close ties')], options).rate
  const spun = estimateRate([readingOf(engine, 'the two towns have stop ties')], options).rate
  expect(clean).toBeLessThan(options.initial)
  expect(spun).toBeGreaterThan(clean)
})

const scores = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 1, maxLength: 8 })

describe('whatever the scores', () => {
  test('the rate lies between 0 and 1, and the posteriors with it', () => {
    fc.assert(
      fc.property(scores, (list) => {
        const { rate, posteriors } = estimateRate([scored(list)], options)
        expect(rate).toBeGreaterThan(0)
        expect(rate).toBeLessThan(1)
        for (const p of posteriors[0] ?? []) expect(p >= 0 && p <= 1 + 1e-9).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('surer replacements give a higher rate', () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0.1, max: 3, noNaN: true }), (list, more) => {
        const low = estimateRate([scored(list)], options).rate
        const high = estimateRate([scored(list.map((score) => score + more))], options).rate
        expect(high).toBeGreaterThan(low)
      }),
      { numRuns: 40 },
    )
  })

  test('each round reads the posteriors under the rate of the round before', () => {
    const reading = scored([2, -1, 0.5])
    const once = estimateRate([reading], { ...options, rounds: 1 })
    const twice = estimateRate([reading], { ...options, rounds: 2 })
    expect([...(once.posteriors[0] ?? [])]).toEqual([...marginals(reading.decoded, logOdds(options.initial))])
    expect([...(twice.posteriors[0] ?? [])]).toEqual([...marginals(reading.decoded, logOdds(once.rate))])
  })
})
