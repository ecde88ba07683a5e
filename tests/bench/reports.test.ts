/** Reports in Markdown and the prose that timings run on. */
import { describe, expect, test } from 'vitest'
import { accuracyReport } from '../../bench/measure/accuracy-report.ts'
import { labelled } from '../../bench/measure/labelled.ts'
import { decimal, share, table } from '../../bench/measure/markdown.ts'
import type { Observed } from '../../bench/measure/observe.ts'
import { isInstalled, timed } from '../../bench/measure/processes.ts'
import { distinctWords, proseDocuments, sentencesOf } from '../../bench/measure/prose.ts'
import { rate, speedReport } from '../../bench/measure/speed-report.ts'

describe('tables', () => {
  test('numbers stand right, bars are escaped', () => {
    expect(table(['a', 'n:'], [['x|y', 1]])).toBe('| a | n |\n|---|--:|\n| x\\|y | 1 |\n')
  })

  test.each([
    { made: decimal(undefined), is: '–', why: 'not measured is no zero' },
    { made: decimal(Number.NaN), is: '–', why: 'neither is no number' },
    { made: decimal(0.125, 3), is: '0.125', why: 'as many digits as asked' },
    { made: share(1, 8), is: '1 (13 %)', why: 'whole per cent' },
    { made: share(0, 0), is: '0', why: 'no share of nothing' },
  ])('$why', ({ made, is }) => {
    expect(made).toBe(is)
  })
})

describe('accuracy report', () => {
  const observe = (id: string, spun: string | undefined, probability: number): Observed => {
    const doc = labelled(
      'set',
      spun === undefined ? { id, text: 'the bill' } : { id, spun, original: 'the bill' },
    )
    return {
      doc,
      all: [],
      shown: [],
      verdict: { label: 'clean', probability, spinRate: 0, density: 0 },
      fixed: ['the', 'bill'],
      proposed: new Set(),
    }
  }
  const facts = {
    date: '2026-01-02',
    recipe: 'none',
    threshold: 0.5,
    remarks: ['Half of it.'],
    pictures: undefined,
  }

  test('a set meets the clean documents of its own source only', () => {
    const { markdown } = accuracyReport(
      [
        { name: 'own', source: 'samples', state: 'spun', observed: [observe('1', 'the beak', 0.5)] },
        { name: 'own-clean', source: 'samples', state: 'clean', observed: [observe('2', undefined, 0.9)] },
        { name: 'other', source: 'labelled', state: 'spun', observed: [observe('3', 'the beak', 0.5)] },
      ],
      facts,
    )
    expect(markdown).toContain('| own | 0.000 | 0.00 | 0 | 0 | 1 |')
    expect(markdown).toContain('| other | – | – | 0 | 0 | 1 |')
    expect(markdown).toContain('Half of it.')
    expect(markdown).not.toContain('.svg')
  })

  test('pictures are named where they are written', () => {
    const pictures = { reliability: 'r.svg', precisionRecall: 'p.svg' }
    const { markdown } = accuracyReport([], { ...facts, pictures })
    expect(markdown).toContain('(r.svg)')
    expect(markdown).toContain('(p.svg)')
  })
})

describe('speed report', () => {
  const facts = {
    date: '2026-01-02',
    machine: 'A machine.',
    throughput: [
      {
        name: 'clean prose',
        bytes: 3e6,
        ms: 2000,
        words: 500,
        findings: 1,
        peakBytes: 2e8,
        distinct: 7,
        must: 2,
      },
    ],
    compared: [
      { program: 'wc -w', text: 'clean prose', bytes: 3e6, ms: 10 },
      { program: 'codespell', text: 'clean prose', bytes: 3e6, ms: undefined },
    ],
    loadMs: 100,
    loadedBytes: 1e8,
    coldStartMs: 300,
    runs: 5,
    modelFiles: [
      { name: 'a', bytes: 1e6 },
      { name: 'b', bytes: 2e6 },
    ],
  }

  test('a rate is 10⁶ bytes a second', () => {
    expect(rate({ bytes: 3e6, ms: 2000 })).toBeCloseTo(3 / 2, 12)
  })

  test('ratios stand beside, what is absent is named', () => {
    const report = speedReport(facts)
    // 1.5 MB/s against 300 MB/s; one finding in 500 words.
    expect(report).toContain('| clean prose | 3.00 | 7 | 2.00 | 1.500 | ≥ 2 | 300.0 | 0.0050 |')
    expect(report).toContain('Not installed, so not compared: codespell.')
    expect(report).toContain('| all of models/ | 3.0 MB | ≤ 45 MB |')
  })
})

describe('prose for timing', () => {
  const texts = ['The first one. The second one.\n\nA third one stands here.']

  test('sentences come as they stand', () => {
    expect(sentencesOf(texts)).toEqual(['The first one.', 'The second one.', 'A third one stands here.'])
  })

  test('as large as asked, the same for the same seed, another order for another', () => {
    const made = proseDocuments(texts, 20_000, 1)
    expect(made.reduce((sum, text) => sum + Buffer.byteLength(text), 0)).toBeGreaterThanOrEqual(20_000)
    expect(made.length).toBeGreaterThanOrEqual(3)
    expect(proseDocuments(texts, 20_000, 1)).toEqual(made)
    expect(proseDocuments(texts, 20_000, 2)).not.toEqual(made)
    expect(distinctWords(made)).toBe(distinctWords(texts))
  })

  test('nothing to repeat is an error, not an endless loop', () => {
    expect(() => proseDocuments(['  '], 10, 1)).toThrow(/no sentences/)
  })
})

describe('other programs', () => {
  const node = (code: string) => ({ program: process.execPath, arguments: ['-e', code] })

  test('output and time of a run', () => {
    const { ms, runs, output } = timed(node('process.stdout.write("done")'), 1)
    expect({ runs, output }).toEqual({ runs: 1, output: 'done' })
    expect(ms).toBeGreaterThan(0)
  })

  test('a failing run is an error with its last words, unless its exit code means done', () => {
    const failing = node('console.error("no luck"); process.exit(3)')
    expect(() => timed(failing, 1)).toThrow(/exit 3: no luck/)
    expect(timed({ ...failing, done: [3] }, 1).output).toBe('')
  })

  test('what is not there is not installed', () => {
    expect(isInstalled('a-program-that-nobody-has')).toBe(false)
    expect(isInstalled(process.execPath)).toBe(true)
  })
})
