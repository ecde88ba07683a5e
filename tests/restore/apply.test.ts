/** Fixes put into the text: nothing else moves, markup stays, and what was fixed is not found again. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnalyzeOptions, analyzeText, type Restored, restoreText } from '../../src/pipeline.ts'
import { applyFindings, isSafe } from '../../src/restore/apply.ts'
import type { Finding, InputFormat } from '../../src/types.ts'
import { findingOf } from '../write/analysis.ts'
import { sentenceOf, TINY_WORDS, tinyEngine } from './tiny.ts'

const engine = await tinyEngine()

const restored = (text: string, options: AnalyzeOptions = {}): Restored =>
  restoreText(engine, { text, problems: [] }, options)

/** Findings at the given wordings, in order, each with one suggestion and real tokens where `from` is plain. */
function findings(text: string, fixes: readonly (readonly [surface: string, fix: string])[]): Finding[] {
  let at = 0
  return fixes.map(([surface, fix]) => {
    const start = text.indexOf(surface, at)
    at = start + surface.length
    const tokens = sentenceOf(surface).tokens.map((token) => ({
      ...token,
      span: { start: token.span.start + start, end: token.span.end + start },
    }))
    return findingOf(text, surface, {
      span: { start, end: at },
      tokens,
      suggestions: [{ text: fix, probability: 1 }],
    })
  })
}

describe('fixes in plain text', () => {
  test.each([
    { text: 'stop ties', fixes: [['stop', 'close']], gives: 'close ties', why: 'one word' },
    {
      text: 'stop ties',
      fixes: [
        ['stop', 'close'],
        ['ties', 'links'],
      ],
      gives: 'close links',
      why: 'neighbours',
    },
    {
      text: 'well-liked',
      fixes: [
        ['well', 'much'],
        ['-', ' '],
        ['liked', 'loved'],
      ],
      gives: 'much loved',
      why: 'touching',
    },
    { text: 'the the front', fixes: [[' the', '']], gives: 'the front', why: 'a deletion' },
    {
      text: 'extra a extra',
      fixes: [
        ['extra', 'more'],
        ['extra', ''],
      ],
      gives: 'more a',
      why: 'a deletion at the end takes its space',
    },
    {
      text: 'a < b & c',
      fixes: [['b', '<i> & j']],
      gives: 'a < <i> & j & c',
      why: 'no escaping in plain text',
    },
    { text: 'none', fixes: [], gives: 'none', why: 'nothing to do' },
  ] as const)('$text → $gives: $why', ({ text, fixes, gives }) => {
    const fixed = applyFindings(text, findings(text, fixes), 'text')
    expect(fixed.text).toBe(gives)
    expect(fixed.applied).toHaveLength(fixes.length)
    for (const [i, { start, end }] of fixed.places.entries())
      expect(fixed.text.slice(start, end)).toBe(fixes[i]?.[1])
  })

  test('a finding without a suggestion changes nothing', () => {
    const bare = findingOf('a gadget', 'gadget', { suggestions: [] })
    expect(applyFindings('a gadget', [bare], 'text')).toEqual({ text: 'a gadget', applied: [], places: [] })
    expect(isSafe(bare, 0, 0.1)).toBe(false)
  })
})

