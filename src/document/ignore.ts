/**
 * Places the author asked us to leave alone.
 *
 * In: a document. Out: ordered, disjoint spans in which nothing is to be reported. Marks may stand in an
 * HTML comment or anywhere in a line: `unspin-ignore` (this line), `unspin-ignore-next-line` (the next
 * line that is not blank), `unspin-disable` … `unspin-enable` (everything between; without an end, to the
 * end of the document).
 */

import type { Document, Span } from '../types.ts'
import { isAsciiLetter, skipSpace } from './chars.ts'
import { lines } from './lines.ts'

type Mark = 'ignore' | 'ignore-next-line' | 'disable' | 'enable'

/** Longest first: one mark's name begins another's. */
const MARKS: readonly Mark[] = ['ignore-next-line', 'ignore', 'disable', 'enable']
const PREFIX = 'unspin-'

/** Spans of `document.text` to stay silent in, ordered and disjoint. */
export function ignored(document: Document): Span<'text'>[] {
  const { text } = document
  if (!text.includes(PREFIX)) return []
  const out: Span<'text'>[] = []
  let disabledFrom = -1
  let nextLine = false
  let markAt = text.indexOf(PREFIX)
  for (const line of lines(text)) {
    if (nextLine && disabledFrom < 0 && skipSpace(text, line.start, line.end) < line.end) {
      out.push({ start: line.start, end: line.end })
      nextLine = false
    }
    while (markAt !== -1 && markAt < line.end) {
      const mark = markAt < line.start ? undefined : markFrom(text, markAt + PREFIX.length)
      if (mark === 'disable' && disabledFrom < 0) disabledFrom = markAt
      else if (mark === 'enable' && disabledFrom >= 0) {
        add(out, { start: disabledFrom, end: markAt })
        disabledFrom = -1
      } else if (mark === 'ignore' && disabledFrom < 0) add(out, { start: line.start, end: line.end })
      else if (mark === 'ignore-next-line') nextLine = true
      markAt = text.indexOf(PREFIX, markAt + PREFIX.length)
    }
  }
  if (disabledFrom >= 0) add(out, { start: disabledFrom, end: text.length })
  return out
}

function markFrom(text: string, at: number): Mark | undefined {
  const mark = MARKS.find((name) => text.startsWith(name, at))
  if (mark === undefined) return undefined
  const after = text.charCodeAt(at + mark.length)
  const before = text.charCodeAt(at - PREFIX.length - 1)
  return isAsciiLetter(after) || after === 0x2d || isAsciiLetter(before) || before === 0x2d ? undefined : mark
}

/** A line may carry two marks; what the last span already covers is not added again. */
function add(out: Span<'text'>[], span: Span<'text'>): void {
  const last = out.at(-1)
  if (last && span.start < last.end)
    out[out.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
  else out.push(span)
}
