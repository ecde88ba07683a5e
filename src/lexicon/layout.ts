/**
 * The bytes of a compiled dictionary: magic, JSON header, then named sections of whole numbers or UTF-8
 * texts, each at a multiple of 4.
 *
 * Its own small layout, because the lexicon does not import the model's container. A section of numbers
 * is as wide as its largest number needs (1, 2 or 4 bytes, little-endian as on every machine that runs
 * Node) and is read in place: loading parses nothing, and threads share one buffer.
 */
import { type Ascending, ascending, ascendingSections, type Numbers, type Section } from './numbers.ts'

export const LAYOUT_VERSION = 4
const MAGIC = 'unspin.d'
const PREFIX = MAGIC.length + 4

export interface Sections {
  /** What the writer put beside the sections. */
  readonly header: Readonly<Record<string, unknown>>
  /** A view of the bytes, as wide as they were written. */
  numbers(name: string): Numbers
  /** What `ascendingSections` wrote under this name. */
  ascending(name: string): Ascending
  texts(name: string): Texts
}

/** A list of texts that are decoded when they are asked for. */
export interface Texts {
  readonly count: number
  /** Text `at`; empty when there is none. */
  text(at: number): string
  /** Is text `at` just this? Nothing is decoded for ASCII. */
  equals(at: number, text: string): boolean
}

/** Sections that together are a list of texts; read back with `texts(name)`. */
export function textSections(name: string, texts: readonly string[]): readonly Section[] {
  const encoded = texts.map((text) => new TextEncoder().encode(text))
  const offsets = [0]
  for (const { length } of encoded) offsets.push((offsets.at(-1) ?? 0) + length)
  const bytes = new Uint8Array(offsets.at(-1) ?? 0)
  for (const [at, text] of encoded.entries()) bytes.set(text, offsets[at])
  return [{ name, bytes, width: 1 }, ...ascendingSections(offsetsOf(name), offsets)]
}

const offsetsOf = (name: string): string => `${name}.offsets`
const aligned = (length: number): number => Math.ceil(length / 4) * 4

export function packSections(
  header: Readonly<Record<string, unknown>>,
  sections: readonly Section[],
): Uint8Array {
  const body = new Uint8Array(sections.reduce((sum, { bytes }) => sum + aligned(bytes.length), 0))
  let at = 0
  for (const { bytes } of sections) {
    body.set(bytes, at)
    at += aligned(bytes.length)
  }
  const table = sections.map(({ name, bytes, width }) => ({ name, length: bytes.length, width }))
  const sum = checksum(body)
  const json = new TextEncoder().encode(
    JSON.stringify({ version: LAYOUT_VERSION, ...header, sum, sections: table }),
  )
  const start = aligned(PREFIX + json.length)
  const out = new Uint8Array(start + body.length)
  out.set(new TextEncoder().encode(MAGIC))
  new DataView(out.buffer).setUint32(MAGIC.length, json.length, true)
  out.set(json, PREFIX)
  out.set(body, start)
  return out
}

/**
 * The sections as views into `given`, which must not change afterwards.
 *
 * @throws an Error that says what is wrong with the bytes and to build the dictionary again
 */
export function unpackSections(given: Uint8Array): Sections {
  // Views of wider numbers must start at multiples of their width; a copy does.
  const bytes = given.byteOffset % 4 === 0 ? given : given.slice()
  if (bytes.length < PREFIX || decoded(bytes, 0, MAGIC.length) !== MAGIC) {
    throw broken(`its first bytes are not "${MAGIC}"`)
  }
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true)
  const header = readHeader(bytes, PREFIX, size)
  if (header.version !== LAYOUT_VERSION) {
    throw broken(`it has layout version ${header.version}, this program reads ${LAYOUT_VERSION}`)
  }
  const places = new Map<string, { readonly at: number; readonly length: number; readonly width: number }>()
  const start = aligned(PREFIX + size)
  let at = start
  for (const { name, length, width } of header.sections) {
    places.set(name, { at, length, width })
    at += aligned(length)
  }
  if (at !== bytes.length) throw broken(`it has ${bytes.length} bytes, its header says ${at}`)
  if (checksum(bytes.subarray(start)) !== header.sum) throw broken('its checksum does not fit its content')

  const numbers = (name: string): Numbers => {
    const found = places.get(name)
    if (found === undefined) throw broken(`it has no section "${name}"`)
    const { width, length } = found
    const from = bytes.byteOffset + found.at
    if (width === 1) return new Uint8Array(bytes.buffer, from, length)
    if (width === 2) return new Uint16Array(bytes.buffer, from, length >> 1)
    return new Uint32Array(bytes.buffer, from, length >> 2)
  }
  return {
    header: { ...header },
    numbers,
    ascending: (name) => ascending(numbers, name),
    texts: (name) => textList(numbers(name), ascending(numbers, offsetsOf(name))),
  }
}

interface Header {
  readonly version: number
  readonly sum: number
  readonly sections: readonly { readonly name: string; readonly length: number; readonly width: number }[]
}

function readHeader(bytes: Uint8Array, start: number, size: number): Header {
  if (start + size > bytes.length)
    throw broken(`its header says ${size} bytes, ${bytes.length} are there in all`)
  try {
    // Written by packSections of the same version; the checksum guards the rest.
    const header: Header = JSON.parse(decoded(bytes, start, start + size))
    if (Array.isArray(header.sections)) return header
  } catch {
    throw broken('its header is not JSON')
  }
  throw broken('its header lists no sections')
}

function textList(bytes: Numbers, offsets: Ascending): Texts {
  const count = offsets.length - 1
  const decoder = new TextDecoder()
  const text = (at: number): string => {
    // A copy, because shared memory cannot be decoded in place.
    return at < count
      ? decoder.decode(Uint8Array.from(bytes.subarray(offsets.at(at), offsets.at(at + 1))))
      : ''
  }
  return {
    count,
    text,
    equals(at, asked) {
      if (at >= count) return false
      const from = offsets.at(at)
      const end = offsets.at(at + 1)
      if (end - from < asked.length) return false
      for (let i = 0; i < asked.length; i++) {
        const unit = asked.charCodeAt(i)
        if (unit > 0x7f) return text(at) === asked
        if (bytes[from + i] !== unit) return false
      }
      return end - from === asked.length
    },
  }
}

/** Shared memory cannot be decoded in place, so a copy is. */
const decoded = (bytes: Uint8Array, from: number, to: number): string =>
  new TextDecoder().decode(bytes.slice(from, to))

/** FNV-1a over units of 32 bits: against truncated and damaged files, not against malice. */
function checksum(body: Uint8Array): number {
  const units = new Uint32Array(body.buffer, body.byteOffset, body.length >> 2)
  let hash = 0x811c9dc5
  for (let i = 0; i < units.length; i++) hash = Math.imul(hash ^ (units[i] as number), 0x01000193)
  return hash >>> 0
}

const broken = (fact: string): Error =>
  new Error(`the compiled dictionary cannot be read: ${fact}\n  fix: run "unspin dict build"`)
