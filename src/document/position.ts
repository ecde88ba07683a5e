/**
 * Offsets to lines and columns.
 *
 * In: a text, once. Out: a function from UTF-16 offset to 1-based line and column (columns count UTF-16
 * units). Line starts are kept in a typed array and searched by halving: a report asks for thousands.
 */

import { lines } from './lines.ts'

export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

/**
 * Converter for `text`. Offsets are clamped to [0, text.length]; an offset inside a line end belongs to
 * the line it ends; "\r\n" is one line end.
 */
export function lineColumn(text: string): (offset: number) => Position {
  let count = 1
  for (const { end, next } of lines(text)) if (next > end) count += 1
  const starts = new Uint32Array(count)
  let filled = 1
  for (const { end, next } of lines(text)) if (next > end) starts[filled++] = next
  return (offset) => {
    const at = Math.min(Math.max(offset, 0), text.length)
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 }
  }
}
