/**
 * Where a document shows a wording that its owner allows: compared by token keys, so that case, line
 * breaks and typographic apostrophes make no difference, and several words are one wording.
 *
 * A finding within such a place is none; a longer finding around it is another wording and stays.
 */
import { rawTokens } from '../document/tokens.ts'
import type { Sentence, Span } from '../types.ts'

/** Ranges of the text that read as one of `allow`, in order; they may overlap. */
export function allowedSpans(
  sentences: readonly Sentence[],
  allow: ReadonlySet<string>,
): readonly Span<'text'>[] {
  const byFirst = new Map<string, (readonly string[])[]>()
  for (const wording of allow) {
    const keys = rawTokens(wording).map(({ key }) => key)
    const [first] = keys
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), keys])
  }
  if (byFirst.size === 0) return []
  return sentences.flatMap(({ tokens }) =>
    tokens.flatMap(({ key, span }, start) =>
      (byFirst.get(key) ?? [])
        .filter((keys) => keys.every((word, at) => tokens[start + at]?.key === word))
        .map((keys) => ({ start: span.start, end: tokens[start + keys.length - 1]?.span.end ?? span.end })),
    ),
  )
}

/** Is the range inside one of `places`? */
export const isAllowed = (span: Span<'text'>, places: readonly Span<'text'>[]): boolean =>
  places.some(({ start, end }) => start <= span.start && span.end <= end)
