/** Dialects: parsed with places in messages, named only where their own wordings lead. */
import { describe, expect, test } from 'vitest'
import { parseDialects } from '../../src/lexicon/dialects.ts'
import { analyzeText } from '../../src/pipeline.ts'
import { dialectOf, markEvidence } from '../../src/restore/dialect.ts'
import type { Finding } from '../../src/types.ts'
import { tinyEngine } from './tiny.ts'

const engine = await tinyEngine()
const dialects = parseDialects(
  '= one\tthe first\nbeak\tcharge\nbiosphere\tworld\nwell-liked\tpopular\n= two\tthe other\nbeak\tbill\n',
)

/** A finding as far as dialects look at it. */
const found = (spun: string, ...texts: string[]): Finding =>
  ({
    tokens: spun.split(' ').map((key) => ({ key })),
    suggestions: texts.map((text) => ({ text, probability: 0.5 })),
  }) as unknown as Finding // the rest of a finding is not looked at

describe('the dialect is named', () => {
  const options = { marks: 2, lead: 2 }

  test('with the wordings that show it, each once', () => {
    const seen = dialectOf(
      dialects,
      [found('beak', 'Charge'), found('the biosphere', 'the world'), found('beak', 'charge')],
      options,
    )
    expect(seen).toEqual({ name: 'one', title: 'the first', marks: ['beak ← charge', 'biosphere ← world'] })
  })

  test('hyphens are tokens of their own', () => {
    const seen = dialectOf(dialects, [found('well - liked', 'popular'), found('beak', 'charge')], options)
    expect(seen?.marks).toContain('well-liked ← popular')
  })

  test.each([
    ['too few marks', [found('beak', 'charge')]],
    ['the original is not proposed', [found('beak', 'nose'), found('biosphere', 'globe')]],
    ['another is too close', [found('beak', 'charge', 'bill'), found('biosphere', 'world')]],
    ['a mark inside a word', [found('beaker', 'charge'), found('biospheres', 'world')]],
  ])('not where %s', (why, findings) => {
    const strict = why === 'another is too close' ? { marks: 2, lead: 3 } : options
    expect(dialectOf(dialects, findings, strict)).toBeUndefined()
  })
})

test('a document in a dialect says so in its verdict', () => {
  const text = 'he explained that the ships stayed in the seaport'
  const { verdict } = analyzeText(engine, { text, problems: [] }, { minConfidence: 0 })
  expect(verdict.dialect?.name).toBe('harbour-news')
  const clean = analyzeText(engine, { text: 'the two towns have close ties', problems: [] })
  expect(clean.verdict.dialect).toBeUndefined()
})

test.each([
  ['beak charge', 'dialects.tsv:1: no tab'],
  ['beak\tcharge', 'dialects.tsv:1: a mark before any dialect'],
])('%j is refused with its line', (line, message) => {
  expect(() => parseDialects(line)).toThrow(message)
})

describe('evidence of one dialect', () => {
  const at = (dialect: string, spun: string, confidence: number) => ({
    marks: [{ dialect, spun }],
    confidence,
  })

  test('is the sum over different wordings, each with its highest confidence', () => {
    expect(markEvidence([at('one', 'beak', 0.4), at('one', 'beak', 0.9), at('one', 'savory', 0.5)])).toBe(1.4)
  })

  test('is that of the dialect that has most, not of all together', () => {
    expect(markEvidence([at('one', 'beak', 0.9), at('two', 'savory', 0.5), at('two', 'yr', 0.6)])).toBe(1.1)
  })

  test('is nothing without marks', () => {
    expect(markEvidence([{ marks: [], confidence: 1 }])).toBe(0)
  })
})
