/** Segments touch, cover the whole text, and read as the page shows it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readable } from '../../src/index.ts'
import { segmentsOf } from '../../src/review/segments.ts'
import { foundIn } from './made.ts'

const segments = (text: string, format: 'text' | 'html' | 'md') =>
  segmentsOf(
    text,
    readable(text, { format }),
    foundIn(text).map((one, finding) => ({ ...one, finding })),
  )

test.each([
  {
    format: 'html' as const,
    text: '<h1>A &amp; B</h1><p>The <b>old</b> gadget</p>',
    reads: ['<h1>', 'A & B', '</h1><p>|', 'The ', '<b>', 'old', '</b>', ' ', '[gadget]', '</p>|'],
    why: 'references read, tags apart, blocks marked',
  },
  {
    format: 'text' as const,
    text: 'A gadget.\n\nMore.\n',
    reads: ['A ', '[gadget]', '.', '\n\n|', 'More.', '\n|'],
    why: 'paragraphs part blocks',
  },
])('$why', ({ format, text, reads }) => {
  const shown = segments(text, format).map((one) => {
    if (one.kind === 'finding') return `[${one.text}]`
    return one.kind === 'markup' && one.block && one.start > 0 ? `${one.text}|` : one.text
  })
  expect(shown).toEqual(reads)
})

const PARTS = [
  'gadget ',
  'A gadget. ',
  '<p>',
  '</p>',
  '<b>',
  '</b>',
  '&amp;',
  '\n\n',
  '<!-- x -->',
  'words ',
  '<script>gadget</script>',
  '`code` ',
  '😀 ',
  '&#x41;',
  '<',
]

test('they cover every text of every format, once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...PARTS), { maxLength: 14 }).map((parts) => parts.join('')),
      fc.constantFrom('text' as const, 'html' as const, 'md' as const),
      (text, format) => {
        const list = segments(text, format)
        expect(list.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
        expect(list.every(({ start, end }, i) => start < end && start === (list[i - 1]?.end ?? 0))).toBe(true)
        for (const one of list)
          if (one.kind === 'markup') expect(one.text).toBe(text.slice(one.start, one.end))
      },
    ),
    { numRuns: 300 },
  )
})
