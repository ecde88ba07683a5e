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
import { type Numbers, unpackSections } from './layout.ts'
import { WILDCARDS } from './pattern.ts'

/** Ids below this are the wildcards of pattern.ts, in order; 0 is a token no pattern has. */
export const FIRST_KEY = 4
export const NUMBER_ID = 1
export const YEAR_ID = 2
export const WORD_ID = 3

/** Order of the forms in the file; append only. */
export const STORED_FORMS: readonly Form[] = ['base', 'plural', 's', 'past', 'participle', 'ing', 'er', 'est']

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

export interface Dictionary {
  readonly nodes: number
  /** Groups have the numbers 0 ≤ group < `groups`; the same in every thread and run. */
  readonly groups: number
  /** Id of a token key, 0 if no pattern has it. */
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
  /** Heavier before lighter, then by text; never empty. Made once, kept. */
  originalsOf(group: number): readonly EntryOriginal[]
  entry(number: number): StoredEntry
  /** Edges of a node as [id, child], by id. */
  edges(node: number): Iterable<readonly [id: number, child: number]>
}

/** Sums of weights are stored as whole thousandths. */
export const TOTAL_UNIT = 1000

/** Does an original copy something from the place? */
export const hasWildcard = (text: string): boolean => WILDCARDS.some((name) => text.includes(name))

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
  const firstEdge = sections.numbers('first-edge')
  const labels = sections.numbers('labels')
  const firstGroup = sections.numbers('first-group')
  const groupEntry = sections.numbers('group-entry')
  const groupFlags = sections.numbers('group-flags')
  const firstReading = sections.numbers('first-reading')
  const readingWeight = sections.numbers('reading-weight')
  const storedEntries = sections.texts('entries')
  const readings = readingsOf(sections, files, weights)

  const roots = new Uint32Array(keys.count + FIRST_KEY)
  const rootEdges = firstEdge[1] ?? 0
  for (let e = 0; e < rootEdges; e++) roots[labels[e] as number] = e + 1

  // Below, every `as number` reads a node or group of this dictionary: always in range.
  const originals = new Map<number, readonly EntryOriginal[]>()
  const entries = new Map<number, StoredEntry>()
  return {
    nodes: firstEdge.length - 1,
    groups: groupEntry.length,
    // keyIndex is −1 for an unknown key; the wildcards' ids come before the keys'.
    id(key) {
      const index = keyIndex(slots, keys, key)
      return index < 0 ? 0 : index + FIRST_KEY
    },
    key: (id) => keys.text(id - FIRST_KEY),
    first: (id) => roots[id] as number,
    child: (node, id) => childOf(firstEdge, labels, node, id),
    takesWildcard(node) {
      const edge = firstEdge[node] as number
      return edge < (firstEdge[node + 1] as number) && (labels[edge] as number) < FIRST_KEY
    },
    continues: (node) => (firstEdge[node + 1] as number) > (firstEdge[node] as number),
    firstGroup: (node) => firstGroup[node] as number,
    entryOf: (group) => (groupEntry[group] as number) - 1,
    flagsOf: (group) => groupFlags[group] as number,
    weightOf: (group) => weights[readingWeight[firstReading[group] as number] as number] ?? 0,
    originalsOf(group) {
      const known = originals.get(group)
      if (known !== undefined) return known
      const from = firstReading[group] as number
      const isHabit = groupEntry[group] === 0
      const made = Array.from({ length: (firstReading[group + 1] as number) - from }, (_, i) =>
        readings(from + i, isHabit),
      )
      originals.set(group, made)
      return made
    },
    entry(number) {
      const known = entries.get(number)
      if (known !== undefined) return known
      const made: StoredEntry = JSON.parse(storedEntries.text(number))
      entries.set(number, made)
      return made
    },
    *edges(node) {
      const end = firstEdge[node + 1] as number
      for (let e = firstEdge[node] as number; e < end; e++) yield [labels[e] as number, e + 1]
    },
  }
}

/** Labels of a node are ascending. */
function childOf(firstEdge: Numbers, labels: Numbers, node: number, id: number): number {
  let low = firstEdge[node] as number
  let high = (firstEdge[node + 1] as number) - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const label = labels[middle] as number
    if (label === id) return middle + 1
    if (label < id) low = middle + 1
    else high = middle - 1
  }
  return 0
}

/** What reads one original of a sequence: its text, weight, where it is listed. */
function readingsOf(
  sections: ReturnType<typeof unpackSections>,
  files: readonly string[],
  weights: readonly number[],
): (at: number, isHabit: boolean) => EntryOriginal {
  const texts = sections.texts('originals')
  const text = sections.numbers('reading-text')
  const readingWeight = sections.numbers('reading-weight')
  const readingForm = sections.numbers('reading-form')
  const readingOrigin = sections.numbers('reading-origin')
  const originFile = sections.numbers('origin-file')
  const originLine = sections.numbers('origin-line')
  const originTotal = sections.numbers('origin-total')
  return (at, isHabit) => {
    const written = texts.text(text[at] as number)
    const weight = weights[readingWeight[at] as number] ?? 0
    const form = readingForm[at] as number
    const origin = readingOrigin[at] as number
    const share = (weight * TOTAL_UNIT) / (originTotal[origin] as number)
    return {
      words: rawTokens(written).map(({ key }) => key),
      text: written,
      weight,
      channel: isHabit ? Math.min(0, Math.log(share)) : 0,
      origin: `${files[originFile[origin] as number]}:${originLine[origin]}`,
      pos: POSES[Math.floor(form / STORED_FORMS.length)] ?? 'x',
      form: STORED_FORMS[form % STORED_FORMS.length] ?? 'base',
    }
  }
}
