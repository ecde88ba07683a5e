/** Figures of batch runs to a dated Markdown report. Computes rates and ratios, measures nothing. */
import { decimal, table } from './markdown.ts'

export interface BatchRun {
  readonly jobs: number
  /** Wall time with start, reading, writing and summing up. */
  readonly ms: number
  readonly peakBytes: number
  readonly documents: number
  readonly findings: number
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
  readonly bytes: number
  /** Share of documents that are made of spun samples, 0 to 1. */
  readonly spun: number
  readonly runs: readonly BatchRun[]
  readonly others: readonly Other[]
  /** Wall time of a run over one short document. */
  readonly startMs: number
}

export function batchReport(figures: BatchFigures): string {
  const { date, machine, bytes, spun, runs, others, startMs } = figures
  const [first] = runs
  const rate = (size: number, ms: number): number => size / 1e6 / (ms / 1000)
  const rows = runs.map((run) => [
    run.jobs,
    decimal(run.ms / 1000, 1),
    decimal(rate(bytes, run.ms), 3),
    decimal(run.documents / (run.ms / 1000), 1),
    decimal(first === undefined ? undefined : first.ms / run.ms),
    decimal(run.peakBytes / 1e6, 0),
  ])
  const compared = others.map((other) => [
    other.name,
    other.ms === undefined ? 'not installed' : decimal(rate(other.bytes, other.ms), 1),
    decimal(
      other.ms === undefined || first === undefined
        ? undefined
        : rate(bytes, first.ms) / rate(other.bytes, other.ms),
      4,
    ),
  ])
  return [
    `# Batch throughput, ${date}\n`,
    `${machine}\n`,
    `${decimal(bytes / 1e6, 1)} MB of JSON Lines, ${first?.documents ?? 0} documents of about 5 kB made of the samples' sentences in ever new order, ${decimal(100 * spun, 0)} % of them spun. Whole runs: start, reading, writing, summing up.\n`,
    table(['threads:', 'seconds:', 'MB/s:', 'documents/s:', 'times one thread:', 'peak memory, MB:'], rows),
    `A run over one short document takes ${decimal(startMs / 1000, 1)} s.\n`,
    'Other programs on text of the same kind; the ratio is our MB/s with the first number of threads to theirs.\n',
    table(['program', 'MB/s:', 'ratio:'], compared),
  ].join('\n')
}
