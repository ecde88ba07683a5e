/**
 * Lists of numbers by row, packed into two typed arrays: synsets of a word, words of a synset.
 *
 * In: coded integers. Out: `Packed`, walked by index without allocating. Millions of items load in
 * milliseconds this way, and arrays of arrays would take five times the memory.
 */
import { unzigzag } from './thesaurus-format.ts'

/** Row r holds items[starts[r]] up to items[starts[r + 1]]. */
export interface Packed {
  readonly starts: Int32Array
  readonly items: Int32Array
}

/**
 * How a row's codes become items. `sorted`: differences. `signed`: differences of either sign.
 * `paired`: differences of ids with one of three kinds; the item is id × 4 + kind, kind 0 to 2.
 */
export type Coding = 'sorted' | 'signed' | 'paired'
export const PAIR_SHIFT = 2

/** All integers of a section, seven bits a byte. One loop for every section: it is compiled once and stays hot. */
export function integers(bytes: Uint8Array): Int32Array {
  const out = new Int32Array(bytes.length)
  let size = 0
  for (let at = 0; at < bytes.length; ) {
    let part = bytes[at++] ?? 0
    let value = part & 0x7f
    for (let shift = 7; part >= 0x80 && shift < 35; shift += 7) {
      part = bytes[at++] ?? 0
      value |= (part & 0x7f) << shift
    }
    out[size++] = value
  }
  return out.subarray(0, size)
}

/** Rows of (number of items, codes). */
export function readLists(bytes: Uint8Array, rows: number, coding: Coding): Packed {
  const codes = integers(bytes)
  const starts = new Int32Array(rows + 1)
  // Items take the place of the codes: a row's number is read before its first item is written.
  const items = codes
  let size = 0
  let at = 0
  for (let row = 0; row < rows; row++) {
    starts[row] = size
    const end = Math.min(codes.length, at + 1 + (codes[at] ?? 0))
    at += 1
    let id = 0
    if (coding === 'paired') {
      for (; at < end; at++) {
        const code = codes[at] ?? 0
        const step = (code / 3) | 0
        id += step
        items[size++] = (id << PAIR_SHIFT) | (code - 3 * step)
      }
    } else if (coding === 'signed') {
      for (; at < end; at++) items[size++] = id += unzigzag(codes[at] ?? 0)
    } else {
      for (; at < end; at++) items[size++] = id += codes[at] ?? 0
    }
  }
  starts[rows] = size
  // Copied: codes take up to four times the room of what they become, and a thread holds its lists for good.
  return { starts, items: items.slice(0, size) }
}

/**
 * The same pairs listed by the other side: rows by id, holding the row they came from, in order.
 * With `shift`, ids are the items without their low bits, and the low bits go along.
 */
export function reversed(lists: Packed, rows: number, shift = 0): Packed {
  // Starts stand one row further on, so that filling a row moves its start to where the next one begins.
  const starts = new Int32Array(rows + 2)
  count(lists.items, shift, starts)
  for (let row = 1; row <= rows; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0)
  const items = new Int32Array(lists.items.length)
  fill(lists, shift, starts, items)
  return { starts: starts.subarray(0, rows + 1), items }
}

/** The same lists where every thread can read them. */
export const shared = ({ starts, items }: Packed): Packed => ({
  starts: sharedNumbers(starts),
  items: sharedNumbers(items),
})

function sharedNumbers(numbers: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(numbers.byteLength))
  copy.set(numbers)
  return copy
}

// One loop a function: the second long loop of a function would be compiled before it had ever run, in vain.
function count(items: Int32Array, shift: number, starts: Int32Array): void {
  for (let at = 0; at < items.length; at++) {
    const row = ((items[at] ?? 0) >>> shift) + 2
    starts[row] = (starts[row] ?? 0) + 1
  }
}

function fill(lists: Packed, shift: number, starts: Int32Array, items: Int32Array): void {
  const { starts: from, items: given } = lists
  const low = (1 << shift) - 1
  for (let row = 0, at = 0; row + 1 < from.length; row++) {
    const end = from[row + 1] ?? 0
    const self = row << shift
    for (; at < end; at++) {
      const item = given[at] ?? 0
      const to = (item >>> shift) + 1
      const slot = starts[to] ?? 0
      items[slot] = self | (item & low)
      starts[to] = slot + 1
    }
  }
}
