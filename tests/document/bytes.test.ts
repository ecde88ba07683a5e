import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode } from '../../src/document/decode.ts'
import { document } from '../../src/document/document.ts'

const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))
const PROSE = 'The café on the corner was closed, so we went to the naïve little bar instead. '

describe('decode', () => {
  test.each([
    { why: 'plain ASCII', bytes: utf8('plain'), text: 'plain', encoding: 'utf-8', kinds: [] },
    {
      why: 'UTF-8 without a mark',
      bytes: utf8('café ’ 😀'),
      text: 'café ’ 😀',
      encoding: 'utf-8',
      kinds: [],
    },
    { why: 'a UTF-8 mark is dropped', bytes: utf8('\ufeffcafé'), text: 'café', encoding: 'utf-8', kinds: [] },
    {
      why: 'a UTF-16 mark decides',
      bytes: utf16('\ufeffcafé'),
      text: 'café',
      encoding: 'utf-16le',
      kinds: [],
    },
    {
      why: 'UTF-16 without a mark shows in its zeros',
      bytes: utf16('plain words'),
      text: 'plain words',
      encoding: 'utf-16le',
      kinds: [],
    },
    {
      why: 'the caller knows better than a guess',
      bytes: latin('caf\xe9'),
      hint: { encoding: 'Windows-1252' },
      text: 'café',
      encoding: 'windows-1252',
      kinds: [],
    },
    {
      why: 'an unknown name is reported and passed over',
      bytes: utf8('café'),
      hint: { encoding: 'klingon-8' },
      text: 'café',
      encoding: 'utf-8',
      kinds: ['encoding'],
    },
    {
      why: 'a page names its charset',
      bytes: latin('<html><meta charset="iso-8859-1"><p>caf\xe9'),
      text: '<html><meta charset="iso-8859-1"><p>café',
      encoding: 'iso-8859-1',
      kinds: [],
    },
    {
      why: 'a page readable as ASCII is not UTF-16',
      bytes: utf8('<meta charset=utf-16><p>café'),
      text: '<meta charset=utf-16><p>café',
      encoding: 'utf-8',
      kinds: [],
    },
    { why: 'nothing at all', bytes: new Uint8Array(), text: '', encoding: 'utf-8', kinds: ['empty'] },
    { why: 'a zero byte', bytes: utf8('a\0b'), text: 'a\0b', encoding: 'utf-8', kinds: ['binary'] },
    {
      why: 'mostly control bytes',
      bytes: Uint8Array.from({ length: 40 }, (_, i) => (i % 5) + 1),
      text: '\x01\x02\x03\x04\x05'.repeat(8),
      encoding: 'utf-8',
      kinds: ['binary'],
    },
  ])('$why', ({ bytes, hint, text, encoding, kinds }) => {
    const read = decode(bytes, hint)
    expect(read.text).toBe(text)
    expect(read.encoding).toBe(encoding)
    expect(read.problems.map(({ kind }) => kind)).toEqual(kinds)
  })

  test('bytes that are not UTF-8 are counted, placed, and read by a guess', () => {
    const { text, problems } = decode(latin(PROSE.repeat(4)))
    expect(text).toContain('café')
    expect(problems).toEqual([
      {
        kind: 'encoding',
        message: expect.stringMatching(/^8 bytes are not UTF-8 \(first at byte 7\); read as \S+$/),
        fix: 'pass --encoding if this is wrong',
      },
    ])
  })

  test('one broken byte in much UTF-8 is damage, not another encoding', () => {
    const { text, encoding, problems } = decode(Uint8Array.from([...utf8(PROSE), 0xff, ...utf8(PROSE)]))
    expect(encoding).toBe('utf-8')
    expect(text).toBe(`${PROSE}\ufffd${PROSE}`)
    expect(problems[0]?.message).toBe('1 byte is not UTF-8 (first at byte 81); read as U+FFFD')
  })

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.option(fc.string(), { nil: undefined }),
        (bytes, name) => {
          const { text, encoding } = decode(bytes, name === undefined ? {} : { encoding: name })
          return typeof text === 'string' && encoding !== ''
        },
      ),
      { numRuns: 300 },
    )
  })

  test('valid UTF-8 comes back as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(!text.includes('\0') && !text.startsWith('\ufeff') && !text.startsWith('<'))
        expect(decode(utf8(text)).text).toBe(text)
      }),
    )
  })
})

describe('document', () => {
  test.each([
    { why: 'the ending decides', text: 'x', name: 'a.html', format: 'html' },
    { why: 'endings in capitals too', text: 'x', name: 'A.HTM', format: 'html' },
    { why: 'Markdown by its long ending', text: 'x', name: 'notes.markdown', format: 'md' },
    { why: 'a text file may speak of tags', text: '<p>x', name: 'a.txt', format: 'text' },
    { why: 'a doctype', text: '\n <!DOCTYPE html><p>x', name: undefined, format: 'html' },
    {
      why: 'a comment before the first tag',
      text: '<!-- c --><div>x</div>',
      name: undefined,
      format: 'html',
    },
    { why: 'a tag of the frame', text: '<p>x', name: 'page', format: 'html' },
    { why: 'a word that begins like a tag', text: '<pink> is a colour', name: undefined, format: 'text' },
    { why: 'an unknown ending and plain words', text: 'a < b', name: 'a.constructor', format: 'text' },
    { why: 'no hint of anything', text: 'words', name: undefined, format: 'text' },
  ])('$why: $format', ({ text, name, format }) => {
    const read = document(text, name === undefined ? {} : { name })
    expect(read.format).toBe(format)
    expect(read.text).toBe(text)
  })

  test('blank text is a problem, not an error', () => {
    expect(document(' \n\t').problems.map(({ kind }) => kind)).toEqual(['empty'])
    expect(document('x', { id: 'one' })).toMatchObject({ id: 'one', problems: [] })
  })
})
