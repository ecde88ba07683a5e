/**
 * The rows of a dictionary (a token sequence and one original each) to its bytes: merged, sorted,
 * interned, planted as a trie. What trie.ts reads is written here, section for section.
 */
import { rawTokens } from '../document/tokens.ts'
import { compareText, POSES, type Pos } from './entry.ts'
import type { Form } from './inflect.ts'
import { keySlots } from './keys.ts'
import { packSections, textSections } from './layout.ts'
import { ascendingSections, numberSection, type Section } from './numbers.ts'
import { WILDCARDS } from './pattern.ts'
import { compareIds, plant } from './plant.ts'
import { type TermRow, termSections } from './terms.ts'
import {
  type DictionaryHeader,
  FIRST_KEY,
  FORM_CODES,
  GROUP_FLAG,
  GROUP_FLAGS,
  hasWildcard,
  STORED_FORMS,
  type StoredEntry,
  TOTAL_UNIT,
} from './trie.ts'

export interface Origin {
  readonly file: number
  readonly line: number
  /** 1-based index of the stored entry; 0 for a habit. */
  readonly entry: number
  /** Weights of all wordings of the habit's line. */
  readonly total: number
}

export interface Row {
  readonly spun: readonly string[]
  readonly original: string
  readonly weight: number
  readonly pos: Pos
  readonly form: Form
  readonly origin: Origin
}

/** Collects rows; the same original for the same sequence is kept once per entry and once for all habits, the heaviest. */
export class Rows {
  readonly #bySequence = new Map<string, Map<string, Row>>()

  add(row: Row): void {
    const text = row.spun.join(' ')
    // A form in which both sides agree ("read" for "read") restores nothing.
    if (text === row.original) return
    let readings = this.#bySequence.get(text)
    if (readings === undefined) {
      readings = new Map()
      this.#bySequence.set(text, readings)
    }
    const id = `${row.origin.entry} ${row.original}`
    const known = readings.get(id)
    if (known === undefined || known.weight < row.weight) readings.set(id, row)
  }

