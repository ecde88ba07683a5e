import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { document } from '../../src/document/document.ts'
import { mainContent } from '../../src/document/main-content.ts'
import { passages } from '../../src/document/passages.ts'
import type { InputFormat } from '../../src/types.ts'

const read = (text: string, format: InputFormat): string[] =>
  passages(document(text, { format })).map(({ kind, text: words }) =>
    kind === 'prose' ? words : `${kind.charAt(0)}: ${words}`,
  )

describe('Markdown', () => {
  test.each([
    {
      why: 'headings',
      text: '# One #\n\nTwo\n===\ntext\n\n###Three',
      reads: ['h: One', 'h: Two', 'text', '###Three'],
    },
    {
      why: 'lines join, items part',
      text: '- one\n  more\n- two\n1. three',
      reads: ['one\nmore', 'two', 'three'],
    },
    { why: 'quote marks vanish inside a sentence', text: '> one\n> two', reads: ['one\ntwo'] },
    { why: 'emphasis vanishes', text: 'a **bold** and _soft_ ***word***', reads: ['a bold and soft word'] },
    { why: 'half a word may be bold', text: 'un**believ**able', reads: ['unbelievable'] },
    {
      why: 'marks that pair with nothing stay',
      text: '5 * 3 * 2 and snake_case_name',
      reads: ['5 * 3 * 2 and snake_case_name'],
    },
    {
      why: 'links keep their words',
      text: 'see [the *old* page](http://x.y/(a) "t") now',
      reads: ['see the old page now'],
    },
    {
      why: 'reference links and notes',
      text: 'see [this][1] well[^2].\n\n[1]: http://x.y',
      reads: ['see this well.'],
    },
    { why: 'a bracket of the author stays', text: 'the [sic] word', reads: ['the [sic] word'] },
    { why: 'images vanish', text: 'a ![grey *cat*](c.png) b', reads: ['a  b'] },
    { why: 'inline code is one object', text: 'run `npm  i` first', reads: ['run \ufffc first'] },
    { why: 'a lone backtick is itself', text: 'a ` b', reads: ['a ` b'] },
    { why: 'fenced code is code', text: 'a\n```js\nlet x\n```\nb', reads: ['a', 'c: let x', 'b'] },
    { why: 'an open fence runs to the end', text: '~~~\nlet x\n', reads: ['c: let x'] },
    { why: 'indented code is code', text: 'a\n\n    let x\n\nb', reads: ['a', 'c: let x', 'b'] },
    { why: 'front matter is not read', text: '---\ntitle: x\n---\ntext', reads: ['text'] },
    { why: 'a rule at the top is no front matter', text: '---\n\ntext', reads: ['text'] },
    {
      why: 'comments and scripts',
      text: '<!-- a\n\nb -->\ntext <!-- c --> end\n\n<script>\nx\n</script>\nlast',
      reads: ['text  end', 'last'],
    },
    { why: 'tags vanish, a plain < stays', text: 'a <b>bold</b> 1 < 2', reads: ['a bold 1 < 2'] },
    { why: 'references are decoded', text: 'don&rsquo;t &nope; &#65;', reads: ['don’t &nope; A'] },
    { why: 'escapes', text: '\\*not\\* bold', reads: ['*not* bold'] },
    { why: 'cells', text: '| a b | c |\n|---|---|\n| d \\| e | f |', reads: ['a b', 'c', 'd | e', 'f'] },
    {
      why: 'furniture here too',
      text: '[Skip to content](#x)\n\ntext',
      reads: ['b: Skip to content', 'text'],
    },
  ])('$why', ({ text, reads }) => {
    expect(read(text, 'md')).toEqual(reads)
  })
})

