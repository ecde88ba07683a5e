/**
 * One file for any trained table: n-grams, word vectors, weights.
 *
 *   8 bytes magic | uint32 header length | uint32 CRC-32 of the header | JSON header | sections
 *
 * In: a header and named typed arrays. Out: bytes; and back, as views without a copy, so that a file
 * read into a SharedArrayBuffer serves every thread. The header is readable with `head -c 2000 FILE`.
 * Numbers are little-endian, as on every machine that runs Node; sections start at multiples of 8.
 */

export type Section =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
export type SectionType = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32'

export interface Header {
  /** What the file holds: "ngrams", "vectors". */
  readonly name: string
  /** Version of the sections' meaning, counted per name, from 1. */
  readonly version: number
  /** How the file was made, for people: inputs, options, date of the texts. */
  readonly recipe: Readonly<Record<string, string | number | readonly string[]>>
  /** Numbers that are needed to read the sections. */
  readonly numbers: Readonly<Record<string, number>>
}

export interface Container {
  readonly header: Header
  readonly sections: ReadonlyMap<string, Section>
}

interface Place {
  readonly name: string
  readonly type: SectionType
  /** Bytes from the start of the file's data (the first multiple of 8 after the header). */
  readonly offset: number
  /** Number of elements. */
  readonly length: number
}

const MAGIC = 'unspin\r\n'
const PREFIX = 16
const WIDTH = { u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, f32: 4 } as const

/**
 * The bytes of a container. Sections are written in the order of the map; equal input gives equal bytes.
 */
export function pack(header: Header, sections: ReadonlyMap<string, Section>): Uint8Array {
  const places: Place[] = []
  let length = 0
  for (const [name, data] of sections) {
    places.push({ name, type: typeOf(data), offset: length, length: data.length })
    length = aligned(length + data.byteLength)
  }
  const { name, version, recipe, numbers } = header
  const text = JSON.stringify({ name, version, recipe, numbers, sections: places }, undefined, 1)
  const json = new TextEncoder().encode(`${text}\n`)
  const start = aligned(PREFIX + json.length)
  const out = new Uint8Array(start + length)
  out.set(new TextEncoder().encode(MAGIC))
  const view = new DataView(out.buffer)
  view.setUint32(8, json.length, true)
  view.setUint32(12, crc32(json), true)
  out.set(json, PREFIX)
  let at = 0
  for (const data of sections.values()) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + at)
    at = aligned(at + data.byteLength)
  }
  return out
}

/**
 * Header and sections of a container, the sections as views into `buffer`.
 *
 * @param file what to call the buffer in messages, normally its path
 * @throws Error when the buffer is no container, was cut short, was made by another version, or its
 *   header was changed: place, fact, and what to do
 */
export function unpack(
  buffer: ArrayBufferLike,
  expected?: Pick<Header, 'name' | 'version'>,
  file = 'model',
): Container {
  const bytes = new Uint8Array(buffer)
  if (bytes.length < PREFIX || ascii(bytes.subarray(0, 8)) !== MAGIC) {
    throw new Error(
      `${file}: not a model file (its first 8 bytes are not the mark of one)\n  fix: give a file written by "unspin train"`,
    )
  }
  const view = new DataView(buffer)
  const size = view.getUint32(8, true)
  if (PREFIX + size > bytes.length) {
    throw cutShort(file, PREFIX + size, bytes.length)
  }
  // A copy, because TextDecoder refuses shared memory.
  const json = bytes.slice(PREFIX, PREFIX + size)
  if (crc32(json) !== view.getUint32(12, true)) {
    throw new Error(
      `${file}: the header does not match its checksum\n  fix: the file is damaged; fetch or train it again`,
    )
  }
  const { sections: places, ...header } = JSON.parse(new TextDecoder().decode(json)) as Header & {
    // Ours by the checksum: only `pack` writes it.
    readonly sections: readonly Place[]
  }
  if (expected !== undefined && (header.name !== expected.name || header.version !== expected.version)) {
    throw new Error(
      `${file}: holds "${header.name}" version ${header.version}; this program reads "${expected.name}" version ${expected.version}\n` +
        `  fix: train it again with "unspin train ${expected.name}", or install the release it belongs to`,
    )
  }
  const start = aligned(PREFIX + size)
  const sections = new Map<string, Section>()
  for (const { name, type, offset, length } of places) {
    const end = start + offset + length * WIDTH[type]
    if (end > bytes.length) throw cutShort(file, end, bytes.length)
    sections.set(name, viewOf(type, buffer, start + offset, length))
  }
  return { header, sections }
}

/** The section `name` as the array type it must have; an Error if it is missing or of another type. */
export function section<T extends Section>(
  container: Container,
  name: string,
  type: abstract new (...args: never[]) => T,
): T {
  const data = container.sections.get(name)
  if (data instanceof type) return data
  throw new Error(
    `${container.header.name}: section "${name}" is ${data === undefined ? 'missing' : 'of another type'}\n  fix: train the file again with this version`,
  )
}

/** A number of the header; an Error if it is missing. */
export function headerNumber(container: Container, name: string): number {
  const value = container.header.numbers[name]
  if (typeof value === 'number') return value
  throw new Error(
    `${container.header.name}: the header has no number "${name}"\n  fix: train the file again with this version`,
  )
}

const aligned = (length: number): number => Math.ceil(length / 8) * 8

function cutShort(file: string, wanted: number, found: number): Error {
  return new Error(
    `${file}: cut short: ${found} bytes are there, the header speaks of at least ${wanted}\n  fix: fetch or train the file again`,
  )
}

function typeOf(data: Section): SectionType {
  if (data instanceof Uint8Array) return 'u8'
  if (data instanceof Int8Array) return 'i8'
  if (data instanceof Uint16Array) return 'u16'
  if (data instanceof Int16Array) return 'i16'
  if (data instanceof Uint32Array) return 'u32'
  if (data instanceof Int32Array) return 'i32'
  return 'f32'
}

function viewOf(type: SectionType, buffer: ArrayBufferLike, offset: number, length: number): Section {
  switch (type) {
    case 'u8':
      return new Uint8Array(buffer, offset, length)
    case 'i8':
      return new Int8Array(buffer, offset, length)
    case 'u16':
      return new Uint16Array(buffer, offset, length)
    case 'i16':
      return new Int16Array(buffer, offset, length)
    case 'u32':
      return new Uint32Array(buffer, offset, length)
    case 'i32':
      return new Int32Array(buffer, offset, length)
    case 'f32':
      return new Float32Array(buffer, offset, length)
  }
}

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** CRC-32 (reflected polynomial EDB88320), bit by bit: headers are short. */
function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
