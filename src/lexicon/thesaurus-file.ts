/**
 * The bytes of a thesaurus file to tables in memory.
 *
 * In: what thesaurus-build.ts wrote. Out: words by id, synset pointers, and every list with its reverse.
 * Loading is felt by every command, so each section is read in one loop over typed arrays, and text is
 * decoded only for the words that are asked for.
 */
import { integers, PAIR_SHIFT, type Packed, readLists, reversed, shared } from './lists.ts'
import { type Header, POINTERS, parseHeader, SECTIONS, type Section, unzigzag } from './thesaurus-format.ts'

/** Plain data, most of what a thesaurus takes in memory: threads may share one copy. */
export interface ThesaurusLists {
  /** Synsets of a word, commonest sense first, and words of a synset. */
  readonly senses: Packed
  readonly members: Packed
  readonly hypernym: Packed
  readonly hyponym: Packed
  readonly similar: Packed
  readonly also: Packed
  readonly derivedUp: Packed
  readonly derivedDown: Packed
  readonly mobyUp: Packed
  readonly mobyDown: Packed
}

/** Everything the file holds. Lists named `…Up` are as stored, `…Down` the same pairs from the other side. */
export interface Tables extends ThesaurusLists {
  readonly header: Header
  readonly words: Words
  /** One bit a word: may it be an original? */
  readonly common: Uint8Array
  /** Index into `POS` of a synset. */
  posOf(synset: number): number
}

/** `lists` are those of the file, where they were read before. Throws on a foreign or shortened file. */
export function readTables(buffer: Uint8Array, lists?: ThesaurusLists): Tables {
  const opened = open(buffer)
  const { header, sections } = opened
  const [nouns, verbs, adjectives] = header.synsets
  return {
    header,
    words: readWords(sections.words, header.words),
    common: sections.common,
    ...(lists ?? listsOf(opened)),
    posOf: (synset) =>
      synset < nouns ? 0 : synset < nouns + verbs ? 1 : synset < nouns + verbs + adjectives ? 2 : 3,
  }
}

/** The lists of the file in memory that all threads can read: 17 MB. Throws as `readTables` does. */
export function sharedLists(buffer: Uint8Array): ThesaurusLists {
  const lists = listsOf(open(buffer))
  return {
    senses: shared(lists.senses),
    members: shared(lists.members),
    hypernym: shared(lists.hypernym),
    hyponym: shared(lists.hyponym),
    similar: shared(lists.similar),
    also: shared(lists.also),
    derivedUp: shared(lists.derivedUp),
    derivedDown: shared(lists.derivedDown),
    mobyUp: shared(lists.mobyUp),
    mobyDown: shared(lists.mobyDown),
  }
}

function listsOf({ header, sections }: Opened): ThesaurusLists {
  const [nouns, verbs, adjectives, adverbs] = header.synsets
  const synsets = nouns + verbs + adjectives + adverbs
  // The longest list comes last, when the loops that read it are compiled.
  const derivedUp = readLists(sections.derived, header.words, 'sorted')
  const senses = readLists(sections.senses, header.words, 'signed')
  const mobyUp = readLists(sections.moby, header.words, 'paired')
  const pointers = readPointers(sections.synsets, synsets)
  return {
    senses,
    members: reversed(senses, synsets),
    ...pointers,
    hyponym: reversed(pointers.hypernym, synsets),
    derivedUp,
    derivedDown: reversed(derivedUp, header.words),
    mobyUp,
    mobyDown: reversed(mobyUp, header.words, PAIR_SHIFT),
  }
}

interface Opened {
  readonly header: Header
  readonly sections: Readonly<Record<Section, Uint8Array>>
}

