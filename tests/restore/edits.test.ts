/** What fixing leaves behind: breaks, marks and tags stay, no space and no capital is lost or too many. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splice } from '../../src/document/splice.ts'
import { analyzeText } from '../../src/pipeline.ts'
import { applyFindings } from '../../src/restore/apply.ts'
import { fixEdits } from '../../src/restore/edits.ts'
import type { InputFormat, Token } from '../../src/types.ts'
import { sentenceOf, TINY_WORDS, tinyEngine } from './tiny.ts'

const engine = await tinyEngine()

/** `marked` with the wording in 〔〕 replaced; markup inside it parts its words. */
function fixed(marked: string, replacement: string, format: InputFormat): string {
  const start = marked.indexOf('〔')
  const end = marked.indexOf('〕') - 1
  const text = marked.replace('〔', '').replace('〕', '')
  const plain = text.slice(start, end).replace(/<[^>]*>|[*_>]+/g, (mark) => ' '.repeat(mark.length))
  const tokens: Token[] = sentenceOf(plain).tokens.map((token) => ({
    ...token,
    span: { start: token.span.start + start, end: token.span.end + start },
  }))
  return splice(text, fixEdits({ text, format, from: 0 }, tokens, replacement))
}

describe('deletions', () => {
  test.each([
    { at: 'a 〔very〕 old cat', gives: 'a old cat', why: 'takes the space before' },
    { at: '\n  〔very〕 old cat', gives: '\n  old cat', why: 'at the start of a line the one behind' },
    { at: '(〔very〕 old)', gives: '(old)', why: 'behind a bracket, too' },
    { at: 'a\u00a0〔very〕 old cat', gives: 'a old cat', why: 'whatever kind of space' },
    { at: 'it is 〔very〕, he said', gives: 'it is, he said', why: 'none is left before a comma' },
    { at: 'the 〔very〕\nold cat', gives: 'the\nold cat', why: 'a line break stays' },
    { at: 'well〔-〕liked', gives: 'wellliked', why: 'nothing is put in' },
  ])('$at: $why', ({ at, gives }) => {
    expect(fixed(at, '', 'text')).toBe(gives)
  })

  test.each([
    { at: 'a **〔very〕** old cat', format: 'md', gives: 'a old cat', why: 'emphasis of nothing' },
    { at: '**〔very〕 old** cat', format: 'md', gives: '**old** cat', why: 'the first word of it' },
    { at: 'a **very 〔old〕** cat', format: 'md', gives: 'a **very** cat', why: 'the last word of it' },
    { at: 'a <b>〔very〕 old</b> cat', format: 'html', gives: 'a <b>old</b> cat', why: 'a tag stays' },
    {
      at: 'the <b>cat</b>〔’s〕 old house',
      format: 'html',
      gives: 'the <b>cat</b> old house',
      why: 'words stay apart',
    },
    { at: 'the **cat**〔’s〕 old house', format: 'md', gives: 'the **cat** old house', why: 'there as well' },
  ] as const)('$at: $why', ({ at, format, gives }) => {
    expect(fixed(at, '', format)).toBe(gives)
  })
})

describe('line breaks inside a place', () => {
  test.each([
    { at: 'uses 〔gadget\nmastering〕 now', reads: 'machine learning', gives: 'uses machine\nlearning now' },
    {
      at: 'a 〔gadget\r\n  mastering〕 lab',
      reads: 'machine learning',
      gives: 'a machine\r\n  learning lab',
    },
    { at: 'a big 〔imaginative\nand prescient〕.', reads: 'vision', gives: 'a big\nvision.' },
    { at: 'a busy 〔time\ntable〕 and no time', reads: 'schedule', gives: 'a busy schedule\nand no time' },
    { at: 'a 〔time\ntable〕 - and', reads: 'schedule', gives: 'a\nschedule - and' },
    { at: '〔time\ntable〕', reads: 'schedule', gives: 'schedule' },
    { at: 'one 〔of the\nvery few〕 left', reads: 'of few', gives: 'one of\nfew left' },
  ])('$at ← $reads', ({ at, reads, gives }) => {
    expect(fixed(at, reads, 'text')).toBe(gives)
  })
})

describe('markup inside a place', () => {
  test.each([
    {
      at: 'a 〔third **birthday** celebration〕 has',
      reads: 'third-party',
      format: 'md',
      gives: 'a third-party has',
    },
    {
      at: '> big 〔imaginative\n> and prescient〕.',
      reads: 'vision',
      format: 'md',
      gives: '> big vision\n>.',
    },
    {
      at: 'from a 〔third <b>birthday</b> celebration〕 has',
      reads: 'third-party',
      format: 'html',
      gives: 'from a third-party <b></b> has',
    },
    {
      at: 'came <i>〔in spite</i> of〕 the',
      reads: 'despite',
      format: 'html',
      gives: 'came <i>despite</i> the',
    },
    {
      at: '**〔Gadget** **mastering〕** is',
      reads: 'Machine learning',
      format: 'md',
      gives: '**Machine** **learning** is',
    },
    {
      at: 'a 〔gadget<br>mastering〕 lab',
      reads: 'machine learning',
      format: 'html',
      gives: 'a machine<br>learning lab',
    },
    {
      at: 'a 〔sun<i class="x y">light</i>〕',
      reads: 'new day',
      format: 'html',
      gives: 'a new <i class="x y">day</i>',
    },
  ] as const)('$at ← $reads', ({ at, reads, format, gives }) => {
    expect(fixed(at, reads, format)).toBe(gives)
  })

  test('a tag inside a word stays, whatever becomes of the word', () => {
    const text = '<p><b>T</b>he the storm came.</p>'
    const token = { span: { start: 6, end: 13 }, surface: 'The' }
    const edits = (reads: string): string =>
      splice(text, fixEdits({ text, format: 'html', from: 0 }, [token], reads))
    expect(edits('')).toBe('<p><b></b> the storm came.</p>')
    expect(edits('A')).toBe('<p><b>A</b> the storm came.</p>')
  })
})

describe('every finding of a text applied', () => {
  const words = TINY_WORDS.filter((word) => /^[a-z ]+$/.test(word))
  const sentence = fc
    .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom('', '', '', ',')), {
      minLength: 2,
      maxLength: 9,
    })
    .map((parts) => {
      const text = parts.map(([word, mark], i) => (i + 1 < parts.length ? word + mark : word)).join(' ')
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
    })
  const texts = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((sentences) => sentences.join(' '))

  test('no doubled space, no space before a mark, no lost capital, no wrong article', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { findings } = analyzeText(engine, { text, problems: [] }, { minConfidence: 0, format: 'text' })
        for (const found of findings)
          for (const suggestion of found.suggestions) {
            const one = applyFindings(text, [{ ...found, suggestions: [suggestion] }], 'text').text
            expect(one).not.toMatch(/ {2}| [,.;:!?]|^ |,,/)
            expect(one).not.toMatch(/(?:^|\. )\p{Ll}/u)
          }
        const all = applyFindings(text, findings, 'text').text
        expect(all).not.toMatch(/ {2}| [,.;:!?]|^ |,,/)
      }),
      { numRuns: 60 },
    )
  })
})
