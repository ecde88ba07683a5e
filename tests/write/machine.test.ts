/** Laws of the machine formats: nothing from a document can break out of its place in the output. */

import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import type { Analysis } from '../../src/types.ts'
import { escapeMarkup } from '../../src/write/markup.ts'
import { FORMATS, type Format, renderer } from '../../src/write/renderer.ts'
import { replacement } from '../../src/write/replacement.ts'
import type { Answered } from '../../src/write/sheet.ts'
import { answered, findingAt, HOSTILE, NEWS, PAGE, UNREADABLE } from './answers.ts'

function written(format: Format, answers: readonly Answered[]): string {
  const sheet = renderer(format, { version: '1.2.3', colour: 'none', columns: 80 })
  return [sheet.start(), ...answers.map(sheet.document), sheet.end()].join('')
}

/** Strings made to break out of commands, XML and HTML. */
const nasty = fc
  .array(
    fc.constantFrom(
      ...[
        '<',
        '>',
        '&',
        '"',
        "'",
        '\n',
        '\r',
        '::error::',
        '%',
        '%0A',
        ',',
        ':',
        ']]>',
        '-->',
        '<script>',
        'a',
      ],
      ...[
        '<img src=x onerror=y>',
        '\u0000',
        '\ud800',
        '\u2028',
        '\ufffe',
        '{',
        '](',
        'https://x.y/',
        '</style>',
      ],
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

const nastyAnswer = fc.tuple(nasty, nasty, nasty, nasty).map(([id, surface, suggestion, evidence]) =>
  answered(id, `A gadget stands. ${surface}`, (of) => [
    findingAt(of, 'gadget', {
      surface,
      suggestions: [{ text: suggestion, probability: 0.5 }],
      evidence: [{ kind: 'form', text: evidence }],
    }),
  ]),
)

describe('laws', () => {
  test('github: a line for each message, each one command with its own properties', () => {
    fc.assert(
      fc.property(nastyAnswer, (answer) => {
        const lines = written('github', [answer]).split(/[\r\n]/)
        expect(lines).toHaveLength(3)
        expect(lines.pop()).toBe('')
        for (const line of lines) {
          const [, head = '', ...rest] = line.split('::')
          expect(rest.length).toBeGreaterThan(0)
          const names = head
            .slice(head.indexOf(' ') + 1)
            .split(',')
            .map((each) => each.slice(0, each.indexOf('=')))
          expect(['file,title', 'file,line,endLine,col,endColumn,title']).toContain(names.join(','))
        }
      }),
    )
  })

  test('rdjsonl: a line of JSON for each message', () => {
    fc.assert(
      fc.property(nastyAnswer, (answer) => {
        const lines = written('rdjsonl', [answer]).trimEnd().split('\n')
        expect(lines.map((line) => JSON.parse(line).location.path)).toEqual([answer.id, answer.id])
      }),
    )
  })

  test('checkstyle: elements and attributes are only ours, and read back as they went in', () => {
    fc.assert(
      fc.property(nastyAnswer, (answer) => {
        const seen = elements(written('checkstyle', [answer]), true)
        expect(seen.map(({ name }) => name)).toEqual(['checkstyle', 'file', 'error', 'error'])
        expect(seen.map(({ attributes }) => Object.keys(attributes).join(' '))).toEqual([
          'version',
          'name',
          'line severity message source',
          'line column severity message source',
        ])
      }),
    )
  })

  test('html: no element, attribute or address but ours', () => {
    const allowed = new Set(
      'html head meta title style body main h1 p mark section h2 h3 strong div article a ol ul li br pre footer'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(nastyAnswer, (answer) => {
        for (const { name, attributes } of elements(written('html', [answer]), false)) {
          expect(allowed).toContain(name)
          for (const [key, value] of Object.entries(attributes)) {
            expect(['lang', 'charset', 'http-equiv', 'content', 'name', 'class', 'id', 'href']).toContain(key)
            if (key === 'href') expect(value).toMatch(/^#d1-[mp]1$/)
          }
        }
      }),
    )
  })

  test('sarif and json stay JSON', () => {
    fc.assert(
      fc.property(nastyAnswer, (answer) => {
        expect(JSON.parse(written('sarif', [answer, answer])).runs[0].results).toHaveLength(4)
        expect(JSON.parse(written('json', [answer]))).toHaveLength(1)
      }),
    )
  })

  test('escaped text reads back; what XML forbids is replaced', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        let read = ''
        const parser = new Parser(
          { ontext: (part) => (read += part) },
          { xmlMode: true, decodeEntities: true },
        )
        parser.end(`<x>${escapeMarkup(text)}</x>`)
        expect(read).toBe(
          ['\u0000', '\ud800', '\ufffe'].reduce((out, char) => out.replaceAll(char, '\ufffd'), text),
        )
      }),
    )
  })
})

