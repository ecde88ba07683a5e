import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import { shapeOf } from '../../src/document/token-keys.ts'
import type { InputFormat, Token } from '../../src/types.ts'

const tokensOf = (text: string, format: InputFormat = 'text'): Token[] =>
  readSentences(document(text, { format })).flatMap(({ tokens }) => tokens)

const sliced = (text: string): string[] =>
  readSentences(document(text, { format: 'text' })).map(({ tokens }) =>
    text.slice(tokens[0]?.span.start, tokens.at(-1)?.span.end),
  )

describe('sentence ends', () => {
  test.each([
    { why: 'plain', text: 'One ends. |Two ends! |Three?' },
    { why: 'a title before a name', text: 'Yesterday Mr. Smith met Dr. Jones. |They spoke.' },
    { why: 'initials', text: 'It was J. R. Smith who wrote it. |He was old.' },
    { why: 'a letter at the end of a sentence', text: 'Now for plan B. |The money was gone.' },
    {
      why: 'a state inside and at the end',
      text: 'The U.S. Senate agreed. |He lives in the U.S. |The house is small.',
    },
    { why: 'a company', text: 'Example Inc. Chief Doe left Example Inc. |He was ill.' },
    { why: 'numbers and dates', text: 'See No. 5 and Fig. 3 of Feb. 11, at 3.5 million. |Good.' },
    { why: 'an hour', text: 'It began at 4 p.m. on Monday. |It ended at 9 p.m. |Then we slept.' },
    { why: 'Latin', text: 'Some, e.g. Smith et al. (2019), did. |Others, i.e. Doe, did not.' },
    { why: 'a list number', text: '1. Take the flour. |Add water.' },
    { why: 'a question that goes on', text: '“Why now?” he asked. |Nobody knew.' },
    { why: 'quotation marks stay with their sentence', text: '“We left.” |“They stayed.”' },
    { why: 'a line end is a space', text: 'The end of\nthe line. |Next one.' },
  ])('$why', ({ text }) => {
    const expected = text.split('|').map((part) => part.trim())
    expect(sliced(text.replaceAll('|', ''))).toEqual(expected)
  })

  test('a sentence longer than a window is one, and one of 20,000 units is cut', () => {
    expect(sliced(`${'word '.repeat(900)}end. Next one.`)).toHaveLength(2)
    const cut = sliced('word '.repeat(10_000))
    expect(cut.length).toBeGreaterThan(1)
    expect(Math.max(...cut.map((text) => text.length))).toBeLessThanOrEqual(20_000)
  })

  test('windows change nothing: many sentences on one line', () => {
    expect(sliced('Mr. Smith said so. '.repeat(2000))).toEqual(Array(2000).fill('Mr. Smith said so.'))
  })
})

describe('tokens', () => {
  test('furniture and code are not read', () => {
    expect(
      tokensOf('<nav>Home</nav><pre>let x</pre><p>Skip to content</p><p>Word', 'html').map(({ key }) => key),
    ).toEqual(['word'])
  })

  test('joined: no white space before', () => {
    const joined = tokensOf('A well-liked (old) man’s.').filter((token) => token.joined)
    expect(joined.map(({ surface }) => surface)).toEqual(['-', 'liked', 'old', ')', '’s', '.'])
  })

  test.each([
    { why: 'straight marks', text: 'He said "yes we can" again', quoted: ['yes', 'we', 'can'] },
    { why: 'typographic marks', text: 'He said “yes” and “no”', quoted: ['yes', 'no'] },
    { why: 'left open, to the end of the passage', text: '“One two.\n\nThree', quoted: ['One', 'two', '.'] },
    { why: 'inches are no quotation', text: 'a 5" pipe and a 6" pipe', quoted: [] },
    { why: 'single quotes are apostrophes', text: "the 'old' house", quoted: [] },
  ])('quoted: $why', ({ text, quoted }) => {
    expect(
      tokensOf(text)
        .filter((token) => token.quoted)
        .map(({ surface }) => surface),
    ).toEqual(quoted)
  })

  test.each([
    ['word', 'lower'],
    ['Word', 'title'],
    ['A', 'title'],
    ['UK', 'upper'],
    ['U.S.', 'upper'],
    ['5G', 'upper'],
    ['iPhone', 'mixed'],
    ['O’Brien', 'mixed'],
    ['2019', 'none'],
    ['”', 'none'],
    ['Éa', 'title'],
    ['東京', 'none'],
  ] as const)('shape of %s: %s', (surface, shape) => {
    expect(shapeOf(surface, surface.toLowerCase())).toBe(shape)
  })

  test('places go through tags and references', () => {
    const text = '<p>I don&rsquo;t like un<b>believ</b>able &amp; odd</p>'
    const tokens = tokensOf(text, 'html')
    expect(tokens.map(({ surface, span }) => [surface, text.slice(span.start, span.end)])).toEqual([
      ['I', 'I'],
      ['don’t', 'don&rsquo;t'],
      ['like', 'like'],
      ['unbelievable', 'un<b>believ</b>able'],
      ['&', '&amp;'],
      ['odd', 'odd'],
    ])
  })
})

describe('laws', () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 8 }),
        fc.constantFrom(
          '\ud800',
          '\udfff',
          '\0',
          '\n',
          '\n\n',
          '. ',
          '" ',
          '“',
          '”',
          'Mr. ',
          ' a',
          'A',
          '<p>',
          '&amp;',
          'e\u0301',
          '\u00ad',
          '@',
        ),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''))

  test.each(['text', 'md', 'html'] as const)('%s: tokens ordered, disjoint, inside the text', (format) => {
    fc.assert(
      fc.property(hostile, (text) => {
        let at = 0
        for (const { span, surface } of tokensOf(text, format)) {
          expect(span.start).toBeGreaterThanOrEqual(at)
          expect(span.end).toBeGreaterThan(span.start)
          expect(surface).not.toBe('')
          at = span.end
        }
        expect(at).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 300 },
    )
  })

  test('plain text: spans slice back to the surface', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const { span, surface } of tokensOf(text)) expect(text.slice(span.start, span.end)).toBe(surface)
      }),
      { numRuns: 300 },
    )
  })

  test('five million units on one line are read in bounded memory', () => {
    const text = 'Nobody knows, said Mr. Smith, why the old bridge was closed. '.repeat(82_000)
    let count = 0
    for (const { tokens } of readSentences(document(text, { format: 'text' }))) count += tokens.length
    // 15 tokens a sentence: eleven words, two commas, a full stop and one behind "Mr".
    expect(count).toBe(15 * 82_000)
  })
})
