/**
 * What ships, as a user gets it: models, the compiled dictionary (`npm run build` makes it) and the
 * samples. Densely spun texts must be told as spun and partly restored, clean ones must stay clean.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, overlaps, places, rank } from '../bench/samples.ts'
import { type Analysis, analyze, type Engine, load, restore } from '../src/index.ts'
import { applyFindings } from '../src/restore/apply.ts'

const MOST_FALSE_ALARMS_PER_1000_WORDS = 3

const TAG = /<[^<>]*>/g

const named = (pattern: RegExp): readonly string[] =>
  readdirSync('samples').filter((name) => pattern.test(name))
const read = (name: string): string => readFileSync(`samples/${name}`, 'utf8')
const answersOf = (name: string): readonly Answer[] =>
  JSON.parse(read(`answers/${name.replace(/\.\w+$/, '.json')}`)) as Answer[] // our own file; samples.test.ts checks it

let engine: Engine
beforeAll(async () => {
  engine = await load()
})

const analysed = (name: string): Analysis => analyze(engine, read(name), { name })

/** Four edits in a hundred words and no more than 15 in all: its verdict is the known miss (README, Limits). */
const MISSED = 'spun-sparse.txt'

test.each(named(/^spun-.*\.txt$/).filter((name) => name !== MISSED))(
  '%s is told as spun and partly restored',
  (name) => {
    const { verdict, findings } = analysed(name)
    expect(verdict).toMatchObject({ label: 'spun' })
    const text = read(name)
    const first = places(text, answersOf(name)).filter((place) => rank(text, place, findings) === 1)
    expect(first.length).toBeGreaterThan(0)
  },
)

test(`${MISSED}: whatever the verdict, originals are proposed first where all places are asked for`, () => {
  const text = read(MISSED)
  const { findings } = analyze(engine, text, { name: MISSED, minConfidence: 0 })
  const first = places(text, answersOf(MISSED)).filter((place) => rank(text, place, findings) === 1)
  expect(first.length).toBeGreaterThanOrEqual(6)
})

test.each(named(/^clean-.*\.txt$/))('%s stays clean', (name) => {
  const { verdict, findings, words } = analysed(name)
  expect(verdict.label).not.toBe('spun')
  expect(words).toBeGreaterThan(150)
  expect(
    (1000 * findings.length) / words,
    findings.map(({ surface }) => surface).join(', '),
  ).toBeLessThanOrEqual(MOST_FALSE_ALARMS_PER_1000_WORDS)
})

test.each(named(/^(?:spun|clean)-.*\.(?:txt|html)$/))(
  '%s restored: what was fixed is not found again',
  (name) => {
    const given = read(name)
    const { text, applied, analysis } = restore(engine, given, { name })
    if (applied.length === 0) expect(text).toBe(given)
    expect(text.match(TAG)).toEqual(given.match(TAG))
    expect(text.split('\n\n')).toHaveLength(given.split('\n\n').length)

    const starts = new Set(applied.map(({ span }) => span.start))
    const fixes = analysis.findings.filter(({ span }) => starts.has(span.start))
    const fixed = applyFindings(given, fixes, analysis.document.format)
    expect(fixed.text).toBe(text)
    const again = analyze(engine, text, { name }).findings
    for (const place of fixed.places) expect(again.filter(({ span }) => overlaps(span, place))).toEqual([])
  },
)

test('twice the same gives the same', () => {
  const [name = ''] = named(/^spun-.*\.txt$/)
  expect(analysed(name)).toEqual(analysed(name))
})
