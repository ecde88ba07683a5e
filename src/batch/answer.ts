/**
 * One document to its line of the results file. Runs in the worker threads.
 *
 * In: a record that was read, an engine. Out: an Answer; whatever happens to a document, even a bug, it
 * is answered, because one document of a million must not end the run.
 */
import type { Analysis, Engine, Problem, Restored } from '../index.ts'
import { jsonLine } from '../write/jsonl.ts'
import { isFatal } from '../write/problem.ts'
import { type AnalysisRecord, failedRecord, type RecordId, record } from '../write/record.ts'
import { failedPart, partOf } from './forms.ts'
import { documentOptions, type ReadRecord, type Settings } from './settings.ts'
import type { Answer } from './shapes.ts'

/** The part of the library that answers; tests put a cheap one in its place. */
export interface Analyser {
  analyze(engine: Engine, input: string | Uint8Array, options?: ReturnType<typeof documentOptions>): Analysis
  restore(
    engine: Engine,
    input: string | Uint8Array,
    options?: ReturnType<typeof documentOptions> & { readonly applyAbove?: number },
  ): Restored
}

/** What stands in a results file: the record of `scan`, with a word more where a batch run knows more. */
export interface ResultRecord extends AnalysisRecord {
  /** `fix` only: how many places were changed in the cleaned text. */
  readonly changed?: number
  /** The document is the same, byte for byte, as an earlier one of the run, which has the answer. */
  readonly duplicateOf?: string
}

/** Did the document of this record get no answer? A `limit` leaves the verdict empty. */
export const isFailed = ({ verdict, problems }: Pick<AnalysisRecord, 'verdict' | 'problems'>): boolean =>
  verdict === null || problems.some(isFatal)

/** The answer to one document. Never throws. */
export function answer(analyser: Analyser, engine: Engine, given: ReadRecord, settings: Settings): Answer {
  try {
    return settings.action === 'scan'
      ? scanned(analyser, engine, given, settings)
      : fixed(
          analyser.restore(engine, given.content, {
            ...documentOptions(given, settings),
            ...applying(settings),
          }),
          given,
        )
  } catch (error) {
    const fact = error instanceof Error ? error.message : String(error)
    const problem: Problem = {
      kind: 'unreadable',
      message: `the analysis broke off: ${fact.slice(0, 200)}`,
      fix: 'this is a bug, please report it with the document',
    }
    return failedAnswer(given, problem, settings)
  }
}

/** The answer to a document that cannot have another one. */
export function failedAnswer(
  { number, id }: { readonly number: number; readonly id: RecordId },
  problem: Problem,
  settings: Settings,
): Answer {
  const part = failedPart(settings, { number, id }, problem)
  return {
    number,
    line: line(failedRecord(id, [problem])),
    ...(part !== undefined && { part }),
    label: 'failed',
  }
}

/** The answer to a document that repeats another one. */
export const duplicateAnswer = (
  { number, id }: { readonly number: number; readonly id: RecordId },
  duplicateOf: string,
): Answer => ({ number, line: line({ ...failedRecord(id, []), duplicateOf }), label: 'failed' })

function scanned(analyser: Analyser, engine: Engine, given: ReadRecord, settings: Settings): Answer {
  const options = documentOptions(given, settings)
  const analysis = analyser.analyze(engine, given.content, options)
  const result = record(analysis, given.id)
  const restored =
    settings.format === 'diff' && !isFailed(result)
      ? analyser.restore(engine, given.content, { ...options, ...applying(settings) }).text
      : undefined
  const part = partOf(settings, given, analysis, restored)
  return {
    number: given.number,
    line: line(result),
    ...(part !== undefined && { part }),
    label: label(result),
  }
}

const applying = ({ applyAbove }: Settings): { readonly applyAbove?: number } =>
  applyAbove === null ? {} : { applyAbove }

function fixed({ analysis, text, applied }: Restored, { number, id }: ReadRecord): Answer {
  const result: ResultRecord = { ...record(analysis, id), changed: applied.length }
  const bare = { number, line: line(result), label: label(result) }
  return applied.length === 0 || bare.label === 'failed' ? bare : { ...bare, text, applied }
}

const label = (result: AnalysisRecord): Answer['label'] =>
  isFailed(result) || result.verdict === null ? 'failed' : result.verdict.label

/** Lines of a results file are joined by whoever writes them. */
export const line = (result: ResultRecord): string => jsonLine(result).slice(0, -1)
