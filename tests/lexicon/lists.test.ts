/** Packed lists against plain arrays of arrays. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { integers, PAIR_SHIFT, type Packed, readLists, reversed } from '../../src/lexicon/lists.ts'
import { byteWriter, zigzag } from '../../src/lexicon/thesaurus-format.ts'

const rowsOf = ({ starts, items }: Packed): number[][] =>
  Array.from({ length: starts.length - 1 }, (_, row) => [...items.subarray(starts[row], starts[row + 1])])

const coded = (rows: readonly (readonly number[])[], code: (step: number) => number): Uint8Array => {
  const out = byteWriter()
  for (const row of rows) {
    out.varint(row.length)
    row.forEach((item, at) => {
      out.varint(code(item - (row[at - 1] ?? 0)))
    })
  }
  return out.bytes()
}

const ROWS = 300
const rows = fc.array(fc.uniqueArray(fc.nat(ROWS - 1), { maxLength: 8 }), { maxLength: 12 })

test('lists come back as written, in either coding', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const ascending = given.map((row) => row.toSorted((a, b) => a - b))
      expect(rowsOf(readLists(coded(given, zigzag), given.length, 'signed'))).toEqual(given)
      expect(
        rowsOf(
          readLists(
            coded(ascending, (step) => step),
            given.length,
            'sorted',
          ),
        ),
      ).toEqual(ascending)
    }),
  )
})

test('reversed: every pair from the other side, in order', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const there = rowsOf(reversed(readLists(coded(given, zigzag), given.length, 'signed'), ROWS))
      expect(there).toEqual(
        Array.from({ length: ROWS }, (_, id) => given.flatMap((row, at) => (row.includes(id) ? [at] : []))),
      )
    }),
  )
})

test('paired: the kind goes along both ways', () => {
  const bytes = Uint8Array.of(2, 1 * 3 + 2, 2 * 3 + 0, 1, 3 * 3 + 1)
  const lists = readLists(bytes, 2, 'paired')
  expect(rowsOf(lists)).toEqual([[(1 << PAIR_SHIFT) | 2, 3 << PAIR_SHIFT], [(3 << PAIR_SHIFT) | 1]])
  expect(rowsOf(reversed(lists, 4, PAIR_SHIFT))).toEqual([[], [2], [], [0, (1 << PAIR_SHIFT) | 1]])
})

test('a number that the end cuts off ends there', () => {
  expect([...integers(Uint8Array.of(0x81, 0x01, 0x7f, 0xff))]).toEqual([129, 127, 127])
})
