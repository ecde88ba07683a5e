/** Laws of the whole way, for any text at all, on an engine small enough to run thousands of times. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  analyzeText,
  decodeInput,
  explainText,
  type Knowledge,
  restoreText,
  type Stage,
} from '../src/pipeline.ts'
import type { Analysis, Finding, InputFormat } from '../src/types.ts'
import { TINY_WORDS, tinyEngine } from './restore/tiny.ts'

const engine: Knowledge = await tinyEngine()

const analysed = (text: string, format: InputFormat, minConfidence = 0): Analysis =>
  analyzeText(engine, { text, problems: [] }, { format, minConfidence })

const FORMATS = ['text', 'md', 'html'] as const
const format = fc.constantFrom<InputFormat>(...FORMATS)

/** Code units of any kind, lone surrogates and control characters with them. */
const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
  .map((codes) => String.fromCharCode(...codes))
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TINY_WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: units },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<b>',
      '</b>',
      '<p',
      '&nbsp;',
      '&#0;',
      '**',
      '```',
      '> ',
      '\r',
      '\u00ad',
      '\u200b',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'constructor',
      '__proto__',
      '3,920',
      'a@b.cd',
      'http://x.yz/?a',
      "don't",
      'U.S.',
    ),
  },
)
/** Words the engine reacts to, with anything between them. */
const anyText = fc
  .array(fc.tuple(piece, fc.constantFrom(' ', ' ', ' ', '', '\n', '  ')), { maxLength: 30 })
  .map((pieces) => pieces.flat().join(''))

/** Without white space and what is read as such: how a place reads, however it is laid out. */
const squeezed = (text: string): string => text.replace(/[\s\p{Z}\p{Cc}\u200b\ufeff\u00ad]/gu, '')

