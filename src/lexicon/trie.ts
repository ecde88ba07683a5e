/**
 * A compiled dictionary in memory: a trie over token ids, and per node the groups of originals of the
 * sequence that ends there, one group for each entry and one for all habits together.
 *
 * Everything is read in place from the bytes (layout.ts), which threads may share. Nodes are numbered
 * level by level with the edges of a node in order of their label, so edge e leads to node e + 1 and
 * targets need no storage. Groups are numbered node by node; what a match needs to know of a group is
 * asked by number, its originals are made into objects on first use and kept.
 */
import { rawTokens } from '../document/tokens.ts'
import { type EntryCase, type EntryKind, type EntryOriginal, type Guard, POSES } from './entry.ts'
import type { Form } from './inflect.ts'
import { keyIndex } from './keys.ts'
import { unpackSections } from './layout.ts'
import type { Numbers } from './numbers.ts'
import { WILDCARDS } from './pattern.ts'
import { remembered } from './remembered.ts'
import { readTerms, type Terms } from './terms.ts'

/** Ids below this are the wildcards of pattern.ts, in order; 0 is a token no pattern has. */
export const FIRST_KEY = 4
export const NUMBER_ID = 1
export const YEAR_ID = 2
export const WORD_ID = 3

/** Order of the forms in the file; append only. */
export const STORED_FORMS: readonly Form[] = ['base', 'plural', 's', 'past', 'participle', 'ing', 'er', 'est']

/** Part of speech and form of a reading are one number below this; its weight's index times this is added. */
export const FORM_CODES = POSES.length * STORED_FORMS.length

/** What the compiler writes beside the sections. */
export interface DictionaryHeader {
  readonly files: readonly string[]
  /** The weights that occur; readings hold an index. */
  readonly weights: readonly number[]
}

/** Guard and the like of a phrase entry, stored as JSON. */
export interface StoredEntry {
  readonly kind: EntryKind
  readonly case: EntryCase
  readonly guard?: Guard
}

/** Bits of a group: what the place of a match has to be asked for. */
export const GROUP_FLAG = {
  /** Some original contains the sequence itself ("video game" for "game") and may stand there already. */
  echoes: 1,
  /** Some original has a wildcard to fill in from the place. */
  copies: 2,
} as const

/** How many sums of flags there are; a group is stored as entry · GROUP_FLAGS + flags, entries from 1, habits 0. */
export const GROUP_FLAGS = 4

export interface Dictionary {
  readonly nodes: number
  /** Groups have the numbers 0 ≤ group < `groups`; the same in every thread and run. */
  readonly groups: number
  /** Known terms, in the ids of `id`. */
  readonly terms: Terms
  /** Id of a token key, 0 if no pattern and no term has it. */
  id(key: string): number
  key(id: number): string
  /** Node after the first token, 0 if none begins so. */
  first(id: number): number
  /** Node after `id` at `node`, 0 if there is none. */
  child(node: number, id: number): number
  /** Does an edge with a wildcard leave this node? */
  takesWildcard(node: number): boolean
  /** Does any edge leave this node? */
  continues(node: number): boolean
  /** The groups of the sequence ending at `node` are firstGroup(node) ≤ group < firstGroup(node + 1): entries in file order, then the habits. */
  firstGroup(node: number): number
  /** Number of the phrase entry that a group belongs to; −1 for habits. */
  entryOf(group: number): number
  /** Sum of `GROUP_FLAG`. */
  flagsOf(group: number): number
  /** Weight of a group's strongest original, above 0, at most 1. */
  weightOf(group: number): number
  /** `listed(group).originals`. */
  originalsOf(group: number): readonly EntryOriginal[]
  /** What is listed for a sequence, as objects: made when asked for, kept for a while. */
  listed(group: number): ListedGroup
  entry(number: number): StoredEntry
  /** Edges of a node as [id, child], by id. */
  edges(node: number): Iterable<readonly [id: number, child: number]>
}

/** Sums of weights are stored as whole thousandths. */
export const TOTAL_UNIT = 1000

/** Keys whose ids are kept, so that a word of a text is looked up once: about a megabyte. */
const REMEMBERED_KEYS = 8192

/** Groups whose originals are kept: about 12 MB. */
const REMEMBERED_GROUPS = 16_384

/** Does an original copy something from the place? */
export const hasWildcard = (text: string): boolean => WILDCARDS.some((name) => text.includes(name))

/** What one entry, or all habits together, say about one sequence. */
export interface ListedGroup {
  /** Undefined for habits. */
  readonly entry: StoredEntry | undefined
  /** Of the first original. */
  readonly origin: string
  /** Heavier before lighter, then by text; never empty. */
  readonly originals: readonly EntryOriginal[]
  /** Those of them that have several words. */
  readonly phrases: readonly EntryOriginal[]
}

/**
 * Loads what compileDictionary wrote; the bytes must not change afterwards.
 *
 * @throws an Error with a fix if the bytes are not that
 */
