/** The samples' answers must lead back to their originals, and the judge of places must judge fairly. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Answer, places, rank } from '../bench/samples.ts'
import { rawTokens } from '../src/document/tokens.ts'
import type { Finding } from '../src/types.ts'

const keys = (text: string): string[] => rawTokens(text).map(({ key }) => key)
const read = (path: string): string => readFileSync(`samples/${path}`, 'utf8')
const spun = readdirSync('samples').filter((name) => /^spun-.*\.txt$/.test(name))

describe('samples', () => {
  test('there are three spun ones', () => {
    expect(spun.length).toBeGreaterThanOrEqual(3)
  })

  test.each(spun)('%s: its answers, applied in order, give the original', (name) => {
    const text = read(name)
    const answers = JSON.parse(read(`answers/${name.replace('.txt', '.json')}`)) as Answer[]
    let restored = ''
    let at = 0
    for (const { span, original } of places(text, answers)) {
      expect(span.start).toBeGreaterThanOrEqual(at)
      restored += `${text.slice(at, span.start)} ${original} `
      at = span.end
    }
    expect(keys(restored + text.slice(at))).toEqual(keys(read(`originals/${name}`)))
  })
})

describe('places', () => {
  test.each([
    {
      text: 'an info and an info desk',
      spun: 'info desk',
      original: 'news desk',
      place: 'info',
      why: 'context behind',
    },
    {
      text: 'we said we stated it',
      spun: 'we stated',
      original: 'we said',
      place: 'stated',
      why: 'context before',
    },
    {
      text: 'take a look at it',
      spun: 'take a look at',
      original: 'check',
      place: 'take a look at',
      why: 'a phrase',
    },
    { text: 'my very own car', spun: 'very own', original: 'own', place: 'very', why: 'an insertion' },
    {
      text: 'a little bit of it',
      spun: 'little bit',
      original: 'little',
      place: 'bit',
      why: 'an insertion behind',
    },
  ])('$why: "$spun" in "$text"', ({ text, spun, original, place }) => {
    const [found] = places(text, [{ spun, original }])
    expect(text.slice(found?.span.start, found?.span.end)).toBe(place)
  })

  test('the second of two equal wordings is found after the first', () => {
    const found = places('extra or extra', [
      { spun: 'extra', original: 'more' },
      { spun: 'extra', original: 'more' },
    ])
    expect(found.map(({ span }) => span.start)).toEqual([0, 9])
  })

  test('an answer that is not there is named', () => {
    expect(() => places('nothing here', [{ spun: 'extra', original: 'more' }])).toThrow('"extra"')
  })
})

describe('rank', () => {
  const text = 'They sell residence gross sales data.'
  const place = { span: { start: 10, end: 31 }, original: 'home sales' }
  const finding = (start: number, end: number, ...texts: string[]): Finding => ({
    span: { start, end },
    surface: text.slice(start, end),
    confidence: 0.9,
    kind: 'word',
    suggestions: texts.map((each) => ({ text: each, probability: 1 / texts.length })),
    evidence: [{ kind: 'context', text: 'made for the test' }],
    inQuotation: false,
    tokens: [],
  })
  test.each([
    { why: 'one finding, original first', findings: [finding(10, 31, 'home sales')], is: 1 },
    {
      why: 'two findings side by side',
      findings: [finding(10, 19, 'home'), finding(20, 31, 'sales')],
      is: 1,
    },
    {
      why: 'the worse of two ranks',
      findings: [finding(10, 19, 'house', 'home'), finding(20, 31, 'sales')],
      is: 2,
    },
    { why: 'wider than the place', findings: [finding(5, 31, 'sell home sales')], is: 1 },
    { why: 'half of it is not enough', findings: [finding(10, 19, 'home')], is: undefined },
    {
      why: 'sixth is too late',
      findings: [finding(10, 31, 'a', 'b', 'c', 'd', 'e', 'home sales')],
      is: undefined,
    },
    { why: 'a finding elsewhere', findings: [finding(0, 4, 'home sales')], is: undefined },
  ])('$why', ({ findings, is }) => {
    expect(rank(text, place, findings)).toBe(is)
  })
})