function elements(markup: string, xmlMode: boolean): { name: string; attributes: Record<string, string> }[] {
  const seen: { name: string; attributes: Record<string, string> }[] = []
  new Parser(
    { onopentag: (name, attributes) => seen.push({ name, attributes }) },
    { xmlMode, decodeEntities: true },
  ).end(markup)
  return seen.filter(({ name }) => name !== '?xml')
}

describe('rdjsonl columns', () => {
  test('cut the wording out of the bytes of its lines', () => {
    const { document, findings } = NEWS.analysis
    const bytes = document.text.split(/\r\n|\n/).map((line) => Buffer.from(line))
    const ranges = written('rdjsonl', [NEWS])
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line).location.range)
    const cut = ranges.map(({ start, end }) =>
      start.line === end.line
        ? bytes[start.line - 1]?.subarray(start.column - 1, end.column - 1).toString()
        : `${bytes[start.line - 1]?.subarray(start.column - 1)} ${bytes[end.line - 1]?.subarray(0, end.column - 1)}`,
    )
    expect(cut).toEqual(findings.map(({ surface }) => surface))
  })
})

describe('replacement', () => {
  const edit = (answer: Answered, nth: number, text: string) => {
    const { document, findings } = answer.analysis
    const found = findings[nth] as Analysis['findings'][number]
    const made = replacement(document, found, { text, probability: 1 })
    return made === undefined
      ? undefined
      : document.text.slice(0, made.span.start) + made.text + document.text.slice(made.span.end)
  }
  test.each([
    { answer: NEWS, nth: 1, text: 'in light of', has: 'stood in light of the old', why: 'over a line end' },
    { answer: PAGE, nth: 0, text: 'x', has: undefined, why: 'never over a tag' },
    { answer: PAGE, nth: 1, text: '', has: 'mastering, a gadget', why: 'a deletion takes a space along' },
    { answer: PAGE, nth: 2, text: 'a<b&c', has: 'very a&lt;b&amp;c &', why: 'escaped in HTML' },
  ])('$why', ({ answer, nth, text, has }) => {
    const fixed = edit(answer, nth, text)
    if (has === undefined) expect(fixed).toBeUndefined()
    else expect(fixed).toContain(has)
  })
})

describe('all formats', () => {
  test.each(FORMATS)('%s: the same answers twice give the same bytes', (format) => {
    expect(written(format, [NEWS, PAGE, HOSTILE])).toBe(written(format, [NEWS, PAGE, HOSTILE]))
  })

  test.each([
    { format: 'sarif', holds: '"id":"unreadable"' },
    { format: 'checkstyle', holds: 'severity="error"' },
    { format: 'github', holds: '::error file=gone.txt' },
    { format: 'rdjsonl', holds: '"severity":"ERROR"' },
    { format: 'html', holds: 'Not read: there is no such file' },
    { format: 'jsonl', holds: '"verdict":null' },
  ] as const)('$format tells what could not be read', ({ format, holds }) => {
    const sheet = renderer(format, { version: '1.2.3', colour: 'none', columns: 80 })
    expect(sheet.tellsProblems).toBe(true)
    expect([sheet.start(), sheet.failed('gone.txt', UNREADABLE), sheet.end()].join('')).toContain(holds)
  })
})

describe('html report', () => {
  test('marks every place in the text as read, whatever tags stand inside', () => {
    const page = written('html', [PAGE])
    expect(page).toContain('<a href="#d1-p1">gadget mastering</a>')
    expect(page.match(/<mark class="strong" id=/g)).toHaveLength(3)
  })

  test('its policy names the style sheet it has', async () => {
    const page = written('html', [])
    const style = page.slice(page.indexOf('<style>') + 7, page.indexOf('</style>'))
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64')
    expect(page).toContain(`style-src 'sha256-${hash}'`)
    expect(page).toContain("default-src 'none'")
  })
})
