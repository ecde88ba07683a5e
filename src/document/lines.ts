/**
 * Lines of a text: in comes a string, out come half-open ranges, one at a time.
 *
 * A generator rather than a list, so that fifty million empty lines cost no memory. A line ends at
 * "\n", "\r\n" or a lone "\r".
 */

export interface Line {
  readonly start: number
  /** Before the line end. */
  readonly end: number
  /** Start of the following line; `text.length` on the last one. */
  readonly next: number
}

/** Every line of `text` in order; the empty string has none. */
export function* lines(text: string): Generator<Line> {
  let start = 0
  let feed = text.indexOf('\n')
  let back = text.indexOf('\r')
  while (start < text.length) {
    if (feed !== -1 && feed < start) feed = text.indexOf('\n', start)
    if (back !== -1 && back < start) back = text.indexOf('\r', start)
    const end = feed === -1 ? back : back === -1 ? feed : Math.min(feed, back)
    if (end === -1) {
      yield { start, end: text.length, next: text.length }
      return
    }
    const next = end === back && feed === back + 1 ? end + 2 : end + 1
    yield { start, end, next }
    start = next
  }
}
