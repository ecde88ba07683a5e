/**
 * Which parts of the dictionary a measurement runs with: nothing, one folder, all, all but one file.
 *
 * In: the names of the wordlist files. Out: variants as lists of files to keep. Lists that were written
 * by one rule and only cut by size (words-1.tsv, words-2.tsv, …) count as one part.
 */

export interface Variant {
  readonly name: string
  readonly files: ReadonlySet<string>
  /** `full` variants are measured on every document, `without` ones on the first few of each set. */
  readonly kind: 'full' | 'without'
}

const NUMBERED = /-\d+(?=\.\w+$)/

/** "habits/words-3.tsv" and its likes as "habits/words-*.tsv". */
export const partOf = (file: string): string => file.replace(NUMBERED, '-*')

/** `habits` and `phrases` are file names in any order; variants come in the order of the table. */
export function variants(habits: readonly string[], phrases: readonly string[]): Variant[] {
  const all = [...habits, ...phrases]
  const parts = [...new Set(all.map(partOf))]
  const full = (name: string, files: readonly string[]): Variant => ({
    name,
    files: new Set(files),
    kind: 'full',
  })
  return [
    full('thesauri only', []),
    full('+ habits', habits),
    full('+ phrases', phrases),
    full('all', all),
    ...parts.map(
      (part): Variant => ({
        name: `all − ${part}`,
        files: new Set(all.filter((file) => partOf(file) !== part)),
        kind: 'without',
      }),
    ),
  ]
}