describe('any text', () => {
  test('is analysed: findings ordered, disjoint, inside the text, with numbers in range', () => {
    fc.assert(
      fc.property(anyText, format, (text, how) => {
        const { findings, verdict, words, document } = analysed(text, how)
        expect(document.text).toBe(text)
        let at = 0
        for (const { span, confidence, suggestions, tokens } of findings) {
          expect(span.start).toBeGreaterThanOrEqual(at)
          expect(span.end).toBeGreaterThan(span.start)
          at = span.end
          expect(confidence >= 0 && confidence <= 1).toBe(true)
          expect(suggestions.length >= 1 && suggestions.length <= 10).toBe(true)
          for (const { probability } of suggestions) expect(probability >= 0 && probability <= 1).toBe(true)
          expect(tokens[0]?.span.start).toBe(span.start)
          expect(tokens.at(-1)?.span.end).toBe(span.end)
        }
        expect(at).toBeLessThanOrEqual(text.length)
        for (const share of [verdict.probability, verdict.spinRate])
          expect(share >= 0 && share <= 1).toBe(true)
        expect(verdict.density).toBeCloseTo(words === 0 ? 0 : (1000 * findings.length) / words, 9)
      }),
      { numRuns: 150 },
    )
  })

  test('in plain text a finding reads as its place', () => {
    let seen = 0
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { span, surface } of analysed(text, 'text').findings) {
          seen += 1
          const slice = text.slice(span.start, span.end)
          expect(squeezed(surface)).toBe(squeezed(slice))
          if (!/[^\S ]| {2}|[\p{Cc}\u200b\ufeff\u00ad]/u.test(slice)) expect(surface).toBe(slice)
        }
      }),
      // A fixed seed: whether enough texts have a finding must not depend on the day.
      { numRuns: 200, seed: 20 },
    )
    expect(seen).toBeGreaterThan(50)
  })

  test('twice the same gives the same', () => {
    fc.assert(
      fc.property(anyText, format, (text, how) => {
        expect(analysed(text, how)).toEqual(analysed(text, how))
      }),
      { numRuns: 40 },
    )
  })

  test('what came before leaves no trace', async () => {
    const text = 'The Joint States have stop ties with an job.'
    const fresh = await tinyEngine()
    expect(analysed(text, 'text')).toEqual(
      analyzeText(fresh, { text, problems: [] }, { format: 'text', minConfidence: 0 }),
    )
  })

  test('a higher threshold shows no more', () => {
    fc.assert(
      fc.property(anyText, format, fc.double({ min: 0, max: 1, noNaN: true }), (text, how, least) => {
        const all = analysed(text, how).findings
        const fewer = analysed(text, how, least).findings
        expect(fewer.length).toBeLessThanOrEqual(all.length + articles(fewer))
        for (const finding of fewer) {
          expect(finding.confidence).toBeGreaterThanOrEqual(least)
          // A finding on an article gives way to one that takes the article along; nothing else may differ.
          expect(all.some((other) => same(other, finding) || tookArticle(other, finding))).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('is restored, and explained at every stage', () => {
    const stages: readonly Stage[] = ['tokens', 'candidates', 'lattice', 'paths']
    fc.assert(
      fc.property(anyText, format, fc.constantFrom(...stages), fc.nat(50), (text, how, stage, at) => {
        const { applied, text: fixed } = restoreText(engine, { text, problems: [] }, { format: how })
        if (applied.length === 0) expect(fixed).toBe(text)
        const data = explainText(engine, { text, problems: [] }, { format: how, stage, at })
        expect(typeof JSON.stringify(data)).toBe('string')
      }),
      { numRuns: 60 },
    )
  })

  test('any bytes are decoded and analysed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        const input = decodeInput(bytes, {})
        const { findings, problems } = analyzeText(engine, input, { minConfidence: 0 })
        for (const { span } of findings) expect(span.end).toBeLessThanOrEqual(input.text.length)
        for (const problem of problems) expect(problem.message === '' || problem.fix === '').toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})

const same = (a: Finding, b: Finding): boolean => a.span.start === b.span.start && a.span.end === b.span.end
const tookArticle = (wider: Finding, finding: Finding): boolean =>
  wider.tokens.length > 1 &&
  /^an?$/.test(wider.tokens[0]?.key ?? '') &&
  wider.span.start < finding.span.end &&
  finding.span.start <= wider.span.start
const articles = (findings: readonly Finding[]): number =>
  findings.filter(({ tokens }) => /^an?$/.test(tokens.at(-1)?.key ?? '')).length

describe('options', () => {
  const text = 'It took a job to read the letters. The two towns have stop ties.'
  const surfaces = (options: object): readonly string[] =>
    analyzeText(engine, { text, problems: [] }, options).findings.map(({ surface }) => surface)

  test.each([
    { options: {}, shows: ['a job', 'stop'], why: 'both at the default threshold' },
    { options: { allow: new Set(['stop']) }, shows: ['a job'], why: 'an allowed wording is not shown' },
    { options: { allow: new Set(['job']) }, shows: ['stop'], why: 'nor with an article that came along' },
    { options: { allow: new Set(['sto']) }, shows: ['a job', 'stop'], why: 'wordings are allowed whole' },
    { options: { minConfidence: 1.1 }, shows: [], why: 'nothing is that sure' },
  ])('$why', ({ options, shows }) => {
    expect(surfaces(options)).toEqual(shows)
  })

  test('an ignored line stays silent and the rest does not', () => {
    const lines = 'They have stop ties. unspin-ignore\n\nThe two towns have stop ties.\n'
    const { findings } = analyzeText(engine, { text: lines, problems: [] })
    expect(findings.map(({ span }) => span.start)).toEqual([lines.lastIndexOf('stop')])
  })

  test('the document keeps its name, problems and format', () => {
    const { document, problems } = analyzeText(
      engine,
      { text: ' ', problems: [] },
      { id: 'x', name: 'page.md' },
    )
    expect(document).toMatchObject({ id: 'x', format: 'md' })
    expect(problems.map(({ kind }) => kind)).toEqual(['empty'])
  })
})

test('fixes from a low confidence on are found where they lie below what is shown', () => {
  const text = 'the crew made a loaf for the week'
  const fixedFrom = (applyAbove?: number) =>
    restoreText(engine, { text, problems: [] }, applyAbove === undefined ? {} : { applyAbove })
  expect(fixedFrom().applied).toEqual([])
  const { applied, text: fixed } = fixedFrom(0.02)
  expect(fixed).toBe('the crew made a bread for the week')
  expect(applied[0]?.confidence).toBeLessThan(engine.weights.thresholds.minConfidence)
})

test('a long line is read in bounded time', () => {
  const long = 'the two towns have stop ties with an job '.repeat(500)
  const started = performance.now()
  const { findings } = analysed(long, 'text', 0.5)
  expect(findings.length).toBeGreaterThan(100)
  expect(performance.now() - started).toBeLessThan(20_000)
})

test('the article alone: what stands around it is neither flagged nor changed', () => {
  const spun = 'The profound learning is a sort of the counterfeit consciousness of the organization. '
  const page = `<body><div class="sidebar comment"><p>${spun}</p></div><article><h1>Of it</h1>${`<p>${spun.repeat(4)}</p>`.repeat(4)}</article></body>`
  const from = page.indexOf('<article>')
  const given = { text: page, problems: [] }
  const all = analyzeText(engine, given, { format: 'html', minConfidence: 0 })
  expect(all.findings.some(({ span }) => span.start < from)).toBe(true)
  const { analysis, text, applied } = restoreText(engine, given, {
    format: 'html',
    content: 'main',
    minConfidence: 0,
    applyAbove: 0,
  })
  expect(analysis.findings.length).toBeGreaterThan(0)
  expect(analysis.findings.every(({ span }) => span.start > from)).toBe(true)
  expect(applied.length).toBeGreaterThan(0)
  expect(text.slice(0, from)).toBe(page.slice(0, from))
  expect(text.replaceAll(/[^<>]+(?=<)/g, '')).toBe(page.replaceAll(/[^<>]+(?=<)/g, ''))
})
