/**
 * A stream of records to one JSON array that a person can read too.
 *
 * In: records one by one. Out: the text to print before, between and after them, so that memory never
 * holds more than one record. JSON.stringify writes lone surrogates as escapes: the output is
 * well-formed UTF-8 whatever the input held.
 */
import type { Joiner } from './sheet.ts'

export interface ArrayWriter {
  /** Text for the next record, with the comma or bracket that belongs before it. */
  next(record: unknown): string
  /** Closes the array; valid JSON even when no record came. */
  end(): string
}

/** A writer for one array. It remembers only whether a record came already. */
export function jsonArray(): ArrayWriter {
  let started = false
  return {
    next(record) {
      const opening = started ? ',\n' : '[\n'
      started = true
      return opening + indented(JSON.stringify(record, null, 2))
    },
    end() {
      return started ? '\n]\n' : '[]\n'
    },
  }
}

/** Records as lines of JSON to one array. */
export function jsonJoiner(): Joiner {
  const array = jsonArray()
  return {
    start: () => '',
    add: (line) => array.next(JSON.parse(line)),
    end: () => array.end(),
  }
}

/** JSON strings never hold a bare line feed, so every one of them is a line of the layout. */
function indented(json: string): string {
  return `  ${json.replaceAll('\n', '\n  ')}`
}