describe('fixes across markup', () => {
  const TREATY = 'signed the treaty.'
  test.each([
    {
      format: 'html',
      text: `<p>The <b>Joint</b> States ${TREATY}</p>`,
      gives: `<p>The <b>United</b> States ${TREATY}</p>`,
      why: 'a word in a tag',
    },
    {
      format: 'html',
      text: `<p>The Joint <b>States</b> ${TREATY}</p>`,
      gives: `<p>The United <b>States</b> ${TREATY}</p>`,
      why: 'the rest of the name in a tag',
    },
    {
      format: 'html',
      text: '<p>She finished an <i class="x">job</i> before noon.</p>',
      gives: '<p>She finished a <i class="x">task</i> before noon.</p>',
      why: 'an article outside the tag',
    },
    {
      format: 'html',
      text: '<p>The museum uses profound <b>gaining knowledge of</b> for the old letters.</p>',
      gives: '<p>The museum uses deep <b>learning</b> for the old letters.</p>',
      why: 'four words to two, a tag between',
    },
    {
      format: 'html',
      text: '<p>The two towns&nbsp;have&nbsp;stop ties &amp; the storm came.</p>',
      gives: '<p>The two towns&nbsp;have&nbsp;close ties &amp; the storm came.</p>',
      why: 'references stay as written',
    },
    {
      format: 'md',
      text: 'The museum uses profound **gaining knowledge of** for the old letters.',
      gives: 'The museum uses deep **learning** for the old letters.',
      why: 'Markdown marks stay in pairs',
    },
    {
      format: 'md',
      text: '> The *Joint* States\n> signed the treaty.\n',
      gives: '> The *United* States\n> signed the treaty.\n',
      why: 'a quotation keeps its marks',
    },
  ] as const)('$format: $why', ({ format, text, gives }) => {
    expect(restored(text, { format }).text).toBe(gives)
  })

  test.each([
    { text: 'very <b>nice</b>', fix: 'fine', gives: 'fine <b></b>', why: 'fewer words than runs' },
    { text: 'very <b>nice</b>', fix: 'as fine as', gives: 'as fine <b>as</b>', why: 'more words than runs' },
    {
      text: 'well-<b>liked</b>',
      fix: 'in good form',
      gives: 'in good <b>form</b>',
      why: 'words need a space between',
    },
    { text: 'well-<b>liked</b>', fix: 'popular', gives: 'popular<b></b>', why: 'one word needs none' },
    {
      text: 'well <a href="x y">liked</a>',
      fix: 'a & b',
      gives: 'a &amp; <a href="x y">b</a>',
      why: 'HTML is escaped',
    },
  ])('$text ← $fix: $why', ({ text, fix, gives }) => {
    const plain = text.replace(/<[^>]*>/g, (tag) => ' '.repeat(tag.length))
    const tokens = sentenceOf(plain).tokens
    const found = findingOf(text, text, { tokens, suggestions: [{ text: fix, probability: 1 }] })
    expect(applyFindings(text, [found], 'html').text).toBe(gives)
  })
})

describe('restoring', () => {
  test.each([
    { text: 'The two towns have close ties.', format: 'text', why: 'clean text' },
    { text: '', format: 'text', why: 'no text' },
    { text: ' \r\n\t\ud800 \u0000 ', format: 'text', why: 'hardly text' },
    { text: '<p>The <b>storm</b> came&nbsp;&bogus; <<p', format: 'html', why: 'broken HTML' },
  ] as const)('$why comes back byte for byte', ({ text, format }) => {
    const { text: given, applied } = restored(text, { format })
    expect(given).toBe(text)
    expect(applied).toEqual([])
  })

  test('the original may contain the spun form', () => {
    const once = restored('The storm came before midday.')
    expect(once.text).toBe('The storm came just before midday.')
    expect(restored(once.text).applied).toEqual([])
  })

  test('a doubled word goes with its space', () => {
    expect(restored('The crew said that the the storm came before noon.').text).toBe(
      'The crew said that the storm came before noon.',
    )
  })

  test('only what is sure enough', () => {
    const text = 'The two towns have stop ties.'
    expect(restored(text).applied).toHaveLength(1)
    const careful = restoreText(engine, { text, problems: [] }, { applyAbove: 1.1 })
    expect(careful).toMatchObject({ text, applied: [] })
    expect(careful.analysis.findings).toHaveLength(1)
  })

  const texts = fc.array(fc.constantFrom(...TINY_WORDS), { maxLength: 25 }).map((words) => words.join(' '))
  const formats = fc.constantFrom<InputFormat>('text', 'md', 'html')

  test('reading the fixed text again finds none of what was applied', () => {
    fc.assert(
      fc.property(texts, formats, (text, format) => {
        const { text: fixed, applied, analysis } = restored(text, { format })
        if (applied.length === 0) {
          expect(fixed).toBe(text)
          return
        }
        const again = analyzeText(engine, { text: fixed, problems: [] }, { format })
        // Places of the fixed text: applied spans moved by what the fixes before them changed.
        const places = applyFindings(
          text,
          analysis.findings.filter(({ span }) => applied.some((fix) => fix.span.start === span.start)),
          format,
        )
        expect(places.text).toBe(fixed)
        for (const { span } of again.findings)
          expect(places.places.some(({ start, end }) => span.start < end && start < span.end)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})
