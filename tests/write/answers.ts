/**
 * Answers for the tests of the machine formats: a few documents with everything that is hard about them.
 * Wordings are looked up among the document's own tokens, so that spans are those a real finding has.
 */
import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import type { Analysis, Finding, Problem } from '../../src/types.ts'
import type { Answered } from '../../src/write/sheet.ts'
import { CLEAN, SPUN } from './analysis.ts'

/** A finding on consecutive tokens whose surfaces, joined by blanks, are `surface`; the n-th such place. */
export function findingAt(
  of: Analysis['document'],
  surface: string,
  changes: Partial<Finding> = {},
  nth = 0,
): Finding {
  const words = surface.split(' ')
  const places = readSentences(of).flatMap(({ tokens }) =>
    tokens
      .map((_, at) => tokens.slice(at, at + words.length))
      .filter((run) => run.map((token) => token.surface).join(' ') === surface),
  )
  const tokens = places[nth]
  const [first, last] = [tokens?.[0], tokens?.at(-1)]
  if (tokens === undefined || first === undefined || last === undefined) throw new Error(`no "${surface}"`)
  return {
    span: { start: first.span.start, end: last.span.end },
    surface,
    confidence: 0.912345,
    kind: 'word',
    suggestions: [
      { text: 'machine', probability: 0.7 },
      { text: 'device', probability: 0.2 },
    ],
    evidence: [{ kind: 'entry', text: `spinners write "${surface}" for "machine"` }],
    inQuotation: false,
    tokens,
    ...changes,
  }
}

export function answered(
  id: string | number,
  text: string,
  find: (of: Analysis['document']) => readonly Finding[],
  changes: Partial<Analysis> = {},
): Answered {
  const of = document(text, { id: String(id), name: String(id) })
  const findings = find(of)
  const analysis: Analysis = {
    document: of,
    findings,
    verdict: findings.length > 0 ? SPUN : CLEAN,
    words: text.split(/\s+/).length,
    problems: [],
    ...changes,
  }
  return { id, name: String(id), analysis }
}

export const UNREADABLE: Problem = {
  kind: 'unreadable',
  message: 'there is no such file',
  fix: 'check the path',
}
export const BINARY: Problem = { kind: 'binary', message: 'it holds NUL bytes', fix: 'pass text' }
const GUESSED: Problem = { kind: 'encoding', message: '3 bytes are not UTF-8', fix: 'pass --encoding' }

/** Line ends of two kinds, astral characters and letters of two bytes before places; a place on two lines. */
export const NEWS = answered(
  'posts/news.txt',
  'The café 😀 gadget hums.\r\nIt stood in savory\r\nof the old the the town, {sign} and "a gadget", %5.\n',
  (of) => [
    findingAt(of, 'gadget'),
    findingAt(of, 'in savory of', {
      kind: 'phrase',
      confidence: 0.62,
      suggestions: [{ text: 'in light of', probability: 0.95 }],
      evidence: [
        { kind: 'context', text: 'the words around expect "in light of": 100 %, {0} [see](http://x)' },
      ],
    }),
    findingAt(of, 'the the', {
      kind: 'insertion',
      confidence: 0.41,
      suggestions: [{ text: 'the', probability: 1 }],
    }),
    findingAt(of, 'gadget', { inQuotation: true, suggestions: [] }, 1),
  ],
)

/** Tags inside one place, none in the other, a place to delete, characters that markup needs escaped. */
export const PAGE = answered(
  'posts/page one.html',
  '<h1>Sorting &amp; more</h1>\n<p>We use <b>gadget</b> mastering, a very gadget & such.</p>\n<pre>let x = 1 < 2</pre>',
  (of) => [
    findingAt(of, 'gadget mastering', { kind: 'phrase' }),
    findingAt(of, 'very', { kind: 'insertion', suggestions: [{ text: '', probability: 0.8 }] }),
    findingAt(of, 'gadget', { suggestions: [{ text: 'R&D <unit>', probability: 0.6 }] }, 1),
  ],
  { problems: [GUESSED] },
)

export const CALM = answered(7, 'The lake is calm.', () => [])

export const HOSTILE = answered(
  'a,b:c%0A"<x>\'\n::error::/../é\u202e]].txt',
  'A gadget <script>alert(1)</script> [x](http://y) stands.\u0007',
  (of) => [
    findingAt(of, 'gadget', {
      surface: '"><script>\n::error::x',
      suggestions: [{ text: '</mark><img src=x onerror=1>', probability: 0.5 }],
      evidence: [{ kind: 'form', text: ']]>\n::warning::&amp; \ud800 \u0000' }],
    }),
  ],
)

export const UNREAD = answered('noise.bin', 'x', () => [], { problems: [BINARY] })
