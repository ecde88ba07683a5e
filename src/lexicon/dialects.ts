/**
 * The dialects of spinners: which wordings one of them prints and the others rarely do.
 *
 * In: the text of wordlists/dialects.tsv. Out: the dialects with their marks. Which of them a document
 * shows is decided in restore/dialect.ts.
 */

export interface DialectMark {
  /** Token keys joined by spaces, between spaces, as it is looked for in a finding. */
  readonly spun: string
  /** Lower case. */
  readonly original: string
}

export interface Dialect {
  readonly name: string
  /** For people: "sparsely spun news, 2019 to 2022". */
  readonly title: string
  readonly marks: readonly DialectMark[]
}

/** @throws Error with line, fact and fix where a line has another shape */
export function parseDialects(text: string, file = 'dialects.tsv'): readonly Dialect[] {
  const out: { name: string; title: string; marks: DialectMark[] }[] = []
  text.split('\n').forEach((line, index) => {
    if (line === '' || line.startsWith('#')) return
    const [left = '', right = ''] = line.split('\t')
    if (left === '' || right === '')
      throw new Error(`${file}:${index + 1}: no tab between two texts\n  fix: write "spun<TAB>original"`)
    if (left.startsWith('= ')) out.push({ name: left.slice(2), title: right, marks: [] })
    else {
      const last = out.at(-1)
      if (last === undefined)
        throw new Error(
          `${file}:${index + 1}: a mark before any dialect\n  fix: begin one with "= name<TAB>title"`,
        )
      last.marks.push({ spun: ` ${left.replaceAll('-', ' - ')} `, original: right })
    }
  })
  return out
}
