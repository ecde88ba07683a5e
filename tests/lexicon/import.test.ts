import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDictionary } from '../../src/lexicon/check.ts'
import { problemText } from '../../src/lexicon/entry.ts'
import { readCondition } from '../../src/lexicon/import-condition.ts'
import { csvRows } from '../../src/lexicon/import-csv.ts'
import { draftsAsEntries, type EntryDraft } from '../../src/lexicon/import-draft.ts'
import { type ImportFormat, importList } from '../../src/lexicon/import-list.ts'
import { PatternError } from '../../src/lexicon/pattern.ts'
import { inflections } from './dictionaries.ts'

const HEADER = { origin: 'test', licence: 'MIT', date: '2026-11-23' }
const imported = (text: string, format: ImportFormat) => {
  const { drafts, problems } = importList({ name: 'list', text }, format)
  return { drafts, problems: problems.map(problemText) }
}
/** What the check says to the entries as they would be written. */
const checked = (drafts: readonly EntryDraft[]): readonly string[] =>
  checkDictionary([{ name: 'x.yaml', text: draftsAsEntries(drafts, HEADER) }], inflections).map(problemText)

describe('csvRows', () => {
  test.each([
    {
      text: 'a,b\nc,d\n',
      rows: [
        ['a', 'b'],
        ['c', 'd'],
      ],
      why: 'two rows',
    },
    {
      text: 'a,"b, ""c"""\r\nd',
      rows: [['a', 'b, "c"'], ['d']],
      why: 'quoted cell with separator and quotes, CRLF',
    },
    {
      text: '\ufeffa,\n\n,b',
      rows: [
        ['a', ''],
        ['', 'b'],
      ],
      why: 'byte order mark, empty cells, empty line',
    },
    { text: '"a\nb",c', rows: [['a\nb', 'c']], why: 'line end within quotes' },
    { text: '"a",', rows: [['a', '']], why: 'empty last cell behind a quoted one' },
  ])('$why', ({ text, rows }) => {
    expect([...csvRows(text, ',')].map(({ cells }) => cells)).toEqual(rows)
  })

  test('between tabs a quotation mark may be text; lines are counted through quoted line ends', () => {
    const rows = [...csvRows('"x y" AND "z"\t1\n"p\nq"\t2\nr\t3', '\t')]
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, '"x y" AND "z"', '1'],
      [2, 'p\nq', '2'],
      [4, 'r', '3'],
    ])
  })

  test('a quote that never closes spoils its own line only', () => {
    const rows = [...csvRows('"a,b\nc,d\n"e"f,g\nh,i', ',')]
    expect(rows.map(({ fault, cells }) => fault ?? cells)).toEqual([
      'text follows the closing quote of "a,b\nc,d\n"',
      ['h', 'i'],
    ])
    expect([...csvRows('a,b\n"c,d\ne,f', ',')].map(({ fault }) => fault === undefined)).toEqual([
      true,
      false,
      true,
    ])
  })

  test('what is written as RFC 4180 is read back', () => {
    const cell = fc.string({ maxLength: 8 }).map((text) => text.replaceAll('\r', ''))
    const row = fc.array(cell, { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        const text = rows
          .map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\n')
        expect([...csvRows(text, ',')].map(({ cells }) => cells)).toEqual(rows)
      }),
      { numRuns: 300 },
    )
  })
})

