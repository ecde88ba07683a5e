/**
 * A compiled dictionary in memory: a trie over token ids in typed arrays, and per node the originals
 * ("readings") of the sequence that ends there.
 *
 * Nodes are numbered level by level with the edges of a node in order of their label, so edge e leads
 * to node e + 1 and targets need no storage. Readings are made into objects on first use and kept.
 */
import { rawTokens } from '../document/tokens.ts'
import { type EntryCase, type EntryKind, type EntryOriginal, type Guard, POSES } from './entry.ts'
import type { Form } from './inflect.ts'
import { unpackSections } from './layout.ts'
import { WILDCARDS } from './pattern.ts'
import { readTerms, type Terms } from './terms.ts'

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
  /** Guards and the like of phrase entries; everything else is in the sections. */
  readonly entries: readonly StoredEntry[]
}

export interface StoredEntry {
  readonly kind: EntryKind
  readonly case: EntryCase
  readonly guard?: Guard
}

/** What one entry, or all habits together, say about one token sequence. */
export interface ReadingGroup {
  /** Index into `Dictionary.entries`; −1 for the habits. */
  readonly entry: number
  /** Heavier before lighter, then by text. */
  readonly originals: readonly EntryOriginal[]
  /** Some original contains the sequence itself ("video game" for "game") and may stand there already. */
  readonly echoes: boolean
  /** Some original has a wildcard to fill in from the place. */
  readonly copies: boolean
}

export interface Dictionary {
  readonly nodes: number
  readonly entries: readonly StoredEntry[]
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
  /** Does a sequence end here? */
  ends(node: number): boolean
  /** What the sequence ending here stood for: entries in file order, then the habits. Made once, kept. */
  groups(node: number): readonly ReadingGroup[]
  /** Edges of a node as [id, child], by id. */
  edges(node: number): Iterable<readonly [id: number, child: number]>
}

/** Loads what compileDictionary wrote; throws an Error with a fix if the bytes are not that. */
export function dictionary(bytes: Uint8Array): Dictionary {
  const sections = unpackSections(bytes)
  // The layout's version and checksum say that compileDictionary wrote this header.
  const { files, weights, entries } = sections.header as unknown as DictionaryHeader
  const keys = sections.text('keys').split('\n')
  // Set one by one: half the time of a Map made from a list of pairs.
  const ids = new Map<string, number>()
  for (let at = 0; at < keys.length; at++) ids.set(keys[at] as string, at + FIRST_KEY)
  ids.delete('')
  const texts = sections.text('originals').split('\n')

  const firstEdge = starts(sections.numbers('edges'))
  const labels = sections.numbers('labels')
  const nodes = firstEdge.length - 1
  for (let node = 0; node < nodes; node++) {
    const end = firstEdge[node + 1] as number
    for (let e = (firstEdge[node] as number) + 1; e < end; e++)
      labels[e] = (labels[e] as number) + (labels[e - 1] as number)
  }
  const rootChild = new Uint32Array(keys.length + FIRST_KEY)
  for (let e = 0; e < (firstEdge[1] ?? 0); e++) rootChild[labels[e] as number] = e + 1

  const firstReading = starts(sections.numbers('readings'))
  const readingText = sections.numbers('reading-text')
  const readingOrigin = sections.numbers('reading-origin')
  const readingWeight = sections.numbers('reading-weight')
  const readingForm = sections.numbers('reading-form')
  const originFile = sections.numbers('origin-file')
  const originLine = sections.numbers('origin-line')
  const originEntry = sections.numbers('origin-entry')
  const originTotal = sections.numbers('origin-total')

  const original = (at: number): EntryOriginal & { readonly entry: number } => {
    const text = texts[readingText[at] as number] ?? ''
    const origin = readingOrigin[at] as number
    const weight = weights[readingWeight[at] as number] ?? 0
    const form = readingForm[at] as number
    const entry = (originEntry[origin] as number) - 1
    return {
      words: rawTokens(text).map(({ key }) => key),
      text,
      weight,
      channel:
        entry >= 0 ? 0 : Math.min(0, Math.log((weight * TOTAL_UNIT) / (originTotal[origin] as number))),
      origin: `${files[originFile[origin] as number]}:${originLine[origin]}`,
      pos: POSES[Math.floor(form / STORED_FORMS.length)] ?? 'x',
      form: STORED_FORMS[form % STORED_FORMS.length] ?? 'base',
      entry,
    }
  }

  const parents = new Uint32Array(nodes)
  for (let node = 0; node < nodes; node++) {
    const end = firstEdge[node + 1] as number
    for (let e = firstEdge[node] as number; e < end; e++) parents[e + 1] = node
  }
  /** Keys on the way to a node that a token has unchanged: no wildcards, no numbers (written out here, folded there). */
  const literalKeys = (end: number): readonly string[] => {
    const out: string[] = []
    for (let node = end; node !== 0; node = parents[node] as number) {
      const key = keys[(labels[node - 1] as number) - FIRST_KEY]
      if (key !== undefined && !(key.charCodeAt(0) <= 0x39 && key.charCodeAt(0) >= 0x30)) out.push(key)
    }
    return out
  }

  // By node; an array, since matching asks for every match.
  const kept: (readonly ReadingGroup[] | undefined)[] = new Array(nodes)
  const group = (node: number): readonly ReadingGroup[] => {
    const groups: { entry: number; originals: EntryOriginal[]; echoes: boolean; copies: boolean }[] = []
    const path = literalKeys(node)
    const end = firstReading[node + 1] as number
    for (let at = firstReading[node] as number; at < end; at++) {
      const { entry, ...one } = original(at)
      let last = groups.at(-1)
      if (last?.entry !== entry) {
        last = { entry, originals: [], echoes: false, copies: false }
        groups.push(last)
      }
      last.originals.push(one)
      last.copies ||= hasWildcard(one.text)
      last.echoes ||= last.copies || (one.words.length > 1 && path.every((key) => one.words.includes(key)))
    }
    return groups
  }

  return {
    nodes,
    entries,
    terms: readTerms(sections, files, keys.length + FIRST_KEY),
    id: (key) => ids.get(key) ?? 0,
    key: (id) => keys[id - FIRST_KEY] ?? '',
    first: (id) => rootChild[id] ?? 0,
    child(node, id) {
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
    },
    takesWildcard(node) {
      const edge = firstEdge[node] as number
      return edge < (firstEdge[node + 1] as number) && (labels[edge] as number) < FIRST_KEY
    },
    continues: (node) => (firstEdge[node + 1] as number) > (firstEdge[node] as number),
    ends: (node) => (firstReading[node + 1] as number) > (firstReading[node] as number),
    groups(node) {
      const known = kept[node]
      if (known !== undefined) return known
      const made = group(node)
      kept[node] = made
      return made
    },
    *edges(node) {
      const end = firstEdge[node + 1] as number
      for (let e = firstEdge[node] as number; e < end; e++) yield [labels[e] as number, e + 1]
    },
  }
}

/** Sums of weights are stored as whole thousandths. */
export const TOTAL_UNIT = 1000

/** Does an original copy something from the place? */
export const hasWildcard = (text: string): boolean => WILDCARDS.some((name) => text.includes(name))

/** Counts to first indices, with the end as one more. */
function starts(counts: Uint32Array): Uint32Array {
  const out = new Uint32Array(counts.length + 1)
  for (let i = 0; i < counts.length; i++) out[i + 1] = (out[i] as number) + (counts[i] as number)
  return out
}
