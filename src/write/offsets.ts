/**
 * One place in a text, counted in every way that formats ask for, there and back.
 *
 * In: a text, once. Out: functions between UTF-16 offsets (ours), code points, UTF-8 bytes, and lines
 * with columns in UTF-16 units or in bytes. A table of marks every few hundred units is kept, so that a
 * question costs a short walk and a long document little memory.
 *
 * A lone surrogate is one code point and three bytes, as every encoder writes U+FFFD for it. What falls
 * between the halves of a pair, or inside a character's bytes, is moved back to the character's start.
 */
import { lineColumn, type Position } from '../document/position.ts'
import { characterStart } from './visible.ts'

export interface Offsets {
  /** Code points before a UTF-16 offset; offsets are clamped to the text. */
  codePoint(offset: number): number
  /** UTF-8 bytes before a UTF-16 offset. */
  utf8(offset: number): number
  /** Line and column from 1; the column counts UTF-16 units. */
  position(offset: number): Position
  /** Line and column from 1; the column counts UTF-8 bytes. */
  bytePosition(offset: number): Position
  /** UTF-16 offset of the `count`-th code point, clamped to the text. */
  fromCodePoint(count: number): number
  /** UTF-16 offset of the character that byte `count` belongs to. */
  fromUtf8(count: number): number
  /** UTF-16 offset of a line and column in UTF-16 units; undefined where the text has no such place. */
  fromPosition(position: Position): number | undefined
}

/** Units between two marks: 2 KB of table for a 64 KB text. */
const STRIDE = 256

/** Converter for `text`. */
export function offsets(text: string): Offsets {
  const place = lineColumn(text)
  const marks = countedMarks(text)

  const counted = (offset: number, of: Count): number => {
    const at = characterStart(text, clamped(offset, text.length))
    const mark = Math.floor(at / STRIDE)
    let count = marks[of][mark] ?? 0
    for (let i = marks.at[mark] ?? 0; i < at; i += width(text, i)) count += SIZE[of](text, i)
    return count
  }

  const found = (count: number, of: Count): number => {
    const mark = lastNotAbove(marks[of], count)
    let passed = marks[of][mark] ?? 0
    let at = marks.at[mark] ?? 0
    while (at < text.length && passed + SIZE[of](text, at) <= count) {
      passed += SIZE[of](text, at)
      at += width(text, at)
    }
    return at
  }

  return {
    codePoint: (offset) => counted(offset, 'points'),
    utf8: (offset) => counted(offset, 'bytes'),
    position: place,
    bytePosition(offset) {
      const at = clamped(offset, text.length)
      const { line, column } = place(at)
      return { line, column: counted(at, 'bytes') - counted(at - column + 1, 'bytes') + 1 }
    },
    fromCodePoint: (count) => found(count, 'points'),
    fromUtf8: (count) => found(count, 'bytes'),
    fromPosition({ line, column }) {
      let [low, high] = [0, text.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (place(middle).line < line) low = middle + 1
        else high = middle
      }
      const at = low + column - 1
      if (at < 0 || at > text.length) return undefined
      const there = place(at)
      return there.line === line && there.column === column ? at : undefined
    },
  }
}

type Count = 'points' | 'bytes'

/** What the character that starts at `at` adds to each count. */
const SIZE: Readonly<Record<Count, (text: string, at: number) => number>> = {
  points: () => 1,
  bytes: (text, at) => {
    const point = text.codePointAt(at) ?? 0
    if (point < 0x80) return 1
    if (point < 0x800) return 2
    return point < 0x10000 ? 3 : 4
  },
}

/** UTF-16 units of the character at `at`. */
const width = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)

interface Marks {
  /** Start of the first character at or before each multiple of STRIDE. */
  readonly at: Uint32Array
  readonly points: Uint32Array
  readonly bytes: Uint32Array
}

function countedMarks(text: string): Marks {
  const size = Math.floor(text.length / STRIDE) + 1
  const marks = { at: new Uint32Array(size), points: new Uint32Array(size), bytes: new Uint32Array(size) }
  let [points, bytes, next] = [0, 0, 1]
  for (let at = 0; at < text.length; ) {
    const step = width(text, at)
    if (at + step > next * STRIDE && next < size) {
      marks.at[next] = at
      marks.points[next] = points
      marks.bytes[next] = bytes
      next += 1
    }
    points += 1
    bytes += SIZE.bytes(text, at)
    at += step
  }
  // A mark exactly at the end of the text has no character behind it.
  if (next < size) {
    marks.at[next] = text.length
    marks.points[next] = points
    marks.bytes[next] = bytes
  }
  return marks
}

const clamped = (offset: number, length: number): number => Math.min(Math.max(offset, 0), length)

function lastNotAbove(values: Uint32Array, value: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((values[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