function open(buffer: Uint8Array): Opened {
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

/** Sorted words; −1 and '' stand for what is not there. */
export interface Words {
  readonly size: number
  word(id: number): string
  id(word: string): number
}

/** Words decoded together: one call to the decoder costs as much as some hundred bytes. */
const BLOCK = 64

export function readWords(bytes: Uint8Array, size: number): Words {
  const starts = startsOf(bytes, size)
  const expanded = expand(bytes, starts)
  const decoder = new TextDecoder('latin1')
  const decoded: (string | undefined)[] = new Array<undefined>(Math.ceil(size / BLOCK)).fill(undefined)
  /** Below 0 where `wanted` sorts before word `id`; words are ASCII, so bytes are code units. */
  const compare = (wanted: string, id: number): number => {
    const start = starts[id] ?? 0
    const length = (starts[id + 1] ?? 0) - start
    const both = Math.min(length, wanted.length)
    for (let k = 0; k < both; k++) {
      const difference = wanted.charCodeAt(k) - (expanded[start + k] ?? 0)
      if (difference !== 0) return difference
    }
    return wanted.length - length
  }
  return {
    size,
    word(id) {
      if (id < 0 || id >= size) return ''
      const block = Math.floor(id / BLOCK)
      const first = starts[block * BLOCK] ?? 0
      let text = decoded[block]
      if (text === undefined) {
        text = decoder.decode(expanded.subarray(first, starts[Math.min(size, (block + 1) * BLOCK)]))
        decoded[block] = text
      }
      return text.slice((starts[id] ?? 0) - first, (starts[id + 1] ?? 0) - first)
    },
    id(wanted) {
      let low = 0
      let high = size - 1
      while (low <= high) {
        const middle = (low + high) >> 1
        const order = compare(wanted, middle)
        if (order === 0) return middle
        if (order > 0) low = middle + 1
        else high = middle - 1
      }
      return -1
    },
  }
}

/** Where each word begins once the front-coded bytes are written out. */
function startsOf(bytes: Uint8Array, size: number): Int32Array {
  const starts = new Int32Array(size + 1)
  let total = 0
  for (let i = 0, at = 0; i < size; i++) {
    const suffix = bytes[at + 1] ?? 0
    total += (bytes[at] ?? 0) + suffix
    starts[i + 1] = total
    at += 2 + suffix
  }
  return starts
}

function expand(bytes: Uint8Array, starts: Int32Array): Uint8Array {
  const out = new Uint8Array(starts.at(-1) ?? 0)
  for (let i = 0, at = 0, before = 0, end = 0; i + 1 < starts.length; i++) {
    const shared = end + (bytes[at++] ?? 0)
    const stop = shared + (bytes[at++] ?? 0)
    const begin = end
    while (end < shared) out[end++] = out[before++] ?? 0
    while (end < stop) out[end++] = bytes[at++] ?? 0
    before = begin
  }
  return out
}

/** Synset pointers by kind, for each of `count` synsets. */
function readPointers(bytes: Uint8Array, count: number): Record<(typeof POINTERS)[number], Packed> {
  const codes = integers(bytes)
  const kinds = POINTERS.map(() => ({
    starts: new Int32Array(count + 1),
    items: new Int32Array(codes.length),
    size: 0,
  }))
  for (let synset = 0, at = 0; synset < count; synset++) {
    for (const kind of kinds) kind.starts[synset] = kind.size
    const end = Math.min(codes.length, at + 1 + (codes[at] ?? 0))
    for (at += 1; at < end; at++) {
      const code = codes[at] ?? 0
      const difference = (code / POINTERS.length) | 0
      const kind = kinds[code - difference * POINTERS.length]
      if (kind !== undefined) kind.items[kind.size++] = synset + unzigzag(difference)
    }
  }
  const [hypernym, similar, also] = kinds.map(({ starts, items, size }): Packed => {
    starts[count] = size
    return { starts, items: items.slice(0, size) }
  })
  const none: Packed = { starts: new Int32Array(count + 1), items: new Int32Array() }
  return { hypernym: hypernym ?? none, similar: similar ?? none, also: also ?? none }
}
