/** The costs a reading is judged by, against sums by the model itself; and the rows made of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SentenceContext } from '../../src/restore/context.ts'
import { F, FEATURE_COUNT, FEATURES, PLACE_START } from '../../src/restore/features.ts'
import type { ScoredCandidate } from '../../src/restore/read.ts'
import { candidatesOf, contextOf, sentenceOf, tinyEngine } from './tiny.ts'

const BOUNDARY = 1
const engine = await tinyEngine()
const { model } = engine

/** Cost of words [from, to) of a sentence with its end, each after the three before it. */
function direct(ids: readonly number[], from: number, to: number): number {
  const padded = [-1, -1, BOUNDARY, ...ids, BOUNDARY]
  let sum = 0
  for (let i = from; i < to; i++)
    sum += model.cost(padded[i] ?? -1, padded[i + 1] ?? -1, padded[i + 2] ?? -1, padded[i + 3] ?? -1)
  return sum
}

const contextOfText = (text: string): SentenceContext => contextOf(engine, sentenceOf(text))
const idsOf = ({ ids, length }: SentenceContext): number[] => [...ids.subarray(0, length)]

const TEXT = 'The two towns have stop ties with constructor, before noon.'
const LENGTH = contextOfText(TEXT).length

const anySpan = fc
  .tuple(fc.nat(LENGTH - 1), fc.integer({ min: 1, max: 3 }))
  .map(([start, covers]) => ({ start, end: Math.min(LENGTH, start + covers) }))

function replaced(
  context: SentenceContext,
  start: number,
  end: number,
  ids: ArrayLike<number>,
): [number, number] {
  const out = new Float64Array(2)
  context.replaced(start, end, ids, out)
  return [out[0] as number, out[1] as number]
}

describe('costs of a sentence', () => {
  test('as it stands: sums of what the model says, its end included', () => {
    const context = contextOfText(TEXT)
    const ids = idsOf(context)
    fc.assert(
      fc.property(fc.nat(LENGTH + 1), fc.nat(LENGTH + 1), (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)]
        expect(context.observed(start, end)).toBeCloseTo(direct(ids, start, end), 9)
      }),
    )
  })

  test('with a stretch replaced: the new words and three tokens behind them', () => {
    const context = contextOfText(TEXT)
    const ids = idsOf(context)
    const someId = fc.integer({ min: 0, max: model.vocabulary.size - 1 })
    fc.assert(
      fc.property(anySpan, fc.array(someId, { maxLength: 4 }), ({ start, end }, words) => {
        const read = [...ids.slice(0, start), ...words, ...ids.slice(end)]
        const newEnd = start + words.length
        const [left, window] = replaced(context, start, end, words)
        expect(left).toBeCloseTo(direct(read, start, newEnd), 9)
        expect(window).toBeCloseTo(direct(read, start, Math.min(newEnd + 3, read.length + 1)), 9)
      }),
    )
  })

  test('by the same words: costs the same', () => {
    const context = contextOfText(TEXT)
    fc.assert(
      fc.property(anySpan, ({ start, end }) => {
        const [left, window] = replaced(context, start, end, context.ids.subarray(start, end))
        expect(left).toBeCloseTo(context.observed(start, end), 9)
        expect(window).toBeCloseTo(context.observed(start, Math.min(end + 3, LENGTH + 1)), 9)
      }),
    )
  })
})

describe('feature rows', () => {
  const texts = [
    { text: TEXT, why: 'a sentence' },
    { text: 'Stop', why: 'one word and nothing around it' },
    { text: 'the the an job', why: 'articles and doubled words at the end' },
    { text: 'constructor stop constructor', why: 'neighbours the model does not know' },
    { text: 'In savory of the Joint States, profound gaining knowledge of bread.', why: 'phrases and names' },
  ]
  const groupsOf = (text: string): ScoredCandidate[][] => {
    const groups = new Map<string, ScoredCandidate[]>()
    for (const scored of candidatesOf(engine, text).flat()) {
      const key = `${scored.candidate.start}-${scored.candidate.end}`
      groups.set(key, [...(groups.get(key) ?? []), scored])
    }
    return [...groups.values()]
  }

  test.each(texts)('every feature is a finite number: $why', ({ text }) => {
    const rows = groupsOf(text).flatMap((group) => group.map(({ row }) => [...row]))
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(row).toHaveLength(FEATURE_COUNT)
      expect(FEATURES.filter((_, i) => !Number.isFinite(row[i]))).toEqual([])
    }
  })

  test.each(texts)('features of the place do not tell its candidates apart: $why', ({ text }) => {
    for (const group of groupsOf(text)) {
      const places = group.map(({ row }) => [...row.subarray(PLACE_START)])
      for (const place of places) expect(place).toEqual(places[0])
    }
  })

  test('the model saves what replacing saves', () => {
    const context = contextOfText(TEXT)
    const all = groupsOf(TEXT).flat()
    expect(all.length).toBeGreaterThan(0)
    for (const { candidate, row } of all) {
      const { start, end, ids } = candidate
      const saved =
        context.observed(start, Math.min(end + 3, LENGTH + 1)) - replaced(context, start, end, ids)[1]
      expect(row[F.lm]).toBeCloseTo(saved, 9)
    }
  })

  test('the score is w · f', () => {
    for (const { row, score } of groupsOf(TEXT).flat()) {
      const product = FEATURES.reduce(
        (sum, name, i) => sum + engine.weights.ranker[name] * (row[i] ?? Number.NaN),
        0,
      )
      expect(score).toBeCloseTo(product, 9)
    }
  })
})
