/**
 * The rows of a dictionary (a token sequence and one original each) to its bytes: merged, sorted,
 * interned, planted as a trie. What trie.ts reads is written here, section for section.
 */
import { compareText, POSES, type Pos } from './entry.ts'
import type { Form } from './inflect.ts'
import { numberSection, packSections, textSection } from './layout.ts'
import { WILDCARDS } from './pattern.ts'
import { compareIds, plant } from './plant.ts'
import { type TermRow, termSections } from './terms.ts'
import { type DictionaryHeader, FIRST_KEY, STORED_FORMS, type StoredEntry, TOTAL_UNIT } from './trie.ts'

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
  const keys = sortedSet([
    ...sequences.flatMap(([row]) => row?.spun ?? []),
    ...terms.flatMap(({ words }) => words),
  ]).filter((key) => !WILDCARDS.includes(key))
  const ids = new Map(keys.map((key, at) => [key, at + FIRST_KEY]))
  for (const [at, name] of WILDCARDS.entries()) ids.set(name, at + 1)
  const planted = sequences
    .map((rows) => ({ rows, ids: (rows[0]?.spun ?? []).map((key) => ids.get(key) ?? 0) }))
    .sort((a, b) => compareIds(a.ids, b.ids))
  const trie = plant(planted.map(({ ids: path }) => path))
  const rows = trie.ends.flatMap((at) => planted[at]?.rows ?? [])

  const originals = sortedSet(rows.map(({ original }) => original))
  const originalIds = new Map(originals.map((text, at) => [text, at]))
  const weights = [...new Set(rows.map(({ weight }) => weight))].sort((a, b) => b - a)
  const weightIds = new Map(weights.map((weight, at) => [weight, at]))
  const origins = [...new Set(rows.map(({ origin }) => origin))].sort(
    (a, b) => a.file - b.file || a.line - b.line,
  )
  const originIds = new Map(origins.map((origin, at) => [origin, at]))

  const header: DictionaryHeader = { files, weights, entries }
  const dictionary = packSections({ ...header }, [
    textSection('keys', keys.join('\n')),
    textSection('originals', originals.join('\n')),
    numberSection('edges', trie.edges),
    numberSection('labels', trie.labels),
    numberSection(
      'readings',
      trie.ends.map((at) => planted[at]?.rows.length ?? 0),
    ),
    numberSection(
      'reading-text',
      rows.map(({ original }) => originalIds.get(original) ?? 0),
    ),
    numberSection(
      'reading-origin',
      rows.map(({ origin }) => originIds.get(origin) ?? 0),
    ),
    numberSection(
      'reading-weight',
      rows.map(({ weight }) => weightIds.get(weight) ?? 0),
    ),
    numberSection(
      'reading-form',
      rows.map(({ pos, form }) => formCode(pos, form)),
    ),
    numberSection(
      'origin-file',
      origins.map(({ file }) => file),
    ),
    numberSection(
      'origin-line',
      origins.map(({ line }) => line),
    ),
    numberSection(
      'origin-entry',
      origins.map(({ entry }) => entry),
    ),
    numberSection(
      'origin-total',
      origins.map(({ total }) => Math.round(total * TOTAL_UNIT)),
    ),
    ...termSections(terms, (key) => ids.get(key) ?? 0),
  ])
  return { dictionary, sequences: sequences.length, readings: rows.length }
}

const sortedSet = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort(compareText)

const formCode = (pos: Pos, form: Form): number =>
  POSES.indexOf(pos) * STORED_FORMS.length + STORED_FORMS.indexOf(form)
