/**
 * One line of JSON Lines to an input document, or to the problem that keeps it from being one.
 *
 * In: bytes of a line, the names of the text and id fields. Out: an Input; nothing throws. The id is
 * what the record says (a string or number), else FILE:LINE, so that an answer can always be matched
 * with what was asked.
 */
import type { Problem } from '../index.ts'
import type { RecordId } from '../write/record.ts'
import type { Input } from './input.ts'

export interface RecordKeys {
  readonly textKey: string
  readonly idKey: string
}

const SHOWN_KEYS = 8

/** Reads the line numbered `line` of the file called `name`. */
export function jsonRecord(bytes: Uint8Array, name: string, line: number, keys: RecordKeys): Input {
  const place = `${name}:${line}`
  const failed = (id: RecordId, message: string, fix: string): Input => ({
    state: 'failed',
    id,
    problem: { kind: 'record', message, fix },
  })

  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return failed(place, `line ${line} is not UTF-8`, 'JSON is UTF-8: convert the file first')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return failed(
      place,
      `line ${line} is not JSON (it starts ${JSON.stringify(text.trim().slice(0, 24))})`,
      'each line must hold one complete JSON object',
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed(place, `line ${line} holds no object`, `each line must be {"${keys.textKey}": "…"}`)
  }
  const id = recordId(member(value, keys.idKey)) ?? place
  const content = member(value, keys.textKey)
  if (typeof content === 'string') return { state: 'read', id, name: place, content, origin: 'record' }
  const fact =
    content === undefined
      ? `line ${line} has no "${keys.textKey}"`
      : `line ${line}: "${keys.textKey}" is no string`
  return failed(
    id,
    fact,
    `name the field that holds the text with --text-key (there are: ${fieldNames(value)})`,
  )
}

/** What stands for a line that was dropped because of its length. */
export function tooLong(name: string, line: number, size: number, maxBytes: number): Input {
  return { state: 'failed', id: `${name}:${line}`, problem: tooLarge(`line ${line}`, size, maxBytes) }
}

/** `size` is exact, or undefined where reading stopped at the limit. */
export function tooLarge(what: string, size: number | undefined, maxBytes: number): Problem {
  const fact = size === undefined ? `more than ${maxBytes} bytes` : `${size} bytes, more than ${maxBytes}`
  return {
    kind: 'too-large',
    message: `${what} has ${fact}`,
    fix: 'split it, or pass a larger --max-bytes',
  }
}

function recordId(value: unknown): RecordId | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

/** Own fields only: "constructor" is no field of every object. */
function member(record: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(record, key)?.value
}

function fieldNames(record: object): string {
  const names = Object.keys(record)
  const shown = names.slice(0, SHOWN_KEYS).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name))
  if (names.length === 0) return 'none'
  return names.length > SHOWN_KEYS ? `${shown.join(', ')}, …` : shown.join(', ')
}
