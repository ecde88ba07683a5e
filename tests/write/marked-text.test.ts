import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { expect, test } from 'vitest'
import { document } from '../../src/document/document.ts'
import { passages } from '../../src/document/passages.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import type { Finding, InputFormat } from '../../src/types.ts'
import { markedText } from '../../src/write/marked-text.ts'
import { findingAt } from './answers.ts'

const parts = [
  ...[
    'word',
    ' ',
    '. ',
    'Another',
    '\n\n',
    '\r\n',
    '&amp;',
    '&rsquo;',
    '<b>',
    '</b>',
    '<p>',
    '</p>',
    '<br>',
    '😀',
  ],
  ...[
    '*',
    '**',
    '`code`',
    '# ',
    '- ',
    '[link](http://x.y)',
    '<!-- c -->',
    '<pre>x</pre>',
    '“',
    '”',
    '-',
    '1,200',
  ],
]
const texts = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((list) => list.join(''))
const formats = fc.constantFrom<InputFormat>('text', 'md', 'html')

/** Runs of one or two tokens, a few tokens apart, as findings. */
function some(text: string, format: InputFormat, step: number): Finding[] {
  return readSentences(document(text, { format })).flatMap(({ tokens }) =>
    tokens.flatMap((first, at) => {
      const last = tokens[at + (step % 2)] ?? first
      if (at % (step + 2) !== 0) return []
      return [{ ...SAMPLE, span: { start: first.span.start, end: last.span.end }, tokens: [first, last] }]
    }),
  )
}

const SAMPLE = findingAt(document('a gadget'), 'gadget')

function read(markup: string): { text: string; marks: string[] } {
  let text = ''
  const marks: string[] = []
  let inside = false
  const parser = new Parser({
    onopentag: (name) => {
      if (name === 'mark') marks.push('')
      inside = inside || name === 'mark'
    },
    onclosetag: (name) => {
      if (name === 'mark') inside = false
    },
    ontext: (part) => {
      text += part
      if (inside) marks[marks.length - 1] += part
    },
  })
  parser.end(markup)
  return { text, marks }
}

const bare = (text: string): string => text.replaceAll(/\s/gu, '')

test('law: the marked text reads as the document does, every place is marked with its words', () => {
  fc.assert(
    fc.property(texts, formats, fc.nat(4), (text, format, step) => {
      const of = document(text, { format })
      const findings = some(text, format, step)
      const { text: shown, marks } = read(markedText(of, findings, (wording) => `<mark>${wording}</mark>`))
      expect(bare(shown)).toBe(
        bare(
          passages(of)
            .map((passage) => passage.text)
            .join(''),
        ),
      )
      expect(marks).toHaveLength(findings.length)
      for (const [i, { tokens }] of findings.entries()) {
        for (const { surface } of tokens) expect(bare(marks[i] ?? '')).toContain(bare(surface))
      }
    }),
    { numRuns: 400 },
  )
})

test('marks are numbered as the findings are', () => {
  const of = document('A gadget and a gadget.')
  const findings = [0, 1].map((nth) => findingAt(of, 'gadget', {}, nth))
  expect(markedText(of, findings, (wording, i) => `[${i} ${wording}]`)).toBe(
    '<p>A [0 gadget] and a [1 gadget].</p>\n',
  )
})
