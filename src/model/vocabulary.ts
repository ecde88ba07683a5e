/**
 * Words and their ids, as two typed arrays that threads can share.
 *
 * In: keys in id order. Out: lookups both ways. The file holds the UTF-8 bytes and where each word
 * starts; the hash table is made when the file is opened, which takes 10 to 20 ms for 160,000 words
 * (a Map of as many strings takes three times that, in every thread).
 */
import { type Container, type Section, section } from './container.ts'

export interface Vocabulary {
  /** Number of ids, 0 (`<unk>`) included. */
  readonly size: number
  /** Id of a key, 0 if it is unknown. Allocates nothing. */
  id(key: string): number
  /** Key of an id in 0 … size − 1; "<unk>" for any other number. */
  word(id: number): string
}

const WORDS = 'vocabulary.words'
const OFFSETS = 'vocabulary.offsets'

/** The sections that hold `keys` (index = id), to be packed with others into one file. */
export function vocabularySections(keys: readonly string[]): Map<string, Section> {
  const encoder = new TextEncoder()
  const words = keys.map((key) => encoder.encode(key))
  const offsets = new Uint32Array(keys.length + 1)
  for (const [i, word] of words.entries()) offsets[i + 1] = (offsets[i] ?? 0) + word.length
  const bytes = new Uint8Array(offsets[keys.length] ?? 0)
  for (const [i, word] of words.entries()) bytes.set(word, offsets[i])
  return new Map<string, Section>([
    [OFFSETS, offsets],
    [WORDS, bytes],
  ])
}

/** The vocabulary of an opened file. */
export function vocabulary(container: Container): Vocabulary {
  const bytes = section(container, WORDS, Uint8Array)
  const offsets = section(container, OFFSETS, Uint32Array)
  const size = offsets.length - 1
  const slots = hashTable(bytes, offsets)
  const mask = slots.length - 1
  const decoder = new TextDecoder()
  const decoded: string[] = []
  const word = (id: number): string => {
    const start = offsets[id]
    const end = offsets[id + 1]
    if (start === undefined || end === undefined) return '<unk>'
    // A copy, because TextDecoder refuses shared memory; kept, because the same words are asked again.
    decoded[id] ??= decoder.decode(bytes.slice(start, end))
    return decoded[id] as string // set on the line above
  }
  const id = (key: string): number => {
    for (let slot = hashOfKey(key) & mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot] as number // in range by the mask; free slots hold 0, and half are free
      if (found === 0) return 0
      if (equals(key, bytes, offsets[found] as number, offsets[found + 1] as number)) return found
    }
  }
  return { size, id, word }
}

/** Open addressing, at most half full; id 0 marks a free slot, as an unknown word has id 0 anyway. */
function hashTable(bytes: Uint8Array, offsets: Uint32Array): Uint32Array {
  const size = offsets.length - 1
  let capacity = 16
  while (capacity < size * 2) capacity *= 2
  const slots = new Uint32Array(capacity)
  for (let id = 1; id < size; id++) {
    let slot = hashOfBytes(bytes, offsets[id] as number, offsets[id + 1] as number) & (capacity - 1)
    while (slots[slot] !== 0) slot = (slot + 1) & (capacity - 1)
    slots[slot] = id
  }
  return slots
}

const mixed = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193)
const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0

/** FNV-1a over code points, so that UTF-8 bytes and UTF-16 strings of one word agree. */
function hashOfKey(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    if (unit < 0x80) hash = mixed(hash, unit)
    else {
      const code = codePoint(key, i)
      if (code > 0xffff) i += 1
      hash = mixed(hash, code)
    }
  }
  return spread(hash)
}

function hashOfBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at += widthAt(bytes, at)) hash = mixed(hash, codeAt(bytes, at))
  return spread(hash)
}

function equals(key: string, bytes: Uint8Array, from: number, to: number): boolean {
  let at = from
  for (let i = 0; i < key.length; i++) {
    if (at >= to) return false
    const code = codePoint(key, i)
    if (code !== codeAt(bytes, at)) return false
    if (code > 0xffff) i += 1
    at += widthAt(bytes, at)
  }
  return at === to
}

/** Code point at unit `i`; a lone surrogate reads as U+FFFD, which is what UTF-8 makes of it. */
function codePoint(key: string, i: number): number {
  const code = key.codePointAt(i) as number // i < length at every call
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code
}

/** Bytes that the UTF-8 character at `at` takes; the bytes are ours and well-formed. */
function widthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

function codeAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  if (lead < 0x80) return lead
  const second = (bytes[at + 1] as number) & 63
  if (lead < 0xe0) return ((lead & 31) << 6) | second
  const third = (bytes[at + 2] as number) & 63
  if (lead < 0xf0) return ((lead & 15) << 12) | (second << 6) | third
  return ((lead & 7) << 18) | (second << 12) | (third << 6) | ((bytes[at + 3] as number) & 63)
}
