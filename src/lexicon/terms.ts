/**
 * Known terms in a compiled dictionary: "artificial intelligence" as numbers of words.
 *
 * In: the terms of all lists. Out: a few narrow columns, read in place at run time: one row for each term
 * and for its plural, ordered by their words, so that the rows that begin with a word stand together. The
 * words of terms are numbered among themselves, since they are few and their numbers then take two bytes.
 */
import type { Inflector } from './inflect.ts'
import type { Sections } from './layout.ts'
import { type Ascending, ascendingSections, type Numbers, numberSection, type Section } from './numbers.ts'
import type { Term } from './parse-terms.ts'
import { compareIds } from './plant.ts'

/** One row before it is packed; `file` is an index into the dictionary's files. */
export interface TermRow {
  readonly words: readonly string[]
  readonly file: number
  readonly line: number
}

/** A word of terms has the number 0 ≤ word < `keys.length`. */
export interface Terms {
  /** Number of rows. */
  readonly size: number
  /** By word: the dictionary's id of its key, ascending. */
  readonly keys: Numbers
  /** Row r has the words `words[starts.at(r)]` up to `words[starts.at(r + 1)]`. */
  readonly starts: Ascending
  readonly words: Numbers
  /** The rows that begin with the word w are `firstRow[w]` up to `firstRow[w + 1]`. */
  readonly firstRow: Numbers
  /** Number of the word whose key has this id; −1 for words of no term. */
  wordOf(key: number): number
  /** "terms/medicine.tsv:12" */
  origin(row: number): string
}

/** Terms and their plurals, each once, in the order of the lists. */
export function termRows(
  terms: readonly Term[],
  fileIds: ReadonlyMap<string, number>,
  inflector: Inflector,
): readonly TermRow[] {
  const rows = new Map<string, TermRow>()
  for (const { words, file, line } of terms) {
    const last = words.at(-1) ?? ''
    const plural = UNCOUNTED.test(last) ? last : inflector.inflect(last, 'n', 'plural')
    for (const end of [last, plural]) {
      const form = [...words.slice(0, -1), end]
      const id = form.join(' ')
      if (!rows.has(id)) rows.set(id, { words: form, file: fileIds.get(file) ?? 0, line })
    }
  }
  return [...rows.values()]
}

/** Last words of which no plural is in use, or which are one. */
const UNCOUNTED = /(?:s|ing|ity|ness|ism|ics|ology|graphy|metry|nomy|ence|ance|ware|ation)$/u

/** The sections that `readTerms` reads. */
export function termSections(rows: readonly TermRow[], idOf: (key: string) => number): readonly Section[] {
  const coded = rows
    .map((row) => ({ ...row, ids: row.words.map(idOf) }))
    .sort((a, b) => compareIds(a.ids, b.ids))
  const keys = [...new Set(coded.flatMap(({ ids }) => ids))].sort((a, b) => a - b)
  const wordOf = new Map(keys.map((key, word) => [key, word]))
  const starts = [0]
  for (const { ids } of coded) starts.push((starts.at(-1) ?? 0) + ids.length)
  const counts = new Uint32Array(keys.length + 1)
  for (const { ids } of coded) {
    const next = (wordOf.get(ids[0] ?? 0) ?? 0) + 1
    counts[next] = (counts[next] ?? 0) + 1
  }
  for (let word = 1; word < counts.length; word++)
    counts[word] = (counts[word] as number) + (counts[word - 1] as number) // word < length
  return [
    numberSection('term-keys', keys),
    ...ascendingSections('term-starts', starts),
    numberSection(
      'term-words',
      coded.flatMap(({ ids }) => ids.map((id) => wordOf.get(id) ?? 0)),
    ),
    numberSection('term-first-row', counts),
    numberSection(
      'term-file',
      coded.map(({ file }) => file),
    ),
    numberSection(
      'term-line',
      coded.map(({ line }) => line),
    ),
  ]
}

export function readTerms(sections: Sections, files: readonly string[]): Terms {
  const keys = sections.numbers('term-keys')
  const starts = sections.ascending('term-starts')
  const file = sections.numbers('term-file')
  const line = sections.numbers('term-line')
  return {
    size: starts.length - 1,
    keys,
    starts,
    words: sections.numbers('term-words'),
    firstRow: sections.numbers('term-first-row'),
    wordOf: (key) => indexOf(keys, key),
    origin: (row) => `${files[file[row] as number]}:${line[row]}`,
  }
}

/** Where `wanted` stands among ascending numbers; −1 for nowhere. */
function indexOf(sorted: Numbers, wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const value = sorted[middle] as number // within the bounds
    if (value === wanted) return middle
    if (value < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}
