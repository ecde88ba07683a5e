/**
 * Changes of a text to edits of the JSON line it stands in: the value changes where the text does, and
 * every other byte of the line, escapes and white space included, stays.
 *
 * In: the bytes of a line, the name of the text field. Out: a TextPlace, or undefined where the line
 * holds no such text. The scanner trusts the parser, which has read the line before; it keeps a count of
 * brackets instead of going down into them.
 */
import { jsonRecord } from './json-record.ts'
import { type ByteRange, editsWithin, type TextPlace, unwritable, utf8Step } from './text-place.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const SMALL_U = 0x75
const ESCAPE = { bytes: 2, units: 1 } as const
const UNICODE_ESCAPE = { bytes: 6, units: 1 } as const

/** `isFirst`: the line may begin with a byte order mark. */
export function jsonPlace(line: Uint8Array, textKey: string, isFirst: boolean): TextPlace | undefined {
  const read = jsonRecord(line, '', isFirst ? 1 : 2, { textKey, idKey: textKey })
  const range = read.state === 'read' ? textRange(line, textKey) : undefined
  if (read.state === 'failed' || range === undefined) return undefined
  // A file of pure ASCII stays one.
  const ascii = line.subarray(range.start, range.end).every((byte) => byte < 0x80)
  const step = (at: number) => {
    if (line[at] !== BACKSLASH) return utf8Step(line[at] ?? 0)
    return line[at + 1] === SMALL_U ? UNICODE_ESCAPE : ESCAPE
  }
  const encoded = (text: string): Buffer => {
    const inner = JSON.stringify(text).slice(1, -1)
    return Buffer.from(ascii ? asciiOnly(inner) : inner)
  }
  return {
    text: read.content,
    edits: (changes) =>
      editsWithin(line, range, changes, step, encoded) ??
      unwritable('a change falls into the middle of a character', 'report this as a bug'),
  }
}

/** The bytes between the quotation marks of the last member called `key` of the line's object. */
export function textRange(line: Uint8Array, key: string): ByteRange | undefined {
  let found: ByteRange | undefined
  let at = line.indexOf(0x7b) + 1
  while (at > 0 && at < line.length) {
    at = past(line, at, isBetween)
    if (line[at] !== QUOTE) break
    const name = stringAt(line, at)
    at = past(line, name.end + 1, isBetween)
    const isText = line[at] === QUOTE
    const value = isText ? stringAt(line, at) : undefined
    if (nameOf(line, name) === key) found = value
    at = value === undefined ? valueEnd(line, at) : value.end + 1
  }
  return found
}

/** The inside of the string whose quotation mark stands at `at`. */
function stringAt(line: Uint8Array, at: number): ByteRange {
  let end = at + 1
  while (end < line.length && line[end] !== QUOTE) end += line[end] === BACKSLASH ? 2 : 1
  return { start: at + 1, end: Math.min(end, line.length) }
}

function nameOf(line: Uint8Array, { start, end }: ByteRange): string | undefined {
  try {
    const name: unknown = JSON.parse(`"${Buffer.from(line.subarray(start, end)).toString()}"`)
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}

/** Behind the object, list, number or word that begins at `at`. */
function valueEnd(line: Uint8Array, at: number): number {
  let depth = 0
  for (let i = at; i < line.length; i++) {
    const byte = line[i]
    if (byte === QUOTE) i = stringAt(line, i).end
    else if (byte === 0x7b || byte === 0x5b) depth += 1
    else if (byte === 0x7d || byte === 0x5d) {
      if (depth === 0) return i
      depth -= 1
    } else if (byte === 0x2c && depth === 0) return i
  }
  return line.length
}

/** White space, comma, colon: what stands between names and values. */
const isBetween = (byte: number): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x2c || byte === 0x3a

function past(line: Uint8Array, from: number, skipped: (byte: number) => boolean): number {
  let at = from
  while (at < line.length && skipped(line[at] ?? 0)) at += 1
  return at
}

function asciiOnly(json: string): string {
  let out = ''
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at)
    out += unit < 0x80 ? json[at] : `\\u${unit.toString(16).padStart(4, '0')}`
  }
  return out
}
