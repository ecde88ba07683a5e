/**
 * Known terms in a compiled dictionary: "artificial intelligence" as ids of token keys.
 *
 * In: the terms of all lists. Out: three sections of numbers, and at run time rows in typed arrays, one
 * for the term as listed and one for its plural, ordered by the ids of their words, so that the rows that
 * begin with a word stand together. A lookup walks these few rows; nothing is made for it.
 */
import type { Inflector } from './inflect.ts'
import { numberSection, type Section, type Sections } from './layout.ts'
import type { Term } from './parse-terms.ts'
import { compareIds } from './plant.ts'

/** One row before it is packed; `file` is an index into the dictionary's files. */
export interface TermRow {
  readonly words: readonly string[]
  readonly file: number
  readonly line: number
}

export interface Terms {
  /** Number of rows. */
  readonly size: number
  /** Row r has the words `words[starts[r]]` up to `words[starts[r + 1]]`. */
  readonly starts: Uint32Array
  readonly words: Uint32Array
  /** First row that begins with the word `id`; the rows of `id + 1` begin where those of `id` end. */
  rowsFrom(id: number): number
  /** Is it a word of any term? */
  has(id: number): boolean
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
    const plural = last.endsWith('s') ? last : inflector.inflect(last, 'n', 'plural')
    for (const end of [last, plural]) {
      const form = [...words.slice(0, -1), end]
      const id = form.join(' ')
      if (!rows.has(id)) rows.set(id, { words: form, file: fileIds.get(file) ?? 0, line })
    }
  }
  return [...rows.values()]
}

/** The sections that `readTerms` reads. */
export function termSections(
  rows: readonly TermRow[],
  idOf: (key: string) => number,
): readonly Section[] {
  const coded = rows
    .map((row) => ({ ...row, ids: row.words.map(idOf) }))
    .sort((a, b) => compareIds(a.ids, b.ids))
  let before = 0
  const numbers = coded.flatMap(({ ids, file, line }) => {
    const [first = 0, ...rest] = ids
    const step = first - before
    before = first
    return [rest.length, step, ...rest, file, line]
  })
  return [numberSection('terms', [coded.length, ...numbers])]
}

/** `ids` is one more than the highest id of a key. */
export function readTerms(sections: Sections, files: readonly string[], ids: number): Terms {
  const numbers = sections.numbers('terms')
  const size = numbers[0] ?? 0
  const starts = new Uint32Array(size + 1)
  const words = new Uint32Array(numbers.length)
  const file = new Uint16Array(size)
  const line = new Uint32Array(size)
  const from = new Uint32Array(ids + 2)
  const used = new Uint8Array(ids + 1)
  let at = 1
  let count = 0
  let first = 0
  for (let row = 0; row < size; row++) {
    const more = numbers[at++] as number
    first += numbers[at++] as number
    from[first + 1] = (from[first + 1] as number) + 1
    used[first] = 1
    words[count++] = first
    for (let k = 0; k < more; k++) {
      const id = numbers[at++] as number
      used[id] = 1
      words[count++] = id
    }
    starts[row + 1] = count
    file[row] = numbers[at++] as number
    line[row] = numbers[at++] as number
  }
  for (let id = 1; id < from.length; id++) from[id] = (from[id] as number) + (from[id - 1] as number)
  return {
    size,
    starts,
    words: words.subarray(0, count),
    rowsFrom: (id) => from[id] ?? size,
    has: (id) => used[id] === 1,
    origin: (row) => `${files[file[row] as number]}:${line[row]}`,
  }
}
