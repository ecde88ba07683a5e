/** The counting behind `npm run worth`: variants, tallies with the tiny engine, outcomes of tortured phrases. */
import { beforeAll, describe, expect, test } from 'vitest'
import { labelled } from '../../bench/measure/labelled.ts'
import {
  carrier,
  obtained,
  reach,
  sample,
  type TorturedRow,
  torturedRows,
} from '../../bench/measure/tortured.ts'
import { missedLines, torturedReport } from '../../bench/measure/tortured-report.ts'
import { counter, NOTHING, type Reader, sum } from '../../bench/measure/worth-count.ts'
import { worthReport } from '../../bench/measure/worth-report.ts'
import { partOf, variants } from '../../bench/measure/worth-variants.ts'
import type { Dictionary } from '../../src/lexicon/trie.ts'
import type { Knowledge } from '../../src/pipeline.ts'
import { NOTHING_PREPARED } from '../../src/restore/prepared.ts'
import type { Finding } from '../../src/types.ts'
import { compiled, entryFile, habitsFile } from '../lexicon/dictionaries.ts'
import { tinyEngine } from '../restore/tiny.ts'

describe('variants', () => {
  const all = variants(['habits/a.tsv', 'habits/words-1.tsv', 'habits/words-2.tsv'], ['phrases/p.yaml'])

  test.each([
    { name: 'thesauri only', files: [], why: 'the ground everything is compared with' },
    {
      name: '+ habits',
      files: ['habits/a.tsv', 'habits/words-1.tsv', 'habits/words-2.tsv'],
      why: 'one folder alone',
    },
    { name: '+ phrases', files: ['phrases/p.yaml'], why: 'the other alone' },
    {
      name: 'all − habits/words-*.tsv',
      files: ['habits/a.tsv', 'phrases/p.yaml'],
      why: 'numbered lists are one part',
    },
    {
      name: 'all − phrases/p.yaml',
      files: ['habits/a.tsv', 'habits/words-1.tsv', 'habits/words-2.tsv'],
      why: 'any other file is a part of its own',
    },
  ])('$name: $why', ({ name, files }) => {
    expect([...(all.find((variant) => variant.name === name)?.files ?? ['no such variant'])]).toEqual(files)
  })

  test('three parts, four full variants', () => {
    expect(all.map(({ kind }) => kind)).toEqual([
      ...Array<string>(4).fill('full'),
      ...Array<string>(3).fill('without'),
    ])
  })

  test('a name without a number is its own part', () => {
    expect(partOf('habits/marketing.tsv')).toBe('habits/marketing.tsv')
  })
})

describe('counts of a document', () => {
  let engine: Knowledge
  let reader: Reader
  beforeAll(async () => {
    engine = await tinyEngine()
    const { prepare } = engine.lexicon
    reader = { knowledge: engine, tried: prepare, listed: prepare, printed: engine.lexicon.printed }
  })
  const doc = labelled('tiny', {
    id: '1',
    spun: 'The vessels stayed in the seaport. The museum uses profound gaining knowledge of for the old letters.',
    original: 'The ships stayed in the harbour. The museum uses deep learning for the old letters.',
  })
  const habits = (): Dictionary => compiled(habitsFile(['harbour~n~seaport']))
  const entries = (): Dictionary =>
    compiled(
      entryFile(
        'spun: vessels, original: ships',
        'spun: profound gaining knowledge of, original: deep learning',
      ),
    )

  test.each([
    { why: 'no source knows the originals', with: (): Dictionary[] => [], listed: 0, phraseFirst: 0 },
    { why: 'a habit knows one word', with: () => [habits()], listed: 1, phraseFirst: 0 },
    { why: 'entries know the other and the phrase', with: () => [entries()], listed: 1, phraseFirst: 1 },
    { why: 'together they know all', with: () => [entries(), habits()], listed: 2, phraseFirst: 1 },
  ])('$why', ({ with: dictionaries, listed, phraseFirst }) => {
    const tally = counter(reader, doc)(dictionaries())
    expect(tally).toMatchObject({
      documents: 1,
      words: 6 + 11,
      oneWord: 2,
      listed,
      tried: listed,
      phrases: 1,
      phraseFirst,
      phraseFive: phraseFirst,
    })
  })

  test('what is listed but cut before it is tried counts as listed only', () => {
    const cut = { ...reader, tried: () => NOTHING_PREPARED }
    const known = labelled('tiny', { id: '2', spun: 'stop ties help', original: 'close ties help' })
    expect(counter(cut, known)([])).toMatchObject({ oneWord: 1, listed: 1, tried: 0 })
  })

  test('dictionaries that say the same give the same counts, others do not', () => {
    const count = counter(reader, doc)
    expect(count([entries()])).toBe(count([entries()]))
    expect(count([entries()])).not.toEqual(count([]))
  })

  test('tallies add up', () => {
    expect(
      sum([
        { ...NOTHING, words: 3, first: 1 },
        { ...NOTHING, words: 4 },
      ]),
    ).toEqual({
      ...NOTHING,
      words: 3 + 4,
      first: 1,
    })
  })
})

