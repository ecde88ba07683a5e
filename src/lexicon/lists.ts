/**
 * Lists of numbers by row, packed into two typed arrays: synsets of a word, words of a synset.
 *
 * In: coded integers or pairs. Out: `Lists`, read row by row without allocating. Millions of items
 * load in milliseconds this way, and arrays of arrays would take five times the memory.
 */
import { unzigzag } from './thesaurus-format.ts'
export interface Lists {
  count(row: number): number
  each(row: number, visit: (item: number) => void): void
}

export interface Packed extends Lists {
  /** Row r holds items[starts[r]] up to items[starts[r + 1]]. */
  readonly starts: Uint32Array
  readonly items: Uint32Array
}

function packed(starts: Uint32Array, items: Uint32Array): Packed {
  const from = (row: number): number => starts[row] ?? 0
  return {
    starts,
    items,
    count: (row) => from(row + 1) - from(row),
    each(row, visit) {
      const end = from(row + 1)
      for (let at = from(row); at < end; at++) visit(items[at] ?? 0)
    },
  }
}

/**
 * How a row's codes become items. `sorted`: differences. `signed`: differences of either sign.
 * `paired`: differences of ids with one of three kinds; the item is id × 4 + kind, kind 0 to 2.
 */
export type Coding = 'sorted' | 'signed' | 'paired'
export const PAIR_SHIFT = 2

/** Rows of (number of items, codes), seven bits a byte. */
export function readLists(bytes: Uint8Array, rows: number, coding: Coding): Packed {
  const starts = new Uint32Array(rows + 1)
  // Every item takes a byte or more.
  const items = new Uint32Array(bytes.length)
  let size = 0
  let at = 0
  const varint = (): number => {
    let part = bytes[at++] ?? 0
    let value = part & 0x7f
    for (let shift = 7; part >= 0x80 && shift < 35; shift += 7) {
      part = bytes[at++] ?? 0
      value |= (part & 0x7f) << shift
    }
    return value >>> 0
  }
  for (let row = 0; row < rows; row++) {
    starts[row] = size
    let id = 0
    for (let left = varint(); left > 0 && size < items.length; left--) {
      const code = varint()
      if (coding === 'paired') {
        const step = Math.floor(code / 3)
        id += step
        items[size++] = (id << PAIR_SHIFT) | (code - 3 * step)
      } else {
        id += coding === 'signed' ? unzigzag(code) : code
        items[size++] = id
      }
    }
  }
  starts[rows] = size
  return packed(starts, items.subarray(0, size))
}

/**
 * The same pairs listed by the other side: rows by id, holding the row they came from, in order.
 * With `shift`, ids are the items without their low bits, and the low bits go along.
 */
export function reversed(lists: Packed, rows: number, shift = 0): Packed {
  const low = (1 << shift) - 1
  const starts = new Uint32Array(rows + 1)
  for (let at = 0; at < lists.items.length; at++) {
    const row = ((lists.items[at] ?? 0) >>> shift) + 1
    starts[row] = (starts[row] ?? 0) + 1
  }
  for (let row = 0; row < rows; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0)
  const free = starts.slice()
  const items = new Uint32Array(lists.items.length)
  for (let row = 0; row + 1 < lists.starts.length; row++) {
    const end = lists.starts[row + 1] ?? 0
    for (let at = lists.starts[row] ?? 0; at < end; at++) {
      const item = lists.items[at] ?? 0
      const slot = free[item >>> shift] ?? 0
      items[slot] = (row << shift) | (item & low)
      free[item >>> shift] = slot + 1
    }
  }
  return packed(starts, items)
}

/** From alternating row and item, rows ascending. */
export function fromPairs(pairs: readonly number[], rows: number): Packed {
  const starts = new Uint32Array(rows + 1)
  const items = new Uint32Array(pairs.length / 2)
  let row = 0
  for (let at = 0; at < items.length; at++) {
    const next = pairs[2 * at] ?? 0
    while (row < next) starts[++row] = at
    items[at] = pairs[2 * at + 1] ?? 0
  }
  while (row < rows) starts[++row] = items.length
  return packed(starts, items)
}
