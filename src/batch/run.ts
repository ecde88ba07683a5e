/**
 * A batch run on one screen: inputs to shards, shards to records, records to batches, batches to answers
 * by threads or queue workers, answers in input order to the shards' outputs, results to a summary.
 *
 * In: a request. Out: what the run came to. A document's failure is a record; a BatchError ends the run,
 * and what was written until then is complete and can be gone on with.
 */
import { realpath, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import { type LoadOptions, type ModelFiles, readModels } from '../index.ts'
import { duplicateAnswer, failedAnswer } from './answer.ts'
import { type Batch, batches, type Step } from './batches.ts'
import { cleaningProblem } from './cleaned.ts'
import { deduper, duplicateOf } from './dedupe.ts'
import { BatchError, factAndFix } from './failure.ts'
import { type Found, findInputs } from './find-inputs.ts'
import { writeInputList } from './input-list.ts'
import type { InputStamp } from './journal.ts'
import { inOrder, untilLate } from './ordered.ts'
import { inputsRecord, takeFolder } from './out-folder.ts'
import { type Disk, realDisk } from './part-file.ts'
import { type Labour, threadPool } from './pool.ts'
import { records } from './read-records.ts'
import { fingerprint, type Settings } from './settings.ts'
import type { Answer, BatchRecord, InputFile, ReadPosition } from './shapes.ts'
import { positionAfter, progressOf } from './shard.ts'
import { openOutputs, outputsOf, type Shard, type ShardOutputs } from './shard-outputs.ts'
import { type Summary, summarise } from './summary.ts'

export interface BatchRequest {
  /** Files, folders, patterns, "-". */
  readonly inputs: readonly string[]
  readonly exclude: readonly string[]
  readonly fileList?: string
  readonly cwd: string
  /** Absolute. */
  readonly out: string
  readonly settings: Settings
  readonly resume: boolean
  readonly jobs: number
  /** Version of the program. */
  readonly program: string
  readonly models: LoadOptions
  readonly stdin?: AsyncIterable<Uint8Array>
  /** Makes whoever answers, in place of threads of this process. */
  readonly labour?: (model: string) => Promise<Labour>
  /** Aborted when the run should stop after the batches in hand. */
  readonly signal: AbortSignal
  /** How long an aborted run waits for the documents in hand, milliseconds; default ten seconds. */
  readonly graceMs?: number
  readonly onProgress?: (progress: RunProgress) => void
  /** For tests: an engine in place of the library's (worker.ts), a disk in place of the real one. */
  readonly engineModule?: string
  readonly disk?: Disk
}

export interface RunProgress {
  readonly shards: { readonly done: number; readonly all: number }
  /** Answered by this process. */
  readonly records: number
  /** Of the input files as they lie there; a compressed one counts when it is done. */
  readonly bytes: { readonly done: number; readonly all: number }
}

export type RunOutcome =
  | { readonly state: 'done'; readonly summary: Summary; readonly problems: Found['problems'] }
  | { readonly state: 'interrupted'; readonly problems: Found['problems'] }

/** @throws BatchError */
export async function runBatch(request: BatchRequest): Promise<RunOutcome> {
  const { settings, out, engineModule, signal } = request
  const found = await inputsOf(request)
  const models = engineModule === undefined ? await readFiles(request.models) : null
  const model = models === null ? `module ${engineModule}` : fingerprint(models)
  const run = {
    version: 1,
    program: request.program,
    model,
    settings,
    inputs: inputsRecord(found.files),
  } as const
  const folder = await takeFolder(out, run, request.resume)
  try {
    await writeInputList(out, found.files)
    const labour = await (request.labour?.(model) ?? threads(request, models))
    try {
      await answerAll(request, found.files, labour)
    } finally {
      await labour.close()
    }
    if (signal.aborted) return { state: 'interrupted', problems: found.problems }
    const summary = await summarise(out, found, settings)
    return { state: 'done', summary, problems: found.problems }
  } finally {
    await folder.release()
  }
}

async function answerAll(request: BatchRequest, files: readonly InputFile[], labour: Labour): Promise<void> {
  const { settings, disk = realDisk, graceMs = GRACE_MS } = request
  const stamps = new Map<InputFile, InputStamp>()
  for (const file of files) stamps.set(file, await stampOf(file))
  const tell = progressTeller(request, stamps)
  const work = async ({ steps, documents }: Batch<Shard>): Promise<Worked> => ({
    steps,
    answers: await labour.answers(documents, settings),
  })
  let current: ShardOutputs | undefined
  try {
    const source = batches(stepsOf(request, stamps, tell.shard))
    const worked = inOrder(source, labour.width, work)
    for await (const { steps, answers } of untilLate(worked, request.signal, graceMs)) {
      const given = answers.values()
      for (const step of steps) {
        const { shard } = step
        current ??= await openOutputs(shard, settings, disk)
        if (step.kind === 'record') {
          await current.record(step.record, answerTo(step, given, settings))
          tell.record(shard.file, step.record.next)
        } else {
          await current.finish()
          tell.shard(shard.file)
          current = undefined
        }
      }
    }
    await current?.pause()
  } catch (error) {
    await current?.abandon()
    throw error
  }
}

interface Worked {
  readonly steps: readonly Step<Shard>[]
  readonly answers: readonly Answer[]
}

const GRACE_MS = 10_000

const START: ReadPosition = { number: 0, offset: 0, line: 1 }

/** All records of all shards that are still to be answered, each shard's end behind them. */
async function* stepsOf(
  request: BatchRequest,
  stamps: ReadonlyMap<InputFile, InputStamp>,
  onDone: (file: InputFile) => void,
): AsyncGenerator<Step<Shard>> {
  const { settings, out, program, signal, stdin } = request
  const known = settings.dedupe ? deduper() : undefined
  const reading = (file: InputFile, from: ReadPosition): AsyncGenerator<BatchRecord> =>
    records(file, { ...settings, from, ...(stdin !== undefined && { stdin }) })
  for (const [file, stamp] of stamps) {
    const outputs = outputsOf(out, file, settings, program)
    const progress = await progressOf(outputs, file.name, stamp)
    const done = progress.state === 'done'
    const mark = done ? undefined : progress.mark
    if (done) onDone(file)
    if (done && known === undefined) continue
    const shard: Shard = { file, stamp, outputs, mark }
    // What was answered before is read again only to know its repetitions.
    const first = known === undefined ? positionAfter(mark) : START
    for await (const record of reading(file, first)) {
      if (signal.aborted) return
      const place = { shard: file.name, record: record.number }
      const before = record.state === 'read' ? known?.seen(record.content, place) : undefined
      if (done || record.number < (mark?.records ?? 0)) continue
      yield {
        kind: 'record',
        shard,
        record,
        ...(before !== undefined && { duplicateOf: duplicateOf(before) }),
      }
    }
    if (done) continue
    // Standard input is closed by an interrupt: its end may not be the end.
    if (signal.aborted) return
    yield { kind: 'end', shard }
  }
}

function answerTo(
  step: Extract<Step<Shard>, { kind: 'record' }>,
  answers: Iterator<Answer>,
  settings: Settings,
): Answer {
  const { record, duplicateOf } = step
  if (record.state === 'failed') return failedAnswer(record, record.problem, settings)
  if (duplicateOf !== undefined) return duplicateAnswer(record, duplicateOf)
  const { value, done } = answers.next()
  if (done !== true && value.number === record.number) return value
  throw new Error(`the answer to record ${record.number} of ${step.shard.file.name} is missing`)
}

/** @throws BatchError where there is nothing to read at all */
async function inputsOf({ inputs, out, cwd, exclude, fileList, settings }: BatchRequest): Promise<Found> {
  const { inputFormat } = settings
  const found = await findInputs(inputs, {
    cwd,
    exclude,
    ...(fileList !== undefined && { fileList }),
    otherwise: inputFormat === 'jsonl' ? 'jsonl' : 'document',
    stdin: inputFormat === 'jsonl' || inputFormat === 'auto' ? 'jsonl' : 'document',
  })
  // A run over "." must not read what it writes.
  const own = await realpath(out).catch(() => out)
  const files = found.files.filter(({ path }) => !path.startsWith(own + sep))
  for (const file of settings.action === 'fix' ? files : []) {
    const problem = cleaningProblem(file)
    if (problem !== undefined) throw new BatchError('usage', `${file.path}: ${problem.message}`, problem.fix)
  }
  if (files.length > 0) return { ...found, files }
  const [first] = found.problems
  throw new BatchError(
    'failed',
    first === undefined ? 'there is no input' : `${first.id}: ${first.problem.message}`,
    first === undefined
      ? 'name files that end in .txt, .md, .html, .jsonl, .csv or .warc'
      : first.problem.fix,
  )
}

async function stampOf({ path }: InputFile): Promise<InputStamp> {
  if (path === '-') return { size: 0, modified: 0 }
  try {
    const { size, mtimeMs } = await stat(path)
    return { size, modified: mtimeMs }
  } catch {
    // Reading it will say why.
    return { size: 0, modified: 0 }
  }
}

async function readFiles(options: LoadOptions): Promise<ModelFiles> {
  try {
    return await readModels(options)
  } catch (error) {
    const [fact, fix] = factAndFix(
      error,
      'check --model; reinstall the package, or in a checkout run: npm run build',
    )
    throw new BatchError('failed', `the model cannot be loaded: ${fact}`, fix)
  }
}

function threads({ jobs, engineModule }: BatchRequest, files: ModelFiles | null): Labour {
  return threadPool({ jobs, files, ...(engineModule !== undefined && { engineModule }) })
}

function progressTeller(
  { onProgress }: BatchRequest,
  stamps: ReadonlyMap<InputFile, InputStamp>,
): { record(file: InputFile, next: number): void; shard(file: InputFile): void } {
  const all = [...stamps.values()].reduce((sum, { size }) => sum + size, 0)
  let [shards, answered, finished, within] = [0, 0, 0, 0]
  const tell = (): void =>
    onProgress?.({
      shards: { done: shards, all: stamps.size },
      records: answered,
      bytes: { done: finished + within, all },
    })
  return {
    record(file, next) {
      answered += 1
      if (file.compression === 'none') within = Math.min(next, stamps.get(file)?.size ?? 0)
      tell()
    },
    shard(file) {
      shards += 1
      finished += stamps.get(file)?.size ?? 0
      within = 0
      tell()
    },
  }
}
