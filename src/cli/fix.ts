/**
 * `unspin fix`: documents in, restored text out, as a diff, as text, as records or into the files.
 *
 * A dry run unless asked: the diff is what a person reads first. `--write` is the only way a file
 * changes. As a filter (--stdout, --format jsonl) and after --write the run ends with 0: the text asked
 * for has been given; the dry run answers "is there something to fix" with 2.
 */
import type { AnalyzeOptions, Engine, Problem, Restored } from '../index.ts'
import { colouredDiff, unifiedDiff } from '../write/diff.ts'
import { failedFixedRecord, fixedRecord } from '../write/fixed.ts'
import { jsonLine } from '../write/jsonl.ts'
import { isFatal } from '../write/problem.ts'
import type { RecordId } from '../write/record.ts'
import { visible } from '../write/visible.ts'
import type { ExitCode, Tally } from './exit-codes.ts'
import type { Options } from './options.ts'
import { replaceFile } from './replace-file.ts'
import { analyzeOptions, problemLines, type ReadInput, runDocuments } from './run-documents.ts'
import { wantsColour } from './scan.ts'
import type { World } from './world.ts'

export const FIX_FORMATS = ['diff', 'jsonl'] as const

/** Where the restored text goes. `write` and `records` may go together; the others stand alone. */
export interface FixTarget {
  readonly output: 'diff' | 'text' | 'records' | 'nothing'
  readonly write: boolean
}

export function fix(
  paths: readonly string[],
  target: FixTarget,
  options: Options,
  world: World,
): Promise<ExitCode> {
  const records = target.output === 'records'
  const optionsOf = analyzeOptions(options, world)
  const { applyAbove } = options
  const restored = (engine: Engine, { content }: ReadInput, asked: AnalyzeOptions): Restored =>
    world.api.restore(engine, content, { ...asked, ...(applyAbove !== undefined && { applyAbove }) })
  return runDocuments(paths, options, world, {
    tellFailures: !records,
    end: () => Promise.resolve(),
    async failed(id, problem) {
      if (records) await world.stdout.write(jsonLine(failedFixedRecord(id, [problem])))
    },
    answer: (engine, input, seen) =>
      answer(input, restored(engine, input, optionsOf(input)), seen, target, options, world),
  })
}

/** What the functions below share about one document. */
interface Fixed {
  readonly input: ReadInput
  readonly given: string
  readonly restored: Restored
  /** Why the file was not written, if it was to be. */
  readonly refusal: Problem | undefined
}

async function answer(
  input: ReadInput,
  restored: Restored,
  seen: Tally,
  target: FixTarget,
  options: Options,
  world: World,
): Promise<void> {
  const given = restored.analysis.document.text
  const unread = restored.analysis.problems.some(isFatal)
  const refusal = target.write && !unread ? await written(input, given, restored, target) : undefined
  if (unread || refusal !== undefined) seen.failures += 1
  if (target.output === 'diff' && restored.text !== given) seen.found = true
  await show({ input, given, restored, refusal }, target, options, world)
}

async function show(fixed: Fixed, target: FixTarget, options: Options, world: World): Promise<void> {
  const { input, given, restored, refusal } = fixed
  const problems = [...restored.analysis.problems, ...(refusal === undefined ? [] : [refusal])]
  if (target.output === 'records') {
    return world.stdout.write(
      jsonLine(fixedRecord(input.id, given, restored.text, restored.applied, problems)),
    )
  }
  for (const problem of problems) await world.stderr.write(problemLines(input.id, problem))
  if (restored.analysis.problems.some(isFatal)) return undefined
  switch (target.output) {
    case 'text':
      return world.stdout.write(restored.text)
    case 'diff': {
      const diff = unifiedDiff(input.name, given, restored.text)
      const coloured = wantsColour(options, world.colourTerminal)
      return world.stdout.write(coloured ? colouredDiff(diff) : diff)
    }
    case 'nothing':
      return refusal === undefined ? tellWritten(input.id, restored, world) : undefined
  }
}

/** Writes the file where there is something to write; gives the problem that kept it from that. */
async function written(
  { origin, content }: ReadInput,
  given: string,
  { text }: Restored,
  { output }: FixTarget,
): Promise<Problem | undefined> {
  const refuse = (reason: string, fix: string): Problem => ({
    kind: 'unreadable',
    message: `not written: ${reason}`,
    fix,
  })
  if (origin === 'record') {
    // As records the text has been given out, which is all that can be done with it.
    if (output === 'records') return undefined
    return refuse('records are not replaced inside their file', 'take them from --format jsonl')
  }
  if (origin === 'stdin') return refuse('standard input is no file', 'use --stdout')
  if (typeof content === 'string' || text === given) return undefined
  return replaceFile(origin, content, given, text)
}

/** Says what happened to a file, on standard error: standard output is for results. */
function tellWritten(id: RecordId, { applied }: Restored, { stderr }: World): Promise<void> {
  const count = applied.length === 1 ? 'fixed 1 place' : `fixed ${applied.length} places`
  return stderr.write(`${visible(String(id))}: ${applied.length === 0 ? 'nothing to fix' : count}\n`)
}