export function dictionary(bytes: Uint8Array): Dictionary {
  const sections = unpackSections(bytes)
  // The layout's version and checksum say that compileDictionary wrote this header.
  const { files, weights } = sections.header as unknown as DictionaryHeader
  const keys = sections.texts('keys')
  const slots = sections.numbers('key-slots')
  // Of each node its first edge and first group, in turns.
  const nodes = sections.numbers('nodes')
  const labels = sections.numbers('labels')
  const groups = sections.numbers('groups')
  const firstReading = sections.ascending('first-reading')
  const weightForm = sections.numbers('reading-weight-form')
  const storedEntries = sections.texts('entries')
  const readings = readingsOf(sections, files, weights)

  // The compiler numbers the keys that begin a sequence first: their nodes follow those of the wildcards.
  const rootEdges = nodes[2] ?? 0
  let rootWildcards = 0
  while (rootWildcards < rootEdges && (labels[rootWildcards] as number) < FIRST_KEY) rootWildcards += 1
  const shift = FIRST_KEY - rootWildcards - 1
  const behindFirst = shift + rootEdges + 1

  // Below, every `as number` reads a node or group of this dictionary: always in range.
  const entryOf = (group: number): number => Math.floor((groups[group] as number) / GROUP_FLAGS) - 1
  const edgesBegin = (node: number): number => nodes[2 * node] as number
  const entries = remembered<StoredEntry>(storedEntries.count)
  const ids = new Map<string, number>()
  const entry = (number: number): StoredEntry => {
    const known = entries.get(number)
    if (known !== undefined) return known
    const made: StoredEntry = JSON.parse(storedEntries.text(number))
    entries.set(number, made)
    return made
  }
  const kept = remembered<ListedGroup>(REMEMBERED_GROUPS)
  const listed = (group: number): ListedGroup => {
    const known = kept.get(group)
    if (known !== undefined) return known
    const from = firstReading.at(group)
    const number = entryOf(group)
    const originals = Array.from({ length: firstReading.at(group + 1) - from }, (_, i) =>
      readings(from + i, number < 0),
    )
    const made = {
      entry: number < 0 ? undefined : entry(number),
      origin: originals[0]?.origin ?? '',
      originals,
      phrases: originals.filter(({ words }) => words.length > 1),
    }
    kept.set(group, made)
    return made
  }
  return {
    nodes: (nodes.length >> 1) - 1,
    groups: groups.length,
    terms: readTerms(sections, files),
    // keyIndex is −1 for an unknown key; the wildcards' ids come before the keys'.
    id(key) {
      const known = ids.get(key)
      if (known !== undefined) return known
      const index = keyIndex(slots, keys, key)
      const id = index < 0 ? 0 : index + FIRST_KEY
      if (ids.size === REMEMBERED_KEYS) ids.clear()
      ids.set(key, id)
      return id
    },
    key: (id) => keys.text(id - FIRST_KEY),
    first: (id) => (id >= FIRST_KEY && id < behindFirst ? id - shift : 0),
    child: (node, id) => childOf(labels, edgesBegin(node), edgesBegin(node + 1), id),
    takesWildcard(node) {
      const edge = edgesBegin(node)
      return edge < edgesBegin(node + 1) && (labels[edge] as number) < FIRST_KEY
    },
    continues: (node) => edgesBegin(node + 1) > edgesBegin(node),
    firstGroup: (node) => nodes[2 * node + 1] as number,
    entryOf,
    flagsOf: (group) => (groups[group] as number) & (GROUP_FLAGS - 1),
    weightOf: (group) =>
      weights[Math.floor((weightForm[firstReading.at(group)] as number) / FORM_CODES)] ?? 0,
    originalsOf: (group) => listed(group).originals,
    listed,
    entry,
    *edges(node) {
      const end = edgesBegin(node + 1)
      for (let e = edgesBegin(node); e < end; e++) yield [labels[e] as number, e + 1]
    },
  }
}

/** Edges [from, end) of a node have ascending labels; edge e leads to node e + 1. */
function childOf(labels: Numbers, from: number, end: number, id: number): number {
  let low = from
  let high = end - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const label = labels[middle] as number
    if (label === id) return middle + 1
    if (label < id) low = middle + 1
    else high = middle - 1
  }
  return 0
}

/** Token keys of an original; nearly all are one plain word. */
const wordsOf = (text: string): readonly string[] =>
  /^[a-z]+$/.test(text) ? [text] : rawTokens(text).map(({ key }) => key)

/** What reads one original of a sequence: its text, weight, where it is listed. */
function readingsOf(
  sections: ReturnType<typeof unpackSections>,
  files: readonly string[],
  weights: readonly number[],
): (at: number, isHabit: boolean) => EntryOriginal {
  const texts = sections.texts('originals')
  const text = sections.numbers('reading-text')
  const weightForm = sections.numbers('reading-weight-form')
  const readingOrigin = sections.numbers('reading-origin')
  const originFile = sections.numbers('origin-file')
  const originLine = sections.numbers('origin-line')
  const originTotal = sections.numbers('origin-total')
  return (at, isHabit) => {
    const written = texts.text(text[at] as number)
    const code = weightForm[at] as number
    const weight = weights[Math.floor(code / FORM_CODES)] ?? 0
    const form = code % FORM_CODES
    const origin = readingOrigin[at] as number
    const share = (weight * TOTAL_UNIT) / (originTotal[origin] as number)
    return {
      words: wordsOf(written),
      text: written,
      weight,
      channel: isHabit ? Math.min(0, Math.log(share)) : 0,
      origin: `${files[originFile[origin] as number]}:${originLine[origin]}`,
      pos: POSES[Math.floor(form / STORED_FORMS.length)] ?? 'x',
      form: STORED_FORMS[form % STORED_FORMS.length] ?? 'base',
    }
  }
}
