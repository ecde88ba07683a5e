/** Figures of batch runs to a dated Markdown report. Computes rates and ratios, measures nothing. */
import { decimal, table } from './markdown.ts'
import { median } from './statistics.ts'

/** Milliseconds since the start, resident bytes, bytes of the input that are answered. */
export type Look = readonly [ms: number, resident: number, answered: number]

export interface BatchRun {
  readonly jobs: number
  /** Wall time with start, reading, writing and summing up. */
  readonly ms: number
  readonly peakBytes: number
  /** Answered within the time given. */
  readonly documents: number
  readonly bytes: number
  /** The whole input was. */
  readonly isWhole: boolean
  /** In order of time. */
  readonly looks: readonly Look[]
}

export interface Other {
  readonly name: string
  readonly bytes: number
  /** undefined: not installed. */
  readonly ms: number | undefined
}

export interface BatchFigures {
  readonly date: string
  readonly machine: string
  /** Of the input. */
  readonly bytes: number
  /** Share of documents that are made of spun samples, 0 to 1. */
  readonly spun: number
  /** Where the clean documents come from, in words. */
  readonly clean: string
  /** Longest time of a run, minutes. */
  readonly minutes: number
  readonly runs: readonly BatchRun[]
  readonly others: readonly Other[]
  /** Wall time of a run over one short document. */
  readonly startMs: number
}

export function batchReport(figures: BatchFigures): string {
  const { date, machine, bytes, spun, clean, minutes, runs, others, startMs } = figures
  const [first] = runs
  const own = first === undefined ? undefined : rate(first.bytes, first.ms)
  const rows = runs.map((run) => [
    run.jobs,
    decimal(run.ms / 1000, 1),
    run.isWhole ? 'all' : `${decimal(run.bytes / 1e6, 2)} MB`,
    decimal(rate(run.bytes, run.ms), 3),
    decimal(run.documents / (run.ms / 1000), 1),
    decimal(own === undefined ? undefined : rate(run.bytes, run.ms) / own),
  ])
  const flat = runs.map((run) => [
    run.jobs,
    decimal(run.peakBytes / 1e6, 0),
    ...quarters(run.looks).map((looks) => decimal(most(looks), 0)),
    decimal(growth(run.looks)),
  ])
  const compared = others.map((other) => [
    other.name,
    other.ms === undefined ? 'not installed here' : decimal(rate(other.bytes, other.ms), 1),
    decimal(other.ms === undefined || own === undefined ? undefined : own / rate(other.bytes, other.ms), 4),
  ])
  return [
    `# Batch throughput, ${date}\n`,
    `${machine}\n`,
    `${decimal(bytes / 1e6, 1)} MB of JSON Lines, documents of about 5 kB, ${decimal(100 * spun, 0)} % of them made of spun samples; clean ones: ${clean}. Whole runs: start, reading, writing, summing up. A run is stopped after ${minutes} minutes and counts as far as it came.\n`,
    table(['threads:', 'seconds:', 'answered:', 'MB/s:', 'documents/s:', 'times one thread:'], rows),
    'Memory of the process, MB: the most it ever held, the most in each quarter of the time, and the middle of the last quarter as a multiple of that of the first (start-up, the first tenth of the time, aside). Flat is 1.\n',
    table(['threads:', 'peak:', 'first:', 'second:', 'third:', 'last:', 'last to first:'], flat),
    `A run over one short document takes ${decimal(startMs / 1000, 1)} s.\n`,
    'Other programs on text of the same kind; the ratio is our MB/s with the first number of threads to theirs.\n',
    table(['program', 'MB/s:', 'ratio:'], compared),
  ].join('\n')
}

/** MB/s. */
const rate = (size: number, ms: number): number => size / 1e6 / (ms / 1000)

/** By time, not by number. */
function quarters(looks: readonly Look[]): readonly (readonly Look[])[] {
  const end = (looks.at(-1)?.[0] ?? 0) + 1
  return [0, 1, 2, 3].map((n) => looks.filter(([ms]) => Math.floor((4 * ms) / end) === n))
}

/** MB. */
const most = (looks: readonly Look[]): number | undefined =>
  looks.length === 0 ? undefined : looks.reduce((high, [, bytes]) => Math.max(high, bytes), 0) / 1e6

/** Memory in the last quarter over that in the first, both in the middle of what was seen there. */
export function growth(looks: readonly Look[]): number | undefined {
  const started = (looks.at(-1)?.[0] ?? 0) / 10
  const [first, , , last] = quarters(looks).map((quarter) =>
    median(quarter.filter(([ms]) => ms >= started).map(([, bytes]) => bytes)),
  )
  return first === undefined || last === undefined ? undefined : last / first
}
