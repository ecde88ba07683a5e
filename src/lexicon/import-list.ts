/**
 * A foreign list to entry drafts: which format it is, and the reader for it.
 *
 * The ending and the first line decide where the caller does not: `wrong->right` is codespell's, a head
 * line that names spun and expected wordings (or a row of three columns and more) is a phrase list.
 */
import type { DictFile } from './entry.ts'
import { importCorrections } from './import-corrections.ts'
import { csvRows, separatorOf } from './import-csv.ts'
import { type Imported, importTortured } from './import-tortured.ts'

export const IMPORT_FORMATS = ['tortured-csv', 'codespell', 'typos'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

/** The format, or undefined where nothing tells. */
export function guessFormat({ text }: DictFile): ImportFormat | undefined {
  const lines = text.slice(0, GUESS_UNITS).split('\n')
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? ''
  if (first.includes('->')) return 'codespell'
  const [row] = csvRows(first, separatorOf(first))
  if (row === undefined) return undefined
  const head = first.toLowerCase()
  const named = /spun|tortured|fingerprint/.test(head) && /expected|original|established/.test(head)
  if (named || row.cells.length > 3 || first.includes('\t')) return 'tortured-csv'
  return row.cells.length > 1 ? 'typos' : undefined
}

const GUESS_UNITS = 10_000

export function importList(file: DictFile, format: ImportFormat): Imported {
  switch (format) {
    case 'tortured-csv':
      return importTortured(file)
    case 'codespell':
    case 'typos':
      return importCorrections(file, format)
  }
}
