/**
 * Sections of a thesaurus file to tables in memory.
 *
 * In: the bytes thesaurus-build.ts wrote. Out: words by id and the synset pointers; the other lists are
 * read by lists.ts as they are. Loading takes about 0.15 s, most of it for Moby's 1.2 million pairs.
 */
import { fromPairs, type Packed } from './lists.ts'
import {
  byteReader,
  type Header,
  POINTERS,
  parseHeader,
  SECTIONS,
  type Section,
  unzigzag,
} from './thesaurus-format.ts'

/** Cuts the buffer into its sections. Throws on a foreign or shortened file. */
export function open(buffer: Uint8Array): { header: Header; sections: Record<Section, Uint8Array> } {
  const end = buffer.indexOf(0x0a)
  const header = parseHeader(new TextDecoder().decode(buffer.subarray(0, Math.max(0, Math.min(end, 4096)))))
  let at = end + 1
  const cut = new Map<Section, Uint8Array>()
  for (const name of SECTIONS) {
    const length = header.sections.get(name) ?? 0
    cut.set(name, buffer.subarray(at, at + length))
    at += length
  }
  if (at !== buffer.length)
    throw new Error(`thesaurus: ${buffer.length} bytes, the header says ${at}; build it again`)
  const section = (name: Section): Uint8Array => cut.get(name) ?? new Uint8Array()
  return {
    header,
    sections: {
      words: section('words'),
      common: section('common'),
      synsets: section('synsets'),
      senses: section('senses'),
      derived: section('derived'),
      moby: section('moby'),
    },
  }
}

/** Sorted words as one string; a word is cut out only when asked for. */
export interface Words {
  readonly size: number
  word(id: number): string
  id(word: string): number
}

export function readWords(bytes: Uint8Array, size: number): Words {
  // The front-coded bytes are expanded as a whole and decoded once: 100,000 short decodes take 100 ms.
  const starts = new Uint32Array(size + 1)
  const lengths = new Uint8Array(size)
  let total = 0
  for (let i = 0, at = 0; i < size; i++) {
    const suffix = bytes[at + 1] ?? 0
    lengths[i] = (bytes[at] ?? 0) + suffix
    total += lengths[i] ?? 0
    at += 2 + suffix
  }
  const expanded = new Uint8Array(total)
  let end = 0
  for (let i = 0, at = 0, before = 0; i < size; i++) {
    const shared = bytes[at] ?? 0
    const suffix = bytes[at + 1] ?? 0
    starts[i] = end
    for (let k = 0; k < shared; k++) expanded[end + k] = expanded[before + k] ?? 0
    for (let k = 0; k < suffix; k++) expanded[end + shared + k] = bytes[at + 2 + k] ?? 0
    before = end
    end += shared + suffix
    at += 2 + suffix
  }
  starts[size] = end
  const text = new TextDecoder('latin1').decode(expanded)
  const word = (id: number): string => text.slice(starts[id] ?? 0, starts[id + 1] ?? 0)
  return {
    size,
    word,
    id(wanted) {
      let low = 0
      let high = size - 1
      while (low <= high) {
        const middle = (low + high) >> 1
        const found = word(middle)
        if (found === wanted) return middle
        if (found < wanted) low = middle + 1
        else high = middle - 1
      }
      return -1
    },
  }
}

/** Synset pointers by kind, for each of `count` synsets. */
export function readPointers(bytes: Uint8Array, count: number): Record<(typeof POINTERS)[number], Packed> {
  const pairs: Record<(typeof POINTERS)[number], number[]> = { hypernym: [], similar: [], also: [] }
  const reader = byteReader(bytes)
  for (let synset = 0; synset < count; synset++) {
    for (let left = reader.varint(); left > 0; left--) {
      const code = reader.varint()
      const kind = POINTERS[code % POINTERS.length] ?? 'also'
      pairs[kind].push(synset, synset + unzigzag(Math.floor(code / POINTERS.length)))
    }
  }
  return {
    hypernym: fromPairs(pairs.hypernym, count),
    similar: fromPairs(pairs.similar, count),
    also: fromPairs(pairs.also, count),
  }
}
