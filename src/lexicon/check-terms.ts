/** Lists of terms across all files: sorted, each term once. */
import { compareText, type DictProblem } from './entry.ts'
import type { Term } from './parse-terms.ts'

export function checkTerms(terms: readonly Term[]): readonly DictProblem[] {
  const problems: DictProblem[] = []
  const first = new Map<string, Term>()
  const disordered = new Set<string>()
  for (const [at, term] of terms.entries()) {
    const { file, line, text, words } = term
    const before = terms[at - 1]
    if (before?.file === file && !disordered.has(file) && compareText(before.text, text) > 0) {
      disordered.add(file)
      problems.push({
        severity: 'error',
        file,
        line,
        message: `"${text}" comes after "${before.text}"`,
        fix: 'sort the lines in code unit order (LC_ALL=C sort)',
      })
    }
    const id = words.join(' ')
    const known = first.get(id)
    if (known === undefined) first.set(id, term)
    else
      problems.push({
        severity: 'error',
        file,
        line,
        message: `"${text}" is listed twice (first in ${known.file}:${known.line})`,
        fix: 'delete one of the two',
      })
  }
  return problems
}
