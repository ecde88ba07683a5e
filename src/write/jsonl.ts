/**
 * A record to one line of JSON Lines: no line feed inside, exactly one at the end.
 *
 * U+2028 and U+2029 are legal in JSON, yet some readers split lines at them; escaped they are the
 * same string and can't be taken for a line's end.
 */

/** One line, its end included. */
export function jsonLine(record: unknown): string {
  return `${JSON.stringify(record).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`
}
