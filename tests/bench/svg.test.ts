/** The pictures are well-formed XML whatever the names in them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { precisionRecallChart, reliabilityDiagram } from '../../bench/measure/charts.ts'
import { calibrationBins } from '../../bench/measure/statistics.ts'
import { element, escapeXml, svg, text } from '../../bench/measure/svg.ts'

/** Is it one element, every tag closed in order, nothing unescaped? Our own subset of XML: no comments, no CDATA. */
function isWellFormed(xml: string): boolean {
  const open: string[] = []
  let roots = 0
  let rest = xml.trim()
  while (rest !== '') {
    const tag = /^<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<]*")*)(\/?)>/.exec(rest)
    const words = tag === null ? /^[^<]+/.exec(rest) : null
    const piece = tag?.[0] ?? words?.[0]
    if (piece === undefined) return false
    if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(piece)) return false
    if (tag !== null) {
      if (open.length === 0) roots += 1
      if (tag[1] === '/') {
        if (open.pop() !== tag[2]) return false
      } else if (tag[4] !== '/') open.push(tag[2] ?? '')
    } else if (open.length === 0) return false
    rest = rest.slice(piece.length)
  }
  // A closing tag of the root leaves `open` empty; it was counted when it opened.
  return open.length === 0 && roots === 1
}

describe('elements', () => {
  test.each([
    {
      made: escapeXml(`<a href="x">&'`),
      is: '&lt;a href=&quot;x&quot;&gt;&amp;&#39;',
      why: 'all five markup characters',
    },
    { made: escapeXml('a\u0000b\u001fc\n'), is: 'abc\n', why: 'control characters are not allowed in XML' },
    {
      made: element('g', { id: '"><script>' }),
      is: '<g id="&quot;&gt;&lt;script&gt;"/>',
      why: 'an attribute cannot end early',
    },
    { made: element('rect', { x: 1 / 3 }), is: '<rect x="0.3"/>', why: 'coordinates are rounded' },
    { made: text(1, 2, 'a < b'), is: '<text x="1" y="2">a &lt; b</text>', why: 'content is escaped' },
  ])('$why', ({ made, is }) => {
    expect(made).toBe(is)
  })

  test('the checker of this file sees what is broken', () => {
    expect(['<a><b></a></b>', '<a>', '<a/><b/>', '<a>&</a>', 'x', '<a x="<"/>'].map(isWellFormed)).toEqual(
      Array(6).fill(false),
    )
    expect(isWellFormed('<a x="&lt;"><b/>text</a>')).toBe(true)
  })

  test('any title and description', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, description) => {
        expect(isWellFormed(svg({ width: 10, height: 10 }, { title, description }, []))).toBe(true)
      }),
    )
  })
})

describe('charts', () => {
  const scores = [
    { score: 0.15, right: false },
    { score: 0.95, right: true },
    { score: 0.95, right: false },
  ]

  test('the reliability diagram has one bar with its count for each bin that is not empty', () => {
    const made = reliabilityDiagram(calibrationBins(scores, 10), 'a & b')
    expect(isWellFormed(made)).toBe(true)
    expect(made).toContain('confidence 0.9 to 1.0: 2 places, mean 0.950, right 0.500')
    expect(made.match(/<circle/g)).toHaveLength(2)
  })

  test('curves carry their names, and a dot where the threshold cuts them', () => {
    const points = [
      { threshold: 0.9, precision: 1, recall: 0.2 },
      { threshold: 0.4, precision: 0.5, recall: 0.6 },
    ]
    const made = precisionRecallChart(
      [
        { name: '<set> & more', points },
        { name: 'empty', points: [] },
      ],
      0.5,
      'curves',
    )
    expect(isWellFormed(made)).toBe(true)
    expect(made).toContain('&lt;set&gt; &amp; more')
    // Plot: 360 units from x = 56 and y = 40; recall .2 and precision 1 lie at (128, 40).
    expect(made).toContain('<circle cx="128" cy="40"')
    expect(made.match(/<circle/g)).toHaveLength(1)
  })

  test('a long curve is thinned, its ends stay', () => {
    const points = Array.from({ length: 5000 }, (_, i) => ({
      threshold: 1 - i / 5000,
      precision: 1,
      recall: (i + 1) / 5000,
    }))
    const made = precisionRecallChart([{ name: 'long', points }], 2, 'curve')
    const drawn = /points="([^"]*)"/.exec(made)?.[1]?.split(' ') ?? []
    expect(drawn.length).toBeLessThan(300)
    expect(drawn.at(-1)).toBe('416.0,40.0')
  })
})
