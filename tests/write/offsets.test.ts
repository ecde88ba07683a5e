import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { offsets } from '../../src/write/offsets.ts'

/** Texts of every kind of unit: ASCII, two and three byte letters, astral characters, lone halves, line ends. */
const texts = fc
  .array(
    fc.constantFrom('a', ' ', 'é', '€', '😀', '\ud83d', '\ude00', '\r\n', '\n', '\r', '\u2028', 'word'),
    {
      maxLength: 40,
    },
  )
  .chain((parts) => fc.constantFrom(1, 37).map((times) => parts.join('').repeat(times)))

const isCharacterStart = (text: string, at: number): boolean =>
  (text.codePointAt(at - 1) ?? 0) <= 0xffff || at === 0

describe('one place in all counts', () => {
  const text = 'aé\r\n😀 €x'
  test.each([
    { at: 0, point: 0, byte: 0, position: '1:1', bytes: '1:1', why: 'the start' },
    { at: 2, point: 2, byte: 3, position: '1:3', bytes: '1:4', why: 'é is two bytes' },
    { at: 3, point: 3, byte: 4, position: '1:4', bytes: '1:5', why: 'inside a line end: the line it ends' },
    { at: 4, point: 4, byte: 5, position: '2:1', bytes: '2:1', why: 'a line begins' },
    {
      at: 5,
      point: 4,
      byte: 5,
      position: '2:2',
      bytes: '2:1',
      why: 'between the halves: the character’s start',
    },
    {
      at: 6,
      point: 5,
      byte: 9,
      position: '2:3',
      bytes: '2:5',
      why: 'an astral character is 2 units, 4 bytes',
    },
    { at: 8, point: 7, byte: 13, position: '2:5', bytes: '2:9', why: '€ is three bytes' },
    { at: 99, point: 8, byte: 14, position: '2:6', bytes: '2:10', why: 'beyond the end is the end' },
  ])('$at: $why', ({ at, point, byte, position, bytes }) => {
    const { line, column } = offsets(text).position(at)
    const counted = offsets(text).bytePosition(at)
    expect(offsets(text).codePoint(at)).toBe(point)
    expect(offsets(text).utf8(at)).toBe(byte)
    expect(`${line}:${column}`).toBe(position)
    expect(`${counted.line}:${counted.column}`).toBe(bytes)
  })

  test.each([
    { line: 3, column: 1, why: 'no such line' },
    { line: 0, column: 1, why: 'lines count from 1' },
    { line: 1, column: 5, why: 'the column is on the next line' },
    { line: 2, column: 7, why: 'beyond the end' },
    { line: 1, column: 0, why: 'columns count from 1' },
  ])('no place $line:$column: $why', (position) => {
    expect(offsets(text).fromPosition(position)).toBeUndefined()
  })
})

describe('laws', () => {
  test('code points and bytes agree with what the runtime counts', () => {
    fc.assert(
      fc.property(texts, fc.nat(2000), (text, seed) => {
        const at = text.length === 0 ? 0 : seed % (text.length + 1)
        fc.pre(isCharacterStart(text, at))
        const before = text.slice(0, at)
        expect(offsets(text).codePoint(at)).toBe([...before].length)
        expect(offsets(text).utf8(at)).toBe(new TextEncoder().encode(before).length)
      }),
      { numRuns: 400 },
    )
  })

  test('there and back is the same place', () => {
    fc.assert(
      fc.property(texts, fc.nat(2000), (text, seed) => {
        const at = text.length === 0 ? 0 : seed % (text.length + 1)
        const { codePoint, utf8, position, fromCodePoint, fromUtf8, fromPosition } = offsets(text)
        expect(fromPosition(position(at))).toBe(at)
        fc.pre(isCharacterStart(text, at))
        expect(fromCodePoint(codePoint(at))).toBe(at)
        expect(fromUtf8(utf8(at))).toBe(at)
      }),
      { numRuns: 400 },
    )
  })

  test('a byte inside a character belongs to the character', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { utf8, fromUtf8 } = offsets(text)
        const total = utf8(text.length)
        for (let byte = 0; byte <= Math.min(total, 300); byte++) {
          const at = fromUtf8(byte)
          expect(utf8(at)).toBeLessThanOrEqual(byte)
          if (at < text.length) {
            const size = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
            expect(utf8(at + size)).toBeGreaterThan(byte)
          }
        }
      }),
    )
  })

  test('byte columns are bytes since the line began', () => {
    fc.assert(
      fc.property(texts, fc.nat(2000), (text, seed) => {
        const at = text.length === 0 ? 0 : seed % (text.length + 1)
        fc.pre(isCharacterStart(text, at))
        const { position, bytePosition } = offsets(text)
        const { line, column } = position(at)
        expect(bytePosition(at)).toEqual({
          line,
          column: new TextEncoder().encode(text.slice(at - column + 1, at)).length + 1,
        })
      }),
    )
  })
})