describe('HTML', () => {
  test.each([
    {
      why: 'inline tags vanish',
      text: '<p>un<b>believ</b>able <a href=x>word</a></p>',
      reads: ['unbelievable word'],
    },
    {
      why: 'blocks part',
      text: '<div>a<p>b<p>c</div>d<ul><li>e<li>f</ul>',
      reads: ['a', 'b', 'c', 'd', 'e', 'f'],
    },
    { why: 'headings and title', text: '<title>T</title><h1>H</h1>x', reads: ['h: T', 'h: H', 'x'] },
    {
      why: 'references are decoded',
      text: '<p>don&rsquo;t &amp; &#x41;&nbsp;b &NotEqualTilde; &nope;',
      reads: ['don’t & A\u00a0b ≂̸ &nope;'],
    },
    { why: 'reference without semicolon', text: 'a &lt b &amp', reads: ['a < b &'] },
    { why: 'a line break is a space, two part', text: 'a<br>b<br> <br/>c', reads: ['a\nb', 'c'] },
    {
      why: 'scripts and the like',
      text: 'a<script>if (a<b) x</script><style>p{}</style><svg><text>x</text></svg><textarea><p>x</textarea>b',
      reads: ['ab'],
    },
    { why: 'a hidden block ends with its parent', text: '<div><noscript>x</div>b', reads: ['b'] },
    {
      why: 'preformatted text is code',
      text: 'a<pre><code>let <b>x</b></code></pre>b',
      reads: ['a', 'c: let x', 'b'],
    },
    {
      why: 'inline code is one object',
      text: '<p>run <code>npm &amp; <i>x</i></code> first',
      reads: ['run \ufffc first'],
    },
    {
      why: 'code left open ends with its block',
      text: '<p>run <code>npm</p><p>b</p>',
      reads: ['run \ufffc', 'b'],
    },
    {
      why: 'navigation',
      text: '<nav><a>Our town</a><p>Where to go</nav><p>a</p><footer>b c</footer>',
      reads: ['b: Our town', 'b: Where to go', 'a', 'b: b c'],
    },
    {
      why: 'a headline in a header is read',
      text: '<header><h1>News</h1><span>Our motto</span></header>',
      reads: ['h: News', 'b: Our motto'],
    },
    {
      why: 'a page inside a form is read',
      text: '<form><label>Name</label><p>This is a long sentence of an article that stands inside a form.</p></form>',
      reads: ['b: Name', 'This is a long sentence of an article that stands inside a form.'],
    },
    { why: 'comments', text: 'a<!-- b <p> -->c', reads: ['ac'] },
    {
      why: 'the title is a heading of its own',
      text: '<title>On ferries</title>They leave at noon. <title>Odd</title>Or later.',
      reads: ['h: On ferries', 'They leave at noon.', 'h: Odd', 'Or later.'],
    },
    {
      why: 'the title of a drawing parts no sentence',
      text: '<p>a <svg><title>icon</title><g><text>t</text></g></svg>b</p><h2>c <svg><path/></svg>d</h2>',
      reads: ['a b', 'h: c d'],
    },
    {
      why: 'what is not closed is left with the block around it',
      text: '<div>a <canvas><p>b</div>c<p>d',
      reads: ['a', 'c', 'd'],
    },
    {
      why: 'XHTML closes what HTML would leave open',
      text: '<svg/><canvas/><template /><video src="y"/><p>a</p>',
      reads: ['a'],
    },
    {
      why: 'hidden blocks',
      text: 'a<p hidden>b</p><div hidden="until-found">c</div><body hidden><div HIDDEN><p>d</div>e<span hidden>f</span>',
      reads: ['a', 'c', 'ef'],
    },
    {
      why: 'roles of furniture, and of what often is',
      text: '<div role="navigation">Our boats <div>and ports</div></div><div role=banner><h1>a</h1>Slogan</div><div role="main">b</div>',
      reads: ['b: Our boats', 'b: and ports', 'h: a', 'b: Slogan', 'b'],
    },
    {
      why: 'three short links in a row are a menu',
      text: '<ul><li><a>Old ports</a><li><a>Our <b>boats</b></a> &nbsp;<li> <a>Fares</a></ul><p>Text<p><a>A link</a></p><p>a <a>b</a></p>',
      reads: ['b: Old ports', 'b: Our boats', 'b: Fares', 'Text', 'A link', 'a b'],
    },
    {
      why: 'two links, sentences and headlines that are links are read',
      text: '<p><a>One</a><p><a>Two</a><p>Text<p><a>It is a sentence.</a><p><a>So it is.</a><p><a>And it.</a><h2><a>a</a></h2><h2><a>b</a></h2><h2><a>c</a></h2>',
      reads: ['One', 'Two', 'Text', 'It is a sentence.', 'So it is.', 'And it.', 'h: a', 'h: b', 'h: c'],
    },
    { why: 'broken markup', text: '<p>a</b></p></div><p>b <c d="e>f</p>', reads: ['a', 'b'] },
    { why: 'a stray <', text: 'a < b <3', reads: ['a < b <3'] },
    { why: 'names of object members', text: '<constructor>a</constructor><p>b', reads: ['a', 'b'] },
  ])('$why', ({ text, reads }) => {
    expect(read(text, 'html')).toEqual(reads)
  })

  test('ten thousand nested elements neither throw nor overflow', () => {
    const deep = `${'<div><b>'.repeat(10_000)}word${'</b></div>'.repeat(10_000)}`
    expect(read(deep, 'html')).toEqual(['word'])
    expect(read('<ul><li>'.repeat(10_000), 'html')).toEqual([])
  })
})