test('the report gives shares of the set and what a file wins on the same documents', () => {
  const all = variants(['habits/a.tsv'], [])
  const tally = { ...NOTHING, documents: 1, words: 10, candidates: 40, oneWord: 4, phrases: 2 }
  const known = { ...tally, listed: 3, phraseFive: 1 }
  const tallies = new Map(
    all.map((variant) => [variant, variant.kind === 'without' ? [tally] : [known, known]]),
  )
  const alarms = new Map([
    [
      'c',
      new Map(
        all.map((variant) => [variant, { words: 2000, entries: variant.kind === 'full' ? 1 : 0, habits: 9 }]),
      ),
    ],
  ])
  const sizes = new Map(all.map((variant) => [variant, { pairs: variant.files.size * 5, entries: 0 }]))
  const lines = worthReport({ variants: all, sets: [{ name: 's', tallies }], alarms, sizes }).split('\n')
  // 6 of 8 listed, 80 candidates on 20 words, 2 of 4 phrases in five.
  expect(lines).toContain('| all | 5 | 0 | 75.0 % | 0.0 % | 4.0 | 0.0 % | 0.0 % | 0.0 % | 50.0 % |')
  // Of the first document only: 3 − 0 listed, 1 − 0 phrases; 1 more per 1,000 in 2,000 words.
  expect(lines).toContain('| habits/a.tsv | 5 |  | +3 | 0 | 0.00 | 0 | 0 | 0 | +1 | +2 |')
})

describe('tortured phrases', () => {
  const HEAD = 'spun\texpected\tflags\tpapers\n'
  const row = (spun: string, ...expected: string[]): TorturedRow => ({ spun, expected, flags: '', papers: 1 })

  test.each([
    { line: 'a\tb c; d\t\t7', expected: ['b c', 'd'], why: 'a semicolon parts alternatives' },
    { line: 'a\tb or c\t\t7', expected: ['b', 'c'], why: 'and so does "or"' },
    { line: 'a\torder\t\t7', expected: ['order'], why: '"or" inside a word does not' },
    { line: 'a\t\\"no lunch\\" b\t\t7', expected: ['no lunch b'], why: 'quotation marks are the table’s' },
  ])('$why', ({ line, expected }) => {
    expect(torturedRows(HEAD + line)).toEqual([{ spun: 'a', expected, flags: '', papers: 7 }])
  })

  test('another table is refused', () => {
    expect(() => torturedRows('id\ttext\n1\tx')).toThrow(/columns/)
  })

  test('a sample is the same every time, in order, without repeats', () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({ ...row('x', 'y'), papers: i }))
    const drawn = sample(rows, 10).map(({ papers }) => papers)
    expect(drawn).toEqual(sample(rows, 10).map(({ papers }) => papers))
    expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b))
    expect(drawn).toHaveLength(10)
  })

  /** A finding on `surface` of the carrier; nothing else of it is looked at. */
  const found = (spun: string, surface: string, ...texts: string[]): Finding => {
    const start = carrier(spun).indexOf(surface)
    return {
      span: { start, end: start + surface.length },
      surface,
      confidence: 0.9,
      kind: 'word',
      suggestions: texts.map((text) => ({ text, probability: 1 / texts.length })),
      evidence: [{ kind: 'context', text: '' }],
      inQuotation: false,
      tokens: [],
    }
  }

  test.each([
    { findings: [['profound learning', 'deep learning']], outcome: 'first', why: 'the whole phrase' },
    { findings: [['profound', 'DEEP']], outcome: 'first', why: 'a part, the rest as it stands, any case' },
    { findings: [['profound', 'a', 'b', 'c', 'd', 'deep']], outcome: 'toFive', why: 'the fifth counts' },
    {
      findings: [['profound', 'a', 'b', 'c', 'd', 'e', 'deep']],
      outcome: undefined,
      why: 'the sixth does not',
    },
    {
      findings: [['paper', 'deep learning']],
      outcome: undefined,
      why: 'findings beside the phrase are none of it',
    },
    {
      findings: [['describes profound', 'describes deep']],
      outcome: 'first',
      why: 'a finding may reach beyond it',
    },
  ])('$why: $outcome', ({ findings, outcome }) => {
    const spun = 'profound learning'
    const list = findings.map(([surface = '', ...texts]) => found(spun, surface, ...texts))
    expect(obtained(row(spun, 'deep learning'), list)).toBe(outcome)
  })

  test('first suggestions of several findings count together, a second one only as one of five combinations', () => {
    const spun = 'bogus acumen'
    const wanted = row(spun, 'artificial intelligence')
    const first = found(spun, 'bogus', 'artificial', 'fake')
    expect(obtained(wanted, [first, found(spun, 'acumen', 'intelligence')])).toBe('together')
    expect(obtained(wanted, [first, found(spun, 'acumen', 'wit', 'intelligence')])).toBe('combined')
  })

  test.each([
    {
      spun: 'profound learning',
      expected: 'deep learning',
      reach: { outcome: 'proposed', sources: ['entry'], lacking: [] },
      why: 'an entry has it',
    },
    {
      spun: 'tempest charge',
      expected: 'storm price',
      reach: { outcome: 'inParts', sources: [], lacking: [] },
      why: 'each word is known',
    },
    {
      spun: 'tempest museum',
      expected: 'storm barrel',
      reach: { outcome: 'never', sources: [], lacking: ['museum → barrel'] },
      why: 'one word is not',
    },
  ])('$spun: $why', async ({ spun, expected, reach: wanted }) => {
    expect(reach(await tinyEngine(), row(spun, expected))).toEqual(wanted)
  })

  test('the report counts, the lines name what is lacking', () => {
    const results = [
      {
        row: row('a', 'b'),
        outcome: 'first',
        reach: { outcome: 'proposed', sources: ['entry'], lacking: [] },
      },
      {
        row: row('c d', 'e d'),
        outcome: 'never',
        reach: { outcome: 'never', sources: [], lacking: ['c → e'] },
      },
    ] as const
    const lines = torturedReport(results).split('\n')
    expect(lines).toContain('| **obtained, all together** | 1 (50 %) |')
    expect(lines).toContain('| entry | 1 | 1 (100 %) |')
    expect(missedLines(results, 5)).toEqual([
      'missed, by papers (1 in all):',
      '1\tc d → e d\tnever',
      'lacking in every source, by phrases:',
      '1\tc → e',
    ])
  })
})