describe('readCondition', () => {
  test.each([
    { text: '', guards: [{}], why: 'nothing asked' },
    {
      text: 'AND "surface area"',
      guards: [{ document: { all: ['area'] } }],
      why: 'words the wording has are no condition',
    },
    { text: 'AND heat flow', guards: [{ document: { all: ['heat', 'flow'] } }], why: 'bare words' },
    {
      text: 'NOT "with macs"',
      guards: [{ document: { none: ['macs'] } }],
      why: 'the longest word stands for a phrase',
    },
    {
      text: 'AND ("rat" OR mouse)',
      guards: [{ document: { any: ['rat', 'mouse'] } }],
      why: 'single words are alternatives of one guard',
    },
    {
      text: 'AND ("on the whole" OR equation) NOT toy',
      guards: [
        { document: { all: ['on', 'the', 'whole'], none: ['toy'] } },
        { document: { all: ['equation'], none: ['toy'] } },
      ],
      why: 'a phrase among alternatives makes a guard of each',
    },
    {
      text: 'NEAR/5 ("tank" OR "pump")',
      guards: [{ near: { words: ['tank', 'pump'], within: 5 } }],
      why: 'near keeps its distance',
    },
    {
      text: 'near "tank"',
      guards: [{ near: { words: ['tank'], within: 10 } }],
      why: 'near without a distance',
    },
    { text: 'AND NOT toy', guards: [{ document: { none: ['toy'] } }], why: 'AND NOT is NOT' },
    { text: 'AND "surface region"', guards: [{}], why: 'the wording itself always stands there' },
  ])('$text: $why', ({ text, guards }) => {
    expect(readCondition(text, 'surface region')).toEqual(guards)
  })

  test.each([
    { text: 'AND optimiz*', says: '"optimiz*" is cut off' },
    { text: 'NOT "surface region"', says: 'has no word that the wording has not' },
    { text: 'AND "heat', says: 'leaves a quotation mark open' },
    { text: 'AND ("a" OR "b"', says: 'leaves a group open' },
    { text: 'AND (a b)', says: 'leaves a group open' },
    { text: 'AND', says: 'lacks a word or phrase' },
    { text: 'AND )', says: 'lacks a word or phrase' },
    { text: 'NEAR x NEAR y', says: 'asks for two near words' },
    {
      text: `AND (${Array.from({ length: 17 }, (_, n) => `"w${n} v"`).join(' OR ')})`,
      says: 'more than 16 entries',
    },
    { text: 'x'.repeat(1001), says: 'a constraint of 1001 units' },
  ])('$text is refused: $says', ({ text, says }) => {
    expect(() => readCondition(text, 'surface region')).toThrow(says)
  })

  test('any text gives guards or a PatternError, quickly', () => {
    const part = fc.constantFrom('AND', 'OR', 'NOT', 'NEAR/5', 'near', '(', ')', '"', 'x', '"a b"', 'y*', ' ')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        try {
          expect(readCondition(parts.join(' '), 'surface region').length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(PatternError)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a list of tortured phrases', () => {
  const HEAD = 'spun,expected,flags,pps_papers,context_constraint,pps_query\n'

  test('guards, numbers and status are kept, and the entries pass the check', () => {
    const { drafts, problems } = imported(
      `${HEAD}metal shell,metal case,needs-context,42,"AND ""metal case"" NOT snail",\nslope climb gradient,gradient ascent,proximity~5,7,,\nodd (rare) words?,strange words,,1,,\n`,
      'tortured-csv',
    )
    expect(problems).toEqual([])
    expect(
      drafts.map(({ spun, originals, guard }) => ({ spun, original: originals[0]?.text, guard })),
    ).toEqual([
      {
        spun: 'metal shell',
        original: 'metal case',
        guard: { document: { all: ['case'], none: ['snail'] } },
      },
      { spun: 'slope climb', original: 'ascent', guard: { near: { words: ['gradient'], within: 5 } } },
      { spun: 'odd (rare) words?', original: 'strange words', guard: undefined },
    ])
    const text = draftsAsEntries(drafts, HEADER)
    expect(text.match(/status: candidate/g)).toHaveLength(3)
    expect(text).toContain('papers: 42; flags: needs-context')
    expect(text).toContain('spun: "odd \\\\(rare\\\\) words\\\\?"')
    expect(checked(drafts)).toEqual([])
  })

  test('the same wording twice is one entry with two originals; without a head the columns are in order', () => {
    const { drafts } = imported(
      'metal shell\tmetal case\nmetal shell\tsteel hull\nmetal shell\tmetal case\n',
      'tortured-csv',
    )
    expect(drafts).toHaveLength(1)
    expect(drafts[0]?.originals.map(({ text }) => text)).toEqual(['metal case', 'steel hull'])
  })

  test('other names of columns, in another order', () => {
    const { drafts } = imported('Expected phrase;x,Tortured phrase\nmetal case,metal shell\n', 'tortured-csv')
    expect(drafts.map(({ spun }) => spun)).toEqual(['metal shell'])
  })

  test('what makes no entry is told with its line, the others stay', () => {
    const { drafts, problems } = imported(
      `${HEAD},metal case,,,,\n"metal shell"x,metal case,,,,\nlong word,see the handbook,gloss-not-phrase,,,\nsame words,Same words,,,,\na b,c,,,AND d*,\nmetal shell,metal case,,,,\n${'w '.repeat(13)},x,,,,\n`,
      'tortured-csv',
    )
    expect(drafts.map(({ spun }) => spun)).toEqual(['metal shell'])
    expect(problems.map((text) => text.split('\n')[0])).toEqual([
      'list:2: no spun wording',
      'list:3: text follows the closing quote of "metal shell"',
      'list:4: "see the handbook" explains the wording, nobody wrote it',
      expect.stringMatching(/^list:5: "same words" has itself as original/),
      expect.stringMatching(/^list:6: "d\*" is cut off/),
      expect.stringMatching(/^list:8: .* has 13 tokens; the longest match is 12/),
    ])
  })

  test('any cells give entries that the check accepts', () => {
    const word = fc.constantFrom(
      'metal',
      'shell',
      'x-ray',
      '(a)',
      'b?',
      "it's",
      '7',
      '<b>',
      '*c',
      '"',
      ']',
      '\\',
    )
    const cell = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(
        cell,
        cell,
        fc.constantFrom('', 'AND steel', 'NEAR/2 steel', 'NOT steel'),
        (spun, original, constraint) => {
          const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
          const { drafts } = imported(
            `${HEAD}${quote(spun)},${quote(original.replaceAll(/[<*]/g, ''))},,1,${constraint},\n`,
            'tortured-csv',
          )
          expect(
            checked(drafts).filter((text) => text.includes('not YAML') || text.includes('is missing')),
          ).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })
})
