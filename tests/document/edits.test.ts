import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { document } from '../../src/document/document.ts'
import { ignored } from '../../src/document/ignore.ts'
import { lines } from '../../src/document/lines.ts'
import { lineColumn } from '../../src/document/position.ts'
import { splice } from '../../src/document/splice.ts'

describe('lines', () => {
  test('every unit belongs to exactly one line', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r', '\r\n')), (parts) => {
        const text = parts.join('')
        const all = [...lines(text)]
        expect(all.map(({ start, next }) => text.slice(start, next)).join('')).toBe(text)
        expect(all.map(({ start, end }) => text.slice(start, end))).toEqual(
          text === '' ? [] : text.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/),
        )
      }),
    )
  })
})

describe('line and column', () => {
  test.each([
    { why: 'the start', text: 'ab\ncd', offset: 0, line: 1, column: 1 },
    { why: 'a line end belongs to its line', text: 'ab\ncd', offset: 2, line: 1, column: 3 },
    { why: 'the next line', text: 'ab\ncd', offset: 3, line: 2, column: 1 },
    { why: 'two units of one line end', text: 'ab\r\ncd', offset: 3, line: 1, column: 4 },
    { why: 'behind them', text: 'ab\r\ncd', offset: 4, line: 2, column: 1 },
    { why: 'columns count UTF-16 units', text: '😀a', offset: 2, line: 1, column: 3 },
    { why: 'the end of the text', text: 'ab\n', offset: 3, line: 2, column: 1 },
    { why: 'beyond the end', text: 'ab', offset: 99, line: 1, column: 3 },
    { why: 'the empty text', text: '', offset: 0, line: 1, column: 1 },
  ])('$why', ({ text, offset, line, column }) => {
    expect(lineColumn(text)(offset)).toEqual({ line, column })
  })
})

describe('splice', () => {
  test.each([
    { why: 'nothing to do', edits: [], gives: 'one two' },
    { why: 'replaces', edits: [{ span: { start: 0, end: 3 }, text: 'three' }], gives: 'three two' },
    {
      why: 'touching edits',
      edits: [
        { span: { start: 0, end: 3 }, text: 'a' },
        { span: { start: 3, end: 4 }, text: '' },
      ],
      gives: 'atwo',
    },
    { why: 'an empty span inserts', edits: [{ span: { start: 7, end: 7 }, text: '!' }], gives: 'one two!' },
  ])('$why', ({ edits, gives }) => {
    expect(splice('one two', edits)).toBe(gives)
  })
  test.each([
    {
      why: 'overlap',
      spans: [
        [0, 3],
        [2, 4],
      ],
    },
    {
      why: 'wrong order',
      spans: [
        [4, 5],
        [0, 1],
      ],
    },
    { why: 'beyond the text', spans: [[5, 9]] },
    { why: 'end before start', spans: [[3, 2]] },
  ])('$why is a bug of the caller', ({ spans }) => {
    const edits = spans.map(([start = 0, end = 0]) => ({ span: { start, end }, text: 'x' }))
    expect(() => splice('one two', edits)).toThrow(RangeError)
  })
})

describe('ignored', () => {
  test.each([
    { why: 'no marks', text: 'a\nb', silent: [] },
    { why: 'this line', text: 'a\nb <!-- unspin-ignore -->\nc', silent: ['b <!-- unspin-ignore -->'] },
    {
      why: 'the next line that is not blank',
      text: '<!-- unspin-ignore-next-line -->\n\nb\nc',
      silent: ['b'],
    },
    { why: 'a stretch', text: 'a\nunspin-disable\nb\nunspin-enable\nc', silent: ['unspin-disable\nb\n'] },
    { why: 'a stretch without an end', text: 'a\nunspin-disable\nb', silent: ['unspin-disable\nb'] },
    {
      why: 'a stretch on one line',
      text: 'a unspin-disable b unspin-enable c',
      silent: ['unspin-disable b '],
    },
    { why: 'a longer word is no mark', text: 'unspin-ignored\nnounspin-ignore', silent: [] },
    {
      why: 'two marks on a line, once',
      text: 'unspin-ignore unspin-ignore',
      silent: ['unspin-ignore unspin-ignore'],
    },
  ])('$why', ({ text, silent }) => {
    expect(ignored(document(text)).map(({ start, end }) => text.slice(start, end))).toEqual(silent)
  })
})
