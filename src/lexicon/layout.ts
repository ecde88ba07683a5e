/**
 * The bytes of a compiled dictionary: magic, JSON header, then named sections of variable-length
 * numbers (7 bits a byte, low first) or UTF-8 text.
 *
 * Its own small layout, because the lexicon does not import the model's container. Numbers are small
 * (differences, counts, ids), so a byte or two each; decoding 10 million of them takes about 50 ms.
 */

export const LAYOUT_VERSION = 2
const MAGIC = 'unspin.d'

export interface Section {
  readonly name: string
  readonly bytes: Uint8Array
  /** Numbers in it; 0 for text. */
  readonly count: number
}

export interface Sections {
  /** What the writer put beside the sections. */
  readonly header: Readonly<Record<string, unknown>>
  numbers(name: string): Uint32Array
  text(name: string): string
}

/** Integers 0 ≤ n < 2³². */
export function numberSection(name: string, values: ArrayLike<number>): Section {
  const bytes = new Uint8Array(values.length * 5)
  let at = 0
  for (let i = 0; i < values.length; i++) {
    let value = values[i] as number // i < length
    while (value > 127) {
      bytes[at++] = (value & 127) | 128
      value >>>= 7
    }
    bytes[at++] = value
  }
  return { name, bytes: bytes.slice(0, at), count: values.length }
}

export const textSection = (name: string, text: string): Section => ({
  name,
  bytes: new TextEncoder().encode(text),
  count: 0,
})

export function packSections(
  header: Readonly<Record<string, unknown>>,
  sections: readonly Section[],
): Uint8Array {
  const body = sections.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const table = sections.map(({ name, bytes, count }) => ({ name, length: bytes.length, count }))
  const sum = checksum(sections.map(({ bytes }) => bytes))
  const json = new TextEncoder().encode(
    JSON.stringify({ version: LAYOUT_VERSION, ...header, sum, sections: table }),
  )
  const out = new Uint8Array(MAGIC.length + 4 + json.length + body)
  out.set(new TextEncoder().encode(MAGIC))
  new DataView(out.buffer).setUint32(MAGIC.length, json.length, true)
  out.set(json, MAGIC.length + 4)
  let at = MAGIC.length + 4 + json.length
  for (const { bytes } of sections) {
    out.set(bytes, at)
    at += bytes.length
  }
  return out
}

/** Throws an Error that says what is wrong with the bytes and to build the dictionary again. */
export function unpackSections(bytes: Uint8Array): Sections {
  const start = MAGIC.length + 4
  if (bytes.length < start || decoded(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw broken(`its first bytes are not "${MAGIC}"`)
  }
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true)
  const header = readHeader(bytes, start, size)
  if (header.version !== LAYOUT_VERSION) {
    throw broken(`it has layout version ${header.version}, this program reads ${LAYOUT_VERSION}`)
  }
  const places = new Map<string, { readonly bytes: Uint8Array; readonly count: number }>()
  let at = start + size
  for (const { name, length, count } of header.sections) {
    places.set(name, { bytes: bytes.subarray(at, at + length), count })
    at += length
  }
  if (at !== bytes.length) throw broken(`it has ${bytes.length} bytes, its header says ${at}`)
  if (checksum([bytes.subarray(start + size)]) !== header.sum)
    throw broken('its checksum does not fit its content')

  const section = (name: string): { readonly bytes: Uint8Array; readonly count: number } => {
    const found = places.get(name)
    if (found === undefined) throw broken(`it has no section "${name}"`)
    return found
  }
  return {
    header: { ...header },
    numbers(name) {
      const { bytes: from, count } = section(name)
      return readNumbers(from, count)
    },
    text: (name) => decoded(section(name).bytes),
  }
}

interface Header {
  readonly version: number
  readonly sum: number
  readonly sections: readonly { readonly name: string; readonly length: number; readonly count: number }[]
}

function readHeader(bytes: Uint8Array, start: number, size: number): Header {
  if (start + size > bytes.length)
    throw broken(`its header says ${size} bytes, ${bytes.length} are there in all`)
  try {
    // Written by packSections of the same version; the checksum guards the rest.
    const header: Header = JSON.parse(decoded(bytes.subarray(start, start + size)))
    if (Array.isArray(header.sections)) return header
  } catch {
    throw broken('its header is not JSON')
  }
  throw broken('its header lists no sections')
}

function readNumbers(from: Uint8Array, count: number): Uint32Array {
  const out = new Uint32Array(count)
  let at = 0
  for (let i = 0; i < count; i++) {
    let value = 0
    let shift = 0
    let byte = 128
    while (byte & 128) {
      byte = from[at++] ?? 0
      value |= (byte & 127) << shift
      shift += 7
    }
    out[i] = value
  }
  return out
}

/** Shared memory cannot be decoded in place; a copy of a few megabytes costs a millisecond. */
function decoded(bytes: Uint8Array): string {
  const own = typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer
  return new TextDecoder().decode(own ? bytes.slice() : bytes)
}

/** FNV-1a over all bytes, 32 bits: against truncated and damaged files, not against malice. */
function checksum(parts: readonly Uint8Array[]): number {
  let hash = 0x811c9dc5
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) hash = Math.imul(hash ^ (part[i] as number), 0x01000193)
  }
  return hash >>> 0
}

const broken = (fact: string): Error =>
  new Error(`the compiled dictionary cannot be read: ${fact}\n  fix: run "unspin dict build"`)
