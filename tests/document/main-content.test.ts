/** The article of a web page: what is kept of a page, and where it stands in the source. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { document } from '../../src/document/document.ts'
import { mainContent, onlyIn } from '../../src/document/main-content.ts'
import { passages } from '../../src/document/passages.ts'

const SENTENCE = 'The ferry leaves the old harbour twice a day, and in summer it takes bicycles as well. '
const paragraphs = (count: number): string =>
  Array.from({ length: count }, (_, i) => `<p>Boat ${i}: ${SENTENCE.repeat(3)}</p>`).join('\n')

const PAGE = `<!doctype html><html><head><title>Ferries of the bay</title><script>var a = "<p>no</p>"</script></head>
<body><header><a href="/">The Bay Post</a></header>
<div class="sidebar"><h3>Most read stories</h3><p>Our <b>summer</b> recipes, in one long list.</p></div>
<article><h1>Ferries of the bay</h1>${paragraphs(4)}
<p>It costs &pound;5, or <em>less</em> for <a href="/c">children &amp; dogs</a>, ${SENTENCE}</p>
<div class="related"><a href="/x">Ten ports to see</a></div></article>
<div id="comments" class="comments"><p>I liked it a lot, thank you.</p></div></body></html>`

const reading = (text: string, content: 'page' | 'main'): readonly string[] =>
  passages(document(text, { format: 'html', content }))
    .filter(({ kind }) => kind === 'prose' || kind === 'heading')
    .map((passage) => passage.text.slice(0, 30))

describe('content main', () => {
  test('the article and its headline are read, what stands around them is not', () => {
    const all = reading(PAGE, 'page')
    const main = reading(PAGE, 'main')
    expect(main).toEqual([
      'Ferries of the bay',
      'Ferries of the bay',
      ...[0, 1, 2, 3].map((i) => `Boat ${i}: The ferry leaves the o`),
      'It costs £5, or less for child',
    ])
    expect(all).toEqual(expect.arrayContaining(['Most read stories', 'I liked it a lot, thank you.']))
  })

  test('places are those of the source, whole paragraphs with what is marked in them', () => {
    const [last] = passages(document(PAGE, { format: 'html', content: 'main' }))
      .filter(({ kind }) => kind === 'prose')
      .slice(-1)
    for (const { from, length, at, width } of last?.pieces ?? []) {
      if (length === width) expect(PAGE.slice(at, at + width)).toBe(last?.text.slice(from, from + length))
    }
    expect(last?.text).toContain('or less for children & dogs, The ferry')
  })

  test('bare text between line breaks is kept', () => {
    const page = `<body><div id="nav">Elsewhere</div><div class="post">${`${SENTENCE.repeat(3)}<br><br>`.repeat(5)}</div></body>`
    expect(reading(page, 'main').filter((text) => text.startsWith('The ferry'))).toHaveLength(5)
  })

  test('where no article is found all is read, and it is said', () => {
    const read = document('<ul><li></ul><svg><text>a</text></svg>', { format: 'html', content: 'main' })
    expect(read.main).toBeUndefined()
    expect(read.problems).toMatchObject([{ kind: 'markup' }])
    const long = document(`<p>a${' '.repeat(2_000_000)}`, { format: 'html', content: 'main' })
    expect(long.problems).toMatchObject([{ kind: 'markup' }])
    expect(passages(long)).toHaveLength(1)
  })

  test.each(['text', 'md'] as const)('%s has no page around it', (format) => {
    const read = document('Some words.', { format, content: 'main' })
    expect(read).toEqual(document('Some words.', { format }))
  })

  test('law: ranges are ordered, disjoint, inside, and hold words of the page', () => {
    const part = fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<div>',
        '</div>',
        '<b>',
        '</b>',
        '<br>',
        '<script>',
        '</script>',
        '<title>',
        '</title>',
      ],
      ...[
        '<table>',
        '<td>',
        '</table>',
        '<li>',
        '<svg>',
        '</svg>',
        '<textarea>',
        '&amp;',
        '&nbsp',
        '<!--',
        '-->',
      ],
      ...[
        '<',
        '>',
        ' ',
        SENTENCE,
        `<p>${SENTENCE.repeat(4)}</p>`,
        '\u0000',
        '\ud800',
        '<select><option>',
        '"',
      ],
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const source = parts.join('')
        let at = 0
        for (const { start, end } of mainContent(source) ?? []) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          expect(source.slice(start, end).trim()).not.toBe('')
          at = end
        }
        expect(at).toBeLessThanOrEqual(source.length)
      }),
      { numRuns: 150 },
    )
  })
})

test('a passage of which half lies outside is furniture', () => {
  const page = '<p>abcd</p><p>efgh</p><p>ijkl</p>'
  const kinds = (...ranges: [number, number][]): string =>
    onlyIn(
      ranges.map(([start, end]) => ({ start, end })),
      passages(document(page, { format: 'html' })),
    )
      .map(({ kind }) => kind.charAt(0))
      .join('')
  expect(kinds()).toBe('bbb')
  expect(kinds([0, page.length])).toBe('ppp')
  expect(kinds([3, 5])).toBe('pbb')
  expect(kinds([3, 4], [5, 6], [14, 15], [25, 29])).toBe('pbp')
})