  sorted(): readonly (readonly Row[])[] {
    return [...this.#bySequence.values()].map((readings) => [...readings.values()].sort(compareRows))
  }
}

/** Entries in file order, then habits; heavier first, then by text. */
function compareRows(a: Row, b: Row): number {
  const entry = (row: Row): number => (row.origin.entry === 0 ? Number.MAX_SAFE_INTEGER : row.origin.entry)
  return entry(a) - entry(b) || b.weight - a.weight || compareText(a.original, b.original)
}

export function packRows(
  sequences: readonly (readonly Row[])[],
  files: readonly string[],
  entries: readonly StoredEntry[],
  terms: readonly TermRow[],
): { readonly dictionary: Uint8Array; readonly sequences: number; readonly readings: number } {
  const keys = keysInOrder(sequences, terms)
  const ids = new Map(keys.map((key, at) => [key, at + FIRST_KEY]))
  for (const [at, name] of WILDCARDS.entries()) ids.set(name, at + 1)
  const planted = sequences
    .map((rows) => ({ rows, ids: (rows[0]?.spun ?? []).map((key) => ids.get(key) ?? 0) }))
    .sort((a, b) => compareIds(a.ids, b.ids))
  const trie = plant(planted.map(({ ids: path }) => path))
  const byNode = trie.ends.map((at) => groupsOf(planted[at]?.rows ?? []))
  const groups = byNode.flat()
  const rows = groups.flat()

  const originals = sortedSet(rows.map(({ original }) => original))
  const originalIds = new Map(originals.map((text, at) => [text, at]))
  const weights = [...new Set(rows.map(({ weight }) => weight))].sort((a, b) => b - a)
  const weightIds = new Map(weights.map((weight, at) => [weight, at]))
  const origins = [...new Set(rows.map(({ origin }) => origin))].sort(
    (a, b) => a.file - b.file || a.line - b.line,
  )
  const originIds = new Map(origins.map((origin, at) => [origin, at]))

  const header: DictionaryHeader = { files, weights }
  const column = <T>(name: string, list: readonly T[], number: (one: T) => number): Section =>
    numberSection(name, list.map(number))
  const dictionary = packSections({ ...header }, [
    ...textSections('keys', keys),
    numberSection('key-slots', keySlots(keys)),
    ...textSections('originals', originals),
    ...textSections(
      'entries',
      entries.map((entry) => JSON.stringify(entry)),
    ),
    numberSection('nodes', interleaved(starts(trie.edges), starts(byNode.map(({ length }) => length)))),
    numberSection('labels', trie.labels),
    column('groups', groups, (group) => (group[0]?.origin.entry ?? 0) * GROUP_FLAGS + flagsOf(group)),
    ...ascendingSections('first-reading', starts(groups.map(({ length }) => length))),
    column('reading-text', rows, ({ original }) => originalIds.get(original) ?? 0),
    column('reading-origin', rows, ({ origin }) => originIds.get(origin) ?? 0),
    column(
      'reading-weight-form',
      rows,
      ({ weight, pos, form }) => (weightIds.get(weight) ?? 0) * FORM_CODES + formCode(pos, form),
    ),
    column('origin-file', origins, ({ file }) => file),
    column('origin-line', origins, ({ line }) => line),
    column('origin-total', origins, ({ total }) => Math.round(total * TOTAL_UNIT)),
    ...termSections(terms, (key) => ids.get(key) ?? 0),
  ])
  return { dictionary, sequences: sequences.length, readings: rows.length }
}

/** Keys that begin a sequence first, each part by code units: so the node of a first token is known by its id. */
function keysInOrder(sequences: readonly (readonly Row[])[], terms: readonly TermRow[]): readonly string[] {
  const literal = (keys: readonly string[]): readonly string[] =>
    sortedSet(keys.filter((key) => !WILDCARDS.includes(key)))
  const first = literal(sequences.flatMap(([row]) => row?.spun.slice(0, 1) ?? []))
  const begins = new Set(first)
  const others = literal([
    ...sequences.flatMap(([row]) => row?.spun ?? []),
    ...terms.flatMap(({ words }) => words),
  ]).filter((key) => !begins.has(key))
  return [...first, ...others]
}

/** Rows of one sequence, sorted, in one list for each entry and one for all habits. */
function groupsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups: Row[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last?.[0]?.origin.entry === row.origin.entry) last.push(row)
    else groups.push([row])
  }
  return groups
}

/** Do the originals of a group depend on what stands around a match? */
function flagsOf(group: readonly Row[]): number {
  const copies = group.some(({ original }) => hasWildcard(original)) ? GROUP_FLAG.copies : 0
  const echoes = copies !== 0 || group.some(echoesItself) ? GROUP_FLAG.echoes : 0
  return copies + echoes
}

/** Does the original hold every word of the sequence that a text has unchanged, and more besides? */
function echoesItself({ spun, original }: Row): boolean {
  const words = rawTokens(original).map(({ key }) => key)
  // Numbers are written out here and folded in a text.
  const literal = spun.filter((key) => !WILDCARDS.includes(key) && !/^[0-9]/.test(key))
  return words.length > spun.length && literal.every((key) => words.includes(key))
}

/** Counts to first indices, with the end as one more. */
function starts(counts: readonly number[]): readonly number[] {
  const out = [0]
  for (const count of counts) out.push((out.at(-1) ?? 0) + count)
  return out
}

/** Two lists of one length as one, since who asks for one of a pair asks for the other next. */
const interleaved = (a: readonly number[], b: readonly number[]): readonly number[] =>
  a.flatMap((one, at) => [one, b[at] ?? 0])

const sortedSet = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort(compareText)

const formCode = (pos: Pos, form: Form): number =>
  POSES.indexOf(pos) * STORED_FORMS.length + STORED_FORMS.indexOf(form)
