/**
 * A run in numbers, counted from its results files: so a run that was stopped and resumed is summed up
 * like one that was not, whoever answered what.
 *
 * In: the output folder and its inputs. Out: a Summary, and the files summary.json and report.html.
 * Files are read as streams, and the phrases are counted in a fixed number of places.
 */
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '../index.ts'
import { batchReport } from '../write/batch-report.ts'
import type { BatchSummary } from '../write/batch-text.ts'
import { isFailed, type ResultRecord } from './answer.ts'
import { fileBytes } from './decompress.ts'
import { BatchError, diskError } from './failure.ts'
import type { Found } from './find-inputs.ts'
import { frequent } from './frequent.ts'
import { byteLines } from './lines.ts'
import { resultsPath } from './out-folder.ts'
import { problemOf } from './problems.ts'
import type { Settings } from './settings.ts'

export type Summary = BatchSummary

const DENSITY_EDGES = [1, 2, 5, 10, 20, 50, 100] as const
const PHRASE_PLACES = 20_000
/** UTF-16 units; what is longer is no phrase that comes again. */
const LONGEST_PHRASE = 200
const PHRASES_SHOWN = 50
const PROBLEMS_SHOWN = 100
/** A line of results holds what was found in one document. */
const MAX_LINE_BYTES = 400_000_000

/** Sums up the run in `out` and writes summary.json and report.html there. @throws BatchError */
export async function summarise(out: string, found: Found, settings: Settings): Promise<Summary> {
  const counter = summaryCounter(settings.action)
  for (const { id, problem } of found.problems) counter.unread(id, problem)
  for (const file of found.files) {
    const path = resultsPath(out, file, settings.compress)
    try {
      const bytes = fileBytes(
        { path, compression: settings.compress },
        { maxRatio: Number.POSITIVE_INFINITY },
      )
      for await (const part of byteLines(bytes, MAX_LINE_BYTES)) {
        // Our own lines, read back.
        if (part.state === 'whole')
          counter.add(JSON.parse(Buffer.from(part.bytes).toString()) as ResultRecord)
      }
    } catch (error) {
      const { message } = error instanceof SyntaxError ? { message: 'a line is not JSON' } : problemOf(error)
      throw new BatchError(
        'failed',
        `${path}: cannot be summed up: ${message}`,
        'delete this file and run again with --resume; its input is then answered anew',
      )
    }
    counter.shard()
  }
  const summary = counter.summary()
  await writeAside(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`)
  await writeAside(join(out, 'report.html'), batchReport(summary))
  return summary
}

export interface SummaryCounter {
  add(result: ResultRecord): void
  /** An input that never became a shard. */
  unread(id: string, problem: Problem): void
  /** A shard's records are all counted. */
  shard(): void
  summary(): Summary
}

export function summaryCounter(action: Settings['action']): SummaryCounter {
  const labels = { clean: 0, doubtful: 0, spun: 0, failed: 0 }
  const bins = [...DENSITY_EDGES, undefined].map(() => 0)
  const phrases = frequent(PHRASE_PLACES)
  const kinds = new Map<string, number>()
  const shown: { id: string | number; problem: Problem }[] = []
  let [documents, shards, unread, findings, changed, duplicates, flagged] = [0, 0, 0, 0, 0, 0, 0]

  const problemMet = (id: string | number, problem: Problem): void => {
    kinds.set(problem.kind, (kinds.get(problem.kind) ?? 0) + 1)
    if (shown.length < PROBLEMS_SHOWN) shown.push({ id, problem })
  }
  return {
    add(result) {
      documents += 1
      for (const problem of result.problems) problemMet(result.id, problem)
      if (result.duplicateOf !== undefined) duplicates += 1
      const { verdict } = result
      if (isFailed(result) || verdict === null) {
        // A duplicate has its answer elsewhere; it is no failure.
        if (result.duplicateOf === undefined) labels.failed += 1
        return
      }
      labels[verdict.label] += 1
      if (result.findings.length > 0) flagged += 1
      const bin = binOf(verdict.density)
      bins[bin] = (bins[bin] ?? 0) + 1
      findings += result.findings.length
      changed += result.changed ?? 0
      for (const { surface, suggestions } of result.findings) {
        if (surface.length <= LONGEST_PHRASE) phrases.add(surface.toLowerCase(), suggestions[0]?.text ?? '')
      }
    },
    unread(id, problem) {
      unread += 1
      problemMet(id, problem)
    },
    shard: () => {
      shards += 1
    },
    summary: () => ({
      version: 1,
      action,
      shards,
      documents,
      labels,
      flagged,
      duplicates,
      unreadInputs: unread,
      findings,
      ...(action === 'fix' && { changed }),
      density: bins.map((count, i) => ({
        from: DENSITY_EDGES[i - 1] ?? 0,
        to: DENSITY_EDGES[i] ?? null,
        documents: count,
      })),
      phrases: phrases.top(PHRASES_SHOWN).map(({ text, count, error, note }) => ({
        surface: text,
        suggestion: note,
        count,
        error,
      })),
      problems: {
        byKind: [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => ({ kind, count })),
        first: shown.map(({ id, problem: { kind, message, fix } }) => ({ id, kind, message, fix })),
      },
    }),
  }
}

/** Half-open bins: a density of exactly 5 lies in 5–10. */
function binOf(density: number): number {
  const at = DENSITY_EDGES.findIndex((edge) => density < edge)
  return at === -1 ? DENSITY_EDGES.length : at
}

async function writeAside(path: string, text: string): Promise<void> {
  try {
    await writeFile(`${path}.new`, text)
    await rename(`${path}.new`, path)
  } catch (error) {
    throw diskError(path, error)
  }
}
