import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wrongByte } from '../../src/batch/text-bytes.ts'

describe('the first byte that cannot be right', () => {
  test.each([
    { bytes: 'plain', is: undefined, why: 'nothing is wrong' },
    { bytes: 'caf\xc3\xa9 \xf0\x9f\x98\x80', is: undefined, why: 'sequences of two and four bytes' },
    { bytes: 'caf\xe9', is: { kind: 'not UTF-8', at: 3 }, why: 'cut off at the end' },
    { bytes: 'ab\xe2\x28\xa1', is: { kind: 'not UTF-8', at: 2 }, why: 'a sequence that goes wrong inside' },
    { bytes: '\xff', is: { kind: 'not UTF-8', at: 0 }, why: 'the very first' },
    { bytes: 'a\0b', is: { kind: 'NUL', at: 1 }, why: 'a NUL' },
    { bytes: '\0\xff', is: { kind: 'not UTF-8', at: 1 }, why: 'what is no UTF-8 is told first' },
  ])('$why', ({ bytes, is }) => {
    expect(wrongByte(Buffer.from(bytes, 'latin1'))).toEqual(is)
  })

  test('law: everything before it is UTF-8, and it cannot be completed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
        (text, tail) => {
          const bytes = Buffer.concat([Buffer.from(text), tail])
          const wrong = wrongByte(bytes)
          if (wrong?.kind !== 'not UTF-8') return
          expect(wrongByte(bytes.subarray(0, wrong.at))?.kind).not.toBe('not UTF-8')
          // Every longer beginning has it wrong as well, or ends inside of the sequence.
          expect(wrong.at).toBeGreaterThanOrEqual(Buffer.byteLength(text))
        },
      ),
    )
  })
})