describe('pieces', () => {
  const markup = fc.array(
    fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<b>',
        '</b>',
        '<br>',
        '<pre>',
        '</pre>',
        '<code>',
        '</code>',
        '<nav>',
        '</nav>',
        '<!--',
        '-->',
        '&amp;',
        '&rsquo;',
        '&ac',
        '&#65;',
        '<script>',
        '</script>',
        '<svg/>',
        '*',
        '**',
        '_',
        '`',
        '```',
        '\n',
        '\r\n',
        '\n\n',
        '> ',
        '- ',
        '# ',
        '[',
        '](',
        ')',
        '![',
        '|',
        '    ',
        '\\',
        '---\n',
        '[^1]',
        '<',
        '>',
        ' ',
        'word ',
        '~~',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('\ud800', '\udc00', '\0', '\u2028', 'é', '😀'),
    ),
    { maxLength: 60 },
  )
  test.each(['text', 'md', 'html'] as const)(
    '%s: ordered, disjoint, covering, and slicing back',
    (format) => {
      fc.assert(
        fc.property(markup, (parts) => {
          const source = parts.join('')
          let at = 0
          for (const { text, pieces } of passages(document(source, { format }))) {
            let from = 0
            for (const piece of pieces) {
              expect(piece.from).toBe(from)
              expect(piece.length).toBeGreaterThan(0)
              expect(piece.at).toBeGreaterThanOrEqual(at)
              if (piece.length === piece.width)
                expect(source.slice(piece.at, piece.at + piece.width)).toBe(
                  text.slice(from, from + piece.length),
                )
              else expect(piece.width).toBeGreaterThan(piece.length)
              from += piece.length
              at = piece.at + piece.width
            }
            expect(from).toBe(text.length)
            expect(at).toBeLessThanOrEqual(source.length)
            expect(text.trim()).not.toBe('')
          }
        }),
        { numRuns: 400 },
      )
    },
  )
})

describe('main content', () => {
  const paragraph = 'The ferry leaves the old harbour twice a day, and in summer it takes bicycles as well. '
  test('the article without the page around it', () => {
    const page = `<html><head><title>Ferries</title></head><body><nav><a href="/">Home</a></nav><article><h1>Ferries</h1>${`<p>${paragraph.repeat(3)}</p>`.repeat(4)}</article><footer>Imprint</footer></body></html>`
    const read = (mainContent(page) ?? []).map(({ start, end }) => page.slice(start, end))
    expect(read.filter((text) => text.startsWith('The ferry'))).toHaveLength(4)
    expect(read.filter((text) => text === 'Ferries')).toHaveLength(2)
    expect(read).toHaveLength(6)
  })
  test.each([
    { why: 'nothing', text: '' },
    { why: 'more than five million units', text: ' '.repeat(5_000_001) },
  ])('$why: no content, no error', ({ text }) => {
    expect(mainContent(text)).toBeUndefined()
  })
  test('nesting too deep for a tree is refused at once', () => {
    expect(mainContent('<div>'.repeat(20_000))).toBeUndefined()
    expect(mainContent(`${'<ul><li>'.repeat(10_000)}word`)).toBeUndefined()
  })
})
