/** Timings of the review page to its report in Markdown. In: milliseconds, one per run. Out: text. */
import { decimal, table } from './markdown.ts'
import { median } from './statistics.ts'

export interface ReviewFacts {
  readonly date: string
  readonly machine: string
  readonly documents: number
  readonly findings: number
  readonly runs: number
  /** Documents into a new review. */
  readonly addedMs: number
  /** First contentful paint of a first visit, from the start of the navigation. */
  readonly paints: readonly number[]
  /** The first page of the list is there, from the start of the navigation. */
  readonly lists: readonly number[]
  /** From the key to the place drawn as decided. */
  readonly shown: readonly number[]
  /** From the key to "saved" on the page: the decision is in the file. */
  readonly decisions: readonly number[]
}

export function reviewReport(facts: ReviewFacts): string {
  const { documents, findings, runs, addedMs } = facts
  const rows = [
    { what: 'first paint of the queue, first visit', ms: facts.paints },
    { what: 'first page of the list is there', ms: facts.lists },
    { what: 'a decision shows', ms: facts.shown },
    { what: 'a decision is saved', ms: facts.decisions },
  ]
  return [
    `# Review page, ${facts.date}\n`,
    `${facts.machine}\n`,
    `${documents.toLocaleString('en')} made-up documents with ${findings.toLocaleString('en')} places, added in ${decimal(addedMs / 1000, 1)} s. Real server, real browser without a window, both on this machine; ${runs} runs each, every visit with an empty cache.\n`,
    table(
      ['what', 'median ms:', 'slowest ms:'],
      rows.map(({ what, ms }) => [what, decimal(median(ms), 1), decimal(Math.max(...ms), 1)]),
    ),
  ].join('\n')
}
