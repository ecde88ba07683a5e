/**
 * The thesaurus file: one buffer, a readable first line, then sections of variable-length integers.
 *
 * Written by thesaurus-build.ts, read by thesaurus.ts; what both must agree on stands here. Words are
 * sorted and front-coded; lists are sorted ids with differences stored, so that most take one byte.
 */

export const MAGIC = 'unspin-thesaurus'
export const VERSION = 1

/** Sections in file order. The header gives the bytes of each. */
export const SECTIONS = ['words', 'common', 'synsets', 'senses', 'derived', 'moby'] as const
export type Section = (typeof SECTIONS)[number]

/** How a neighbour is related to the word asked for; bits, several may hold. */
export const RELATIONS = [
  'synonym', // in one WordNet synset
  'hypernym', // the neighbour is the broader word
  'hyponym', // the neighbour is the narrower word
  'sister', // both have one hypernym
  'similar', // adjectives of one cluster, verbs of one group
  'also', // WordNet's "see also"
  'derived', // another part of speech of the same stem
  'lists', // Moby: the neighbour's entry lists the word; a spinner that read it writes the word
  'listed', // Moby: the word's own entry lists the neighbour
  'first', // holds over the word's commonest sense; only together with a WordNet relation
] as const
export type Relation = (typeof RELATIONS)[number]

/** Bit of a relation in `flags`. */
export const bit = (relation: Relation): number => 1 << RELATIONS.indexOf(relation)

/** Names of the relations in `flags`, in the order of `RELATIONS`. */
export const relationNames = (flags: number): readonly Relation[] =>
  RELATIONS.filter((relation) => (flags & bit(relation)) !== 0)

/** Kinds of stored synset pointers; the way back (hyponym) is derived on loading. */
export const POINTERS = ['hypernym', 'similar', 'also'] as const

export const POS = ['n', 'v', 'a', 'r'] as const
/** WordNet's parts of speech; "?" where only Moby knows the pair. */
export type Pos = (typeof POS)[number] | '?'

/** Longest word or phrase kept, in bytes; one byte counts the shared prefix. */
export const LONGEST_WORD = 40

export interface Header {
  readonly words: number
  /** Number of synsets of each part of speech, in the order of `POS`; synset ids run through them. */
  readonly synsets: readonly [number, number, number, number]
  readonly sections: ReadonlyMap<Section, number>
  /** Log-odds of each relation, that a neighbour is the original; from wordlists/relations.tsv. */
  readonly weights: ReadonlyMap<Relation, number>
  /** Log-odds without any relation. */
  readonly bias: number
}

export function formatHeader(header: Header): string {
  const sections = SECTIONS.map((name) => `${name}:${header.sections.get(name) ?? 0}`).join(',')
  const weights = RELATIONS.map((name) => `${name}:${header.weights.get(name) ?? 0}`).join(',')
  return `${MAGIC} ${VERSION} words=${header.words} synsets=${header.synsets.join(',')} sections=${sections} weights=${weights},bias:${header.bias}\n`
}

/** Throws on a foreign or damaged file: it is our own data, not an input. */
export function parseHeader(line: string): Header {
  const [magic, version, ...fields] = line.trim().split(' ')
  if (magic !== MAGIC || version !== String(VERSION)) {
    throw new Error(`thesaurus: expected "${MAGIC} ${VERSION}", found "${line.slice(0, 40)}"; build it again`)
  }
  const field = new Map(
    fields.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  )
  const pairs = (name: string): Map<string, number> =>
    new Map(
      (field.get(name) ?? '')
        .split(',')
        .map((pair) => [pair.split(':')[0] ?? '', Number(pair.split(':')[1])]),
    )
  const counts = (field.get('synsets') ?? '').split(',').map(Number)
  const sections = pairs('sections')
  const weights = pairs('weights')
  return {
    words: Number(field.get('words')),
    synsets: [counts[0] ?? 0, counts[1] ?? 0, counts[2] ?? 0, counts[3] ?? 0],
    sections: new Map(SECTIONS.map((name) => [name, sections.get(name) ?? 0])),
    weights: new Map(RELATIONS.map((name) => [name, weights.get(name) ?? 0])),
    bias: weights.get('bias') ?? 0,
  }
}

/** Growing byte buffer with unsigned integers of seven bits a byte, low bits first. */
export interface ByteWriter {
  byte(value: number): void
  varint(value: number): void
  bytes(): Uint8Array
}

export function byteWriter(): ByteWriter {
  let buffer = new Uint8Array(1 << 16)
  let size = 0
  const byte = (value: number): void => {
    if (size === buffer.length) {
      const grown = new Uint8Array(size * 2)
      grown.set(buffer)
      buffer = grown
    }
    buffer[size++] = value
  }
  return {
    byte,
    varint(value) {
      let rest = value
      while (rest >= 0x80) {
        byte((rest & 0x7f) | 0x80)
        rest >>>= 7
      }
      byte(rest)
    },
    bytes: () => buffer.slice(0, size),
  }
}

/** Reads `byteWriter`'s integers in order; past the end it yields 0. */
export interface ByteReader {
  byte(): number
  varint(): number
}

export function byteReader(buffer: Uint8Array): ByteReader {
  let at = 0
  const byte = (): number => buffer[at++] ?? 0
  return {
    byte,
    varint() {
      let value = 0
      for (let shift = 0; shift < 35; shift += 7) {
        const part = byte()
        value |= (part & 0x7f) << shift
        if (part < 0x80) break
      }
      return value >>> 0
    },
  }
}

/** Signed to unsigned, small stays small: 0, −1, 1, −2 → 0, 1, 2, 3. */
export const zigzag = (value: number): number => (value << 1) ^ (value >> 31)
export const unzigzag = (value: number): number => (value >>> 1) ^ -(value & 1)
