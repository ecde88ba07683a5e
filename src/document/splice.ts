/**
 * Applies edits to a text.
 *
 * In: the text and ordered, disjoint edits. Out: the new text; what no edit covers is kept unit for unit.
 */

import type { Span } from '../types.ts'

export interface Edit {
  readonly span: Span<'text'>
  /** Replaces the span; empty deletes, an empty span inserts. */
  readonly text: string
}

/**
 * `text` with every edit applied. No edits give the text back.
 * Throws RangeError when edits overlap, are out of order or leave the text: a bug of the caller,
 * never a matter of input.
 */
export function splice(text: string, edits: readonly Edit[]): string {
  const out: string[] = []
  let at = 0
  for (const { span, text: replacement } of edits) {
    if (!(span.start >= at && span.end >= span.start && span.end <= text.length))
      throw new RangeError(
        `edit [${span.start}, ${span.end}) overlaps the one before it (ending at ${at}) or leaves the text (${text.length} units)`,
      )
    out.push(text.slice(at, span.start), replacement)
    at = span.end
  }
  out.push(text.slice(at))
  return out.join('')
}
