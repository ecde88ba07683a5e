/**
 * How deep the elements of a page may be nested, without building them.
 *
 * In: the source. Out: a bound from above: start tags that were not matched by end tags so far. Tags are
 * looked for by hand, since all that is asked is whether a tree can be built of them; a "<b" inside a
 * script counts too and does no harm.
 */

import { isAsciiLetter, isDigit } from './chars.ts'
import { CLOSED_BY_SAME, VOID } from './html-elements.ts'

/** No name in the tables is longer; longer ones are counted as they are. */
const MAX_NAME = 20

/**
 * Largest number of elements open at once. Elements whose end tag may be left out count only inside
 * lists and tables, whose own tags are counted.
 */
export function htmlDepth(text: string): number {
  let depth = 0
  let deepest = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const closes = text.charAt(at + 1) === '/'
    const start = closes ? at + 2 : at + 1
    if (!isAsciiLetter(text.charCodeAt(start))) continue
    let end = start
    while (end - start < MAX_NAME && (isAsciiLetter(text.charCodeAt(end)) || isDigit(text.charCodeAt(end))))
      end += 1
    const name = text.slice(start, end).toLowerCase()
    if (VOID.has(name) || CLOSED_BY_SAME.has(name)) continue
    depth = closes ? Math.max(0, depth - 1) : depth + 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}
