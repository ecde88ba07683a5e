/** The cheap look and who is read after it: suspicious words are, in a clean text few, on request all. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logOdds } from '../../src/restore/network.ts'
import { readSentence } from '../../src/restore/read.ts'
import { roughRate, suspects } from '../../src/restore/suspects.ts'
import { SUSPICION_INPUTS, suspicionRows } from '../../src/restore/suspicion.ts'
import type { Weights } from '../../src/restore/weights.ts'
import { lookAt, sentenceOf, TINY_WORDS, tinyEngine, tinyWeights } from './tiny.ts'

const engine = await tinyEngine()
const options: Weights['suspicion'] = { ...tinyWeights.suspicion, readFrom: -3, trainedOdds: logOdds(0.1) }
const looksLike = (...suspicion: number[]) => ({ suspicion: Float64Array.from(suspicion) })

describe('the rough rate', () => {
  test('without words it is the prior', () => {
    const { replaced, kept } = options
    expect(roughRate([], options)).toBeCloseTo(replaced / (replaced + kept), 12)
  })

  test('what is no word counts for nothing', () => {
    const none = Number.NEGATIVE_INFINITY
    expect(roughRate([looksLike(1, none, -2, none)], options)).toBe(roughRate([looksLike(1, -2)], options))
  })

  test('it lies between 0 and 1 and grows with suspicion', () => {
    const logits = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(logits, fc.double({ min: 0.1, max: 2, noNaN: true }), (list, more) => {
        const low = roughRate([looksLike(...list)], options)
        const high = roughRate([looksLike(...list.map((z) => z + more))], options)
        expect(low).toBeGreaterThan(0)
        expect(high).toBeLessThan(1)
        expect(high).toBeGreaterThan(low)
      }),
    )
  })
})

test('the same word is read in a dense copy and passed over in a clean text', () => {
  const seen = lookAt(engine, sentenceOf('the ships came'))
  const like = (z: number) => ({ ...seen, suspicion: Float64Array.from([z, z, z]) })
  const suspectsOf = (...looks: (typeof seen)[]) => suspects(looks, options, roughRate(looks, options), -3)
  const word = like(-1.5)
  const clean = Array.from({ length: 60 }, () => like(-7))
  const dense = Array.from({ length: 60 }, () => like(2))
  expect(suspectsOf(word, ...clean)[0]).toEqual(new Uint8Array([0, 0, 0]))
  expect(suspectsOf(word, ...dense)[0]).toEqual(new Uint8Array([1, 1, 1]))
})

test('inputs come in the order of their names', () => {
  const { context, listed } = lookAt(engine, sentenceOf('The seaport said zyzzyva in spring spring'))
  const { at, rows } = suspicionRows(context, listed)
  expect(at).toEqual([0, 1, 2, 3, 4, 5, 6])
  const of = (word: number) =>
    new Map(SUSPICION_INPUTS.map((name, i) => [name, rows[word * SUSPICION_INPUTS.length + i] as number]))
  expect(of(0).get('title')).toBe(1)
  expect(of(1).get('habit')).toBeGreaterThan(0)
  expect(of(1).get('title')).toBe(0)
  expect(of(3).get('unknown')).toBe(1)
  expect(of(6).get('count')).toBeCloseTo(Math.log(2), 12)
  expect(of(2).get('unigram')).toBe(engine.model.unigram(context.ids[2] ?? 0))
  for (const at of [0, 1, 2, 3, 4, 5, 6])
    for (const value of of(at).values()) expect(Number.isFinite(value)).toBe(true)
})

test('listing every word changes nothing about those that are read anyway', () => {
  const words = fc.array(fc.constantFrom(...TINY_WORDS), { minLength: 2, maxLength: 10 })
  fc.assert(
    fc.property(words, fc.integer({ min: 0, max: 2 ** 30 }), (list, bits) => {
      const seen = lookAt(engine, sentenceOf(list.join(' ')))
      const read = Uint8Array.from(seen.suspicion, (_, i) => (bits >> (i % 30)) & 1)
      const some = readSentence(engine, seen, read, false).decoded
      const all = readSentence(engine, seen, read, true).decoded
      const changed = (decoded: typeof some) =>
        decoded.arcs
          .filter((arc) => arc.changed)
          .map(({ start, end, ids, score }) => [start, end, ...Array.from(ids), score])
      expect(changed(all)).toEqual(changed(some))
    }),
    { numRuns: 60 },
  )
})
