/** The fast ways of reading say what the slow ones say: our sentence rules, and words that are remembered. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { latinBreaks } from '../../src/document/breaks.ts'
import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import { nextToken, scan } from '../../src/document/scanner.ts'
import { rawTokens } from '../../src/document/tokens.ts'
import { forgottenWords, rememberedWords, type Words } from '../../src/document/words.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** What the segmenter says with line ends as spaces. */
const segmented = (text: string): number[] =>
  [...segmenter.segment(text.replace(/[\n\r\u0085\u2028\u2029]/g, ' '))].map(
    ({ index, segment }) => index + segment.length,
  )

/** The semicolon is left out: Unicode changed its mind about it in version 16. */
const latin = fc
  .array(
    fc.oneof(
      fc.constantFrom('.', '. ', '!', '?', '"', '”', ')', '(', ' ', '\n', ',', '–', 'a', 'B', '7', '…', '_'),
      fc
        .integer({ min: 1, max: 0x24f })
        .filter((unit) => unit !== 0x3b)
        .map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

describe('sentence breaks of Latin text', () => {
  test('law: they are those of Intl.Segmenter', () => {
    fc.assert(
      fc.property(latin, (text) => {
        expect(latinBreaks(text) ?? segmented(text)).toEqual(segmented(text))
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    { text: 'One. Two.', breaks: [5, 9], why: 'a capital behind a full stop' },
    { text: 'one. two', breaks: [8], why: 'a small letter goes on' },
    { text: 'one! two', breaks: [5, 8], why: 'but not behind an exclamation mark' },
    { text: 'it is 3.5. “No.” Yes', breaks: [11, 17, 20], why: 'numbers; marks stay with their sentence' },
    { text: 'a.B', breaks: [3], why: 'a full stop within a name' },
    { text: 'a. (7) b', breaks: [8], why: 'the next letter decides, however far' },
    { text: '', breaks: [], why: 'nothing to cut' },
  ])('"$text": $why', ({ text, breaks }) => {
    expect(latinBreaks(text)).toEqual(breaks)
  })

  test.each([
    { text: 'One. \u65e5', why: 'another script' },
    { text: 'One. e\u0301', why: 'a combining mark' },
    { text: 'One. a\u00ad', why: 'an invisible character' },
  ])('left to the segmenter: $why', ({ text }) => {
    expect(latinBreaks(text)).toBeUndefined()
  })
})

/** Every token of the text as one line, with what the memory has a hand in. */
function scanned(text: string, words: Words): string[] {
  const token = scan(text, text.length, words)
  const out: string[] = []
  while (nextToken(token))
    out.push(`${token.kind} ${token.start}-${token.end} ${token.surface} ${token.key} ${token.shape}`)
  return out
}

const wordy = fc
  .array(
    fc.constantFrom(
      'it',
      'It',
      'IT',
      "'s",
      '’s',
      '’S',
      "'",
      'don’t',
      ' ',
      ' ',
      '.',
      '-',
      'é',
      'É',
      'e\u0301',
      '7th',
    ),
    { maxLength: 80 },
  )
  .map((parts) => parts.join(''))

describe('remembered words', () => {
  test('law: a memory changes nothing, however small and full it is', () => {
    fc.assert(
      fc.property(fc.array(wordy, { maxLength: 4 }), (texts) => {
        const small: Words = [undefined, undefined]
        const large = rememberedWords()
        for (const text of texts) {
          const plain = scanned(text, forgottenWords())
          expect(scanned(text, small)).toEqual(plain)
          expect(scanned(text, large)).toEqual(plain)
        }
      }),
    )
  })

  test('law: surfaces are slices, and a limit reads what a slice reads', () => {
    fc.assert(
      fc.property(wordy, fc.nat(), (text, cut) => {
        const limit = text.length === 0 ? 0 : cut % text.length
        const token = scan(text, limit, rememberedWords())
        const found: unknown[] = []
        while (nextToken(token)) {
          const { kind, start, end, key, surface } = token
          expect(surface).toBe(text.slice(start, end))
          found.push({ kind, start, end, key })
        }
        expect(found).toEqual(rawTokens(text.slice(0, limit)))
      }),
    )
  })

  test('addresses and numbers stop at the end of their sentence', () => {
    const sentences = readSentences(
      document('Write to a@example.org. See www.example.org/a. B?Cd', { format: 'text' }),
    )
    expect(sentences.map(({ tokens }) => tokens.map(({ surface }) => surface))).toEqual([
      ['Write', 'to', 'a@example.org', '.'],
      ['See', 'www.example.org/a', '.'],
      ['B', '?'],
      ['Cd'],
    ])
  })
})
