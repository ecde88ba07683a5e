/**
 * One line of JSON Lines to the text and id of a document, or to the problem that keeps it from being one.
 *
 * In: bytes of a line, the names of the text and id fields. Out: a JsonRecord; nothing throws. The id is
 * what the record says (a string or number), else FILE:LINE, so that an answer can always be matched
 * with what was asked.
 */
import type { Problem } from '../index.ts'
import type { RecordId } from '../write/record.ts'
import { malformed } from './problems.ts'
import { withoutMark, wrongByte } from './text-bytes.ts'

export interface RecordKeys {
  readonly textKey: string
  readonly idKey: string
}

export type JsonRecord =
  | { readonly state: 'read'; readonly id: RecordId; readonly content: string }
  | { readonly state: 'failed'; readonly id: RecordId; readonly problem: Problem }

const SHOWN_KEYS = 8

/** Reads the line numbered `line` of the file called `name`; the first may begin with a byte order mark. */
export function jsonRecord(bytes: Uint8Array, name: string, line: number, keys: RecordKeys): JsonRecord {
  const place = `${name}:${line}`
  const failed = (id: RecordId, message: string, fix: string): JsonRecord => ({
    state: 'failed',
    id,
    problem: malformed(message, fix),
  })

  const own = line === 1 ? withoutMark(bytes) : bytes
  const wrong = wrongByte(own)
  if (wrong?.kind === 'not UTF-8')
    return failed(
      place,
      `line ${line} is not UTF-8 (first at its byte ${wrong.at + 1})`,
      'JSON is UTF-8: convert the file first',
    )
  if (wrong?.kind === 'NUL')
    return failed(
      place,
      `line ${line} holds a NUL byte (its byte ${wrong.at + 1})`,
      'the file is damaged, or UTF-16: JSON is UTF-8',
    )
  const text = new TextDecoder().decode(own)
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
  if (typeof content === 'string') return { state: 'read', id, content }
  const fact =
    content === undefined
      ? `line ${line} has no "${keys.textKey}"`
      : `line ${line}: "${keys.textKey}" is no string`
  return failed(
    id,
    fact,
    `name the field that holds the text with --text-key (there are: ${fieldNames(Object.keys(value))})`,
  )
}

function recordId(value: unknown): RecordId | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

/** Own fields only: "constructor" is no field of every object. */
function member(record: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(record, key)?.value
}

/** The first few names, for a message. */
export function fieldNames(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_KEYS).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name))
  if (names.length === 0) return 'none'
  return names.length > SHOWN_KEYS ? `${shown.join(', ')}, …` : shown.join(', ')
}
