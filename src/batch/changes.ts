/**
 * A text as given and as restored to the places that differ.
 *
 * In: both texts and the fixes that were applied. Out: ordered, disjoint changes that turn one into the
 * other, exactly; nothing is ever left to a guess: what the fixes do not explain becomes one change from
 * the first difference to the last. A fix alone does not tell its change: it may span markup, write
 * `&amp;` for `&`, or take the blank before a deleted word along.
 */
import type { AppliedFix } from '../index.ts'

/** `before` stood at [start, end) of the text as given, UTF-16 units; `after` stands there now. */
export interface TextChange {
  readonly start: number
  readonly end: number
  readonly before: string
  readonly after: string
}

export function textChanges(
  given: string,
  restored: string,
  applied: readonly AppliedFix[],
): readonly TextChange[] {
  if (given === restored) return []
  const found = explained(given, restored, applied)
  if (found !== undefined && carriedOut(given, found) === restored) return found
  return [onlyChange(given, restored)]
}

/** `given` with the changes in it. */
export function carriedOut(given: string, changes: readonly TextChange[]): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end, after } of changes) {
    parts.push(given.slice(at, start), after)
    at = end
  }
  parts.push(given.slice(at))
  return parts.join('')
}

/** Walks both texts from fix to fix; undefined where they do not run alike between fixes. */
function explained(
  given: string,
  restored: string,
  applied: readonly AppliedFix[],
): readonly TextChange[] | undefined {
  const changes: TextChange[] = []
  let from = 0
  let to = 0
  for (const [i, fix] of applied.entries()) {
    const { end } = fix.span
    const start = fix.text === '' ? blanksBefore(given, fix.span.start) : fix.span.start
    if (start < from || end < start || end > given.length) return undefined
    const gap = given.slice(from, start)
    if (!restored.startsWith(gap, to)) return undefined
    to += gap.length
    const next = applied[i + 1]
    const nextStart =
      next === undefined
        ? given.length
        : next.text === ''
          ? blanksBefore(given, next.span.start)
          : next.span.start
    if (nextStart < end) return undefined
    const following = given.slice(end, nextStart)
    const length =
      next === undefined ? restored.length - to - following.length : written(restored, to, fix, following)
    if (length < 0) return undefined
    const after = restored.slice(to, to + length)
    changes.push({ start, end, before: given.slice(start, end), after })
    from = end
    to += length
  }
  const real = changes.filter(({ before, after }) => before !== after)
  return real.some((change) => splitsPair(given, change)) ? undefined : real
}

/** How many units stand for the fix: its text, as it is or escaped; else up to where the gap behind it goes on. */
function written(restored: string, at: number, fix: AppliedFix, following: string): number {
  for (const text of [fix.text, fix.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')])
    if (restored.startsWith(text, at) && restored.startsWith(following, at + text.length)) return text.length
  if (following === '') return -1
  const limit = at + 4 * (fix.span.end - fix.span.start + fix.text.length) + 256
  const found = restored.slice(at, limit + following.length).indexOf(following)
  return found
}

function blanksBefore(text: string, at: number): number {
  let start = at
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1
  return start
}

/** From the first unit that differs to the last one, widened to whole characters. */
function onlyChange(given: string, restored: string): TextChange {
  const shorter = Math.min(given.length, restored.length)
  let start = 0
  while (start < shorter && given.charCodeAt(start) === restored.charCodeAt(start)) start += 1
  if (start > 0 && isHigh(given.charCodeAt(start - 1))) start -= 1
  let tail = 0
  while (
    tail < shorter - start &&
    given.charCodeAt(given.length - 1 - tail) === restored.charCodeAt(restored.length - 1 - tail)
  )
    tail += 1
  if (tail > 0 && isLow(given.charCodeAt(given.length - tail))) tail -= 1
  const end = given.length - tail
  return { start, end, before: given.slice(start, end), after: restored.slice(start, restored.length - tail) }
}

/** A change at half a character could not be written in any encoding. */
const splitsPair = (given: string, { start, end, after }: TextChange): boolean =>
  (isHigh(given.charCodeAt(start - 1)) && isLow(given.charCodeAt(start))) ||
  (isHigh(given.charCodeAt(end - 1)) && isLow(given.charCodeAt(end))) ||
  isLow(after.charCodeAt(0)) ||
  isHigh(after.charCodeAt(after.length - 1))

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
