import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pretty } from '../../src/write/pretty.ts'
import { shortened, visible } from '../../src/write/visible.ts'
import { analysisOf, CLEAN, documentOf, findingOf } from './analysis.ts'

const bare = { colour: 'none', columns: 100 } as const

describe('pretty', () => {
  test('header, place, excerpt, originals, reason', () => {
    const text = 'Opening line.\nWorkers said the gadget hums at night.'
    expect(pretty(analysisOf(text, ['gadget']), bare)).toBe(
      [
        'page.txt: likely spun: 1 place in 8 words (41.7 per 1,000), probability 0.99',
        '  2:18   Workers said the [gadget] hums at night.  0.91',
        '         machine 0.70 · device 0.20 · engine 0.06',
        '         spinners write "gadget" for "machine"',
        '',
      ].join('\n'),
    )
  })

  test.each([
    { label: 'clean', words: 1234, says: 'reads clean: 0 places in 1,234 words, probability 0.01' },
    { label: 'doubtful', words: 1, says: 'doubtful, some wording looks replaced: 0 places in 1 word,' },
    { label: 'clean', words: 0, says: 'no text to read' },
  ] as const)('$label with $words words reads as a risk marker', ({ label, words, says }) => {
    const shown = pretty(analysisOf('', [], { words, verdict: { ...CLEAN, label } }), bare)
    expect(shown).toContain(says)
  })

  test('a proposal to delete, none at all, a quotation', () => {
    const text = 'He said the the gadget.'
    const shown = pretty(
      analysisOf(text, [], {
        findings: [
          findingOf(text, 'the the', { suggestions: [{ text: '', probability: 1 }], inQuotation: true }),
          findingOf(text, 'gadget', { suggestions: [] }),
        ],
      }),
      bare,
    )
    expect(shown).toContain('(delete) 1.00')
    expect(shown).toContain('(in a quotation)')
    expect(shown).toContain('no original proposed')
  })

  test('a megabyte on one line is cut to the terminal, between characters', () => {
    const text = `${'😀'.repeat(250_000)} gadget ${'😀'.repeat(250_000)}`
    const [, line = ''] = pretty(analysisOf(text, ['gadget']), { colour: 'none', columns: 80 }).split('\n')
    expect(line.length).toBeLessThan(120)
    expect(line).toMatch(/…(?:😀)+ \[gadget\] (?:😀)+…/u)
  })

  test('nothing from the document steers the terminal', () => {
    const text = 'bad \u001b[2J\u009b gadget \u202e end'
    const shown = pretty(
      analysisOf(text, ['gadget'], { document: documentOf(text, 'a\u001b]0;x\u0007.txt') }),
      bare,
    )
    expect(shown).not.toContain('\u001b')
    expect(shown).toContain('a\\x1b]0;x\\x07.txt')
    expect(shown).toContain('\\u202e')
  })

  test('colours are added, text is not changed', () => {
    const analysis = analysisOf('The gadget hums.', ['gadget'])
    const coloured = pretty(analysis, { colour: 'ansi', columns: 100 })
    expect(coloured).toContain('\u001b[31m[gadget]\u001b[39m')
    const stripped = coloured
      .split('\u001b[')
      .map((part, at) => (at === 0 ? part : part.slice(part.indexOf('m') + 1)))
      .join('')
    expect(stripped).toBe(pretty(analysis, bare))
  })
})

describe('visible', () => {
  test.each([
    { text: 'plain, naïve – “ok” 😀', gives: 'plain, naïve – “ok” 😀', why: 'ordinary text stays' },
    { text: 'a\tb\r\nc', gives: 'a b  c', why: 'an excerpt is one line' },
    { text: '\u0000\u007f\u0085', gives: '\\x00\\x7f\\x85', why: 'C0, delete, C1' },
    { text: 'x\ud83dy\ude00', gives: 'x\\ud83dy\\ude00', why: 'lone surrogates' },
    { text: '\u200b\u2066\ufeff', gives: '\\u200b\\u2066\\ufeff', why: 'what cannot be seen' },
  ])('$why', ({ text, gives }) => {
    expect(visible(text)).toBe(gives)
  })

  test('law: no control character survives, and it is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text)
        expect([...shown].some((char) => char < ' ' || (char >= '\u007f' && char <= '\u009f'))).toBe(false)
        expect(visible(shown)).toBe(shown)
      }),
    )
  })

  test('shortened never splits a pair', () => {
    expect(shortened('ab😀cd', 3)).toBe('ab…')
    expect(shortened('ab😀', 4)).toBe('ab😀')
  })
})
