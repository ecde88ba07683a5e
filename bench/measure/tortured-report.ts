/**
 * Outcomes of a list of tortured phrases to Markdown, and what is missed to lines for a person.
 * In: rows with their outcomes. Out: counts only in the report; the lines quote the list and are for
 * the terminal.
 */
import { share, table } from './markdown.ts'
import { OBTAINED, type Outcome, type Reach, type TorturedRow } from './tortured.ts'

export interface TorturedResult {
  readonly row: TorturedRow
  readonly outcome: Outcome
  readonly reach: Reach
}

const NAMES: readonly (readonly [Outcome, string])[] = [
  ['first', 'obtained as the first suggestion'],
  ['toFive', 'obtained as the second to fifth'],
  ['together', 'obtained by the first suggestions of several findings'],
  ['combined', 'one of the five likeliest combinations of suggestions'],
  ['proposed', 'proposed, but not among five'],
  ['inParts', 'every part proposed, the whole not among five'],
  ['never', 'never proposed'],
]

export function torturedReport(results: readonly TorturedResult[]): string {
  const of = (outcome: Outcome): number => results.filter((each) => each.outcome === outcome).length
  const obtained = results.filter(({ outcome }) => OBTAINED.has(outcome))
  const sources = counted(
    results.filter(({ reach }) => reach.outcome === 'proposed'),
    ({ reach }) => reach.sources,
  )
  const papers = (list: readonly TorturedResult[]): number =>
    list.reduce((sum, { row }) => sum + row.papers, 0)
  return [
    table(
      ['tortured phrase in a neutral sentence', 'phrases:'],
      [
        ...NAMES.map(([outcome, name]) => [name, share(of(outcome), results.length)]),
        ['**obtained, all together**', share(obtained.length, results.length)],
        ['the same, weighted by papers', share(papers(obtained), papers(results))],
      ],
    ),
    table(
      ['source of the expected wording where it is proposed as a whole', 'proposed:', 'obtained:'],
      [...sources].map(([name, list]) => [
        name,
        list.length,
        share(list.filter(({ outcome }) => OBTAINED.has(outcome)).length, list.length),
      ]),
    ),
  ].join('\n')
}

/** The missed phrases by papers, and the word pairs that no source has, commonest first. */
export function missedLines(results: readonly TorturedResult[], most: number): string[] {
  const missed = results.filter(({ outcome }) => !OBTAINED.has(outcome))
  const byPapers = [...missed].sort((a, b) => b.row.papers - a.row.papers)
  const lacking = [...counted(missed, ({ reach }) => reach.lacking)].sort(
    (a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1),
  )
  return [
    `missed, by papers (${missed.length} in all):`,
    ...byPapers
      .slice(0, most)
      .map(({ row, outcome }) => `${row.papers}\t${row.spun} → ${row.expected.join(' / ')}\t${outcome}`),
    'lacking in every source, by phrases:',
    ...lacking.slice(0, most).map(([pair, list]) => `${list.length}\t${pair}`),
  ]
}

function counted(
  results: readonly TorturedResult[],
  names: (result: TorturedResult) => readonly string[],
): Map<string, TorturedResult[]> {
  const out = new Map<string, TorturedResult[]>()
  for (const result of results)
    for (const name of names(result)) {
      const list = out.get(name)
      if (list === undefined) out.set(name, [result])
      else list.push(result)
    }
  return new Map([...out].sort((a, b) => b[1].length - a[1].length))
}
