/**
 * What is written for one shard: results, with `--format` the same in another form, and for `fix` the
 * cleaned copy and the log of its changes.
 *
 * In: records with their answers, in order. All of them grow and are marked together (shard.ts), so that
 * a resumed run finds them in step.
 */
import type { Problem } from '../index.ts'
import { jsonLine } from '../write/jsonl.ts'
import { line, type ResultRecord } from './answer.ts'
import type { Whole } from './assemble.ts'
import { type Cleaner, cleaner } from './cleaned.ts'
import { joinerOf } from './forms.ts'
import { cleanedName } from './input-kind.ts'
import type { InputStamp, Mark } from './journal.ts'
import { changesPath, cleanedPath, formPath, resultsPath } from './out-folder.ts'
import type { Disk } from './part-file.ts'
import type { Settings } from './settings.ts'
import type { Answer, BatchRecord, InputFile } from './shapes.ts'
import { type Outputs, openShard, positionAfter } from './shard.ts'

/** One input on its way through the run. */
export interface Shard {
  readonly file: InputFile
  readonly stamp: InputStamp
  readonly outputs: Outputs
  /** Where an earlier run stopped. */
  readonly mark: Mark | undefined
}

export interface ShardOutputs {
  record(record: BatchRecord, answer: Answer): Promise<void>
  /** Completes the outputs. */
  finish(): Promise<void>
  /** Leaves them so that they can be gone on with. */
  pause(): Promise<void>
  /** Lets the files go, after an error. */
  abandon(): Promise<void>
}

/** The files of a shard, the results first. */
export function outputsOf(
  out: string,
  file: InputFile,
  { action, compress, format }: Settings,
  program: string,
): Outputs {
  const results = { path: resultsPath(out, file, compress), compression: compress }
  if (format !== null) {
    const path = formPath(out, file, { form: format, compression: compress })
    const becomes: Whole = { path, joiner: () => joinerOf(format, program) }
    return [results, { path: `${path}.parts`, compression: compress, becomes }]
  }
  if (action === 'scan') return [results]
  return [
    results,
    { path: cleanedPath(out, cleanedName(file)), compression: file.compression },
    { path: changesPath(out, file), compression: 'none' },
  ]
}

/** @throws BatchError when the disk refuses, as every method does */
export async function openOutputs(shard: Shard, settings: Settings, disk: Disk): Promise<ShardOutputs> {
  const { file, outputs, stamp, mark } = shard
  const writer = await openShard(outputs, stamp, mark, disk)
  const { encoding, ...rest } = settings
  const clean: Cleaner | undefined =
    settings.action === 'fix'
      ? cleaner(file, { ...rest, ...(encoding !== null && { encoding }), from: positionAfter(mark) })
      : undefined

  return {
    async record(record, answer) {
      let result = answer.line
      for await (const part of clean?.record(record, answer) ?? []) {
        await writer.append(['', part.cleaned, part.changes])
        if (part.problem !== undefined) result = withProblem(result, part.problem)
      }
      await writer.append(
        settings.format === null ? [`${result}\n`] : [`${result}\n`, partLine(answer, settings)],
      )
      await writer.recordDone(record)
    },
    async finish() {
      for await (const { cleaned, changes } of clean?.end() ?? []) await writer.append(['', cleaned, changes])
      await clean?.close()
      await writer.finish()
    },
    async pause() {
      await clean?.close()
      await writer.pause()
    },
    async abandon() {
      await clean?.close().catch(() => {
        // The error that led here is the one to tell.
      })
      await writer.abandon()
    },
  }
}

/** A part as a line of its own; in an array of records the results line is the part, and nothing is for a repetition elsewhere. */
function partLine({ line, part }: Answer, { format }: Settings): string {
  return jsonLine(format === 'json' ? line : (part ?? ''))
}

/** The result of a document that was to be changed and stayed as it was. */
function withProblem(result: string, problem: Problem): string {
  // Made by a worker of this run.
  const record = JSON.parse(result) as ResultRecord
  return line({ ...record, problems: [...record.problems, problem], changed: 0 })
}
