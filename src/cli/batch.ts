/**
 * `unspin batch scan` and `batch fix`: many documents in, a folder of results out.
 *
 * Here the run meets the shell: options become the run's settings, progress goes to standard error, the
 * sums to standard output, and the outcome becomes an exit code.
 */
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { BatchError } from '../batch/failure.ts'
import { type BatchRequest, type RunOutcome, runBatch } from '../batch/run.ts'
import type { Settings } from '../batch/settings.ts'
import type { Compression, FurtherForm } from '../batch/shapes.ts'
import { batchText } from '../write/batch-text.ts'
import { visible } from '../write/visible.ts'
import { progressTeller } from './batch-progress.ts'
import { userDictionaries } from './dict.ts'
import { EXIT, type ExitCode, RunError, UsageError } from './exit-codes.ts'
import type { Options } from './options.ts'
import type { World } from './world.ts'

export interface BatchFlags {
  readonly action: Settings['action']
  readonly inputs: readonly string[]
  readonly out: string
  readonly jobs: number | undefined
  readonly resume: boolean
  readonly exclude: readonly string[]
  readonly fileList: string | undefined
  /** `scan`: a further form of the results; null: none. */
  readonly format: FurtherForm | null
  readonly compress: Compression
  readonly dedupe: boolean
  /** Seconds for one document. */
  readonly timeLimit: number
  readonly queue: string | undefined
}

export async function batch(
  flags: BatchFlags,
  options: Options,
  version: string,
  world: World,
): Promise<ExitCode> {
  const request = await batchRequest(flags, options, version, world)
  const teller = progressTeller({
    columns: world.progressColumns,
    now: () => performance.now(),
    // Not awaited: progress must not slow the run.
    write: (text) => void world.stderr.write(text),
  })
  const stopping = (): void => {
    teller.end()
    void world.stderr.write('unspin: stopping; the documents in hand are finished first\n')
  }
  world.signal.addEventListener('abort', stopping, { once: true })
  try {
    const outcome = await runBatch({ ...request, onProgress: teller.tell })
    teller.end()
    return await told(outcome, flags, options, world)
  } catch (error) {
    teller.end()
    throw shellError(error)
  } finally {
    world.signal.removeEventListener('abort', stopping)
  }
}

async function batchRequest(
  flags: BatchFlags,
  options: Options,
  program: string,
  world: World,
): Promise<BatchRequest> {
  const { inputs, exclude, fileList, resume } = flags
  const { modelDir } = options
  return {
    inputs,
    exclude,
    ...(fileList !== undefined && { fileList: resolve(world.cwd, fileList) }),
    cwd: world.cwd,
    out: resolve(world.cwd, flags.out),
    settings: settings(flags, options),
    resume,
    jobs: flags.jobs ?? availableParallelism(),
    program,
    models: {
      ...(modelDir !== undefined && { modelDir }),
      userDictionaries: await userDictionaries(options.dictionaries, world),
    },
    stdin: world.stdin,
    signal: world.signal,
    ...(flags.queue !== undefined && { labour: queued(flags.queue, flags.jobs, program, world) }),
  }
}

/** Batches in the queue at a time, where --jobs says nothing. */
const QUEUED = 64

/** Workers elsewhere in place of threads here; loaded when asked for, since it takes a while. */
function queued(
  url: string,
  jobs: number | undefined,
  program: string,
  { stderr }: World,
): NonNullable<BatchRequest['labour']> {
  return async (model) => {
    const { queueLabour } = await import('../batch/queue.ts')
    const width = jobs ?? QUEUED
    const onNobody = (): void =>
      void stderr.write(
        'unspin: no worker takes the batches; waiting\n' +
          '  fix: start "unspin worker --queue URL" with this version, model and dictionaries\n',
      )
    return queueLabour({ url, program, model, width, onNobody })
  }
}

/** Options that do not change the results of this action are left out, so that they may differ. */
function settings(flags: BatchFlags, options: Options): Settings {
  const { action, format, compress, dedupe, timeLimit } = flags
  return {
    action,
    minConfidence: options.minConfidence ?? null,
    applyAbove: action === 'fix' || format === 'diff' ? (options.applyAbove ?? null) : null,
    inputFormat: options.inputFormat,
    encoding: options.encoding ?? null,
    content: options.content === 'main' ? 'main' : null,
    textKey: options.textKey,
    idKey: options.idKey,
    maxBytes: options.maxBytes,
    timeLimit,
    allow: options.allow.map((wording) => wording.toLowerCase()),
    format,
    compress,
    dedupe,
  }
}

async function told(
  outcome: RunOutcome,
  { out, action }: BatchFlags,
  { exitZero }: Options,
  world: World,
): Promise<ExitCode> {
  if (outcome.state === 'interrupted') {
    await world.stderr.write(
      'unspin: stopped; nothing is lost\n  fix: run the same command with --resume to go on\n',
    )
    return EXIT.interrupted
  }
  const { summary } = outcome
  await world.stdout.write(batchText(summary))
  await world.stderr.write(
    `unspin: results in ${visible(out)}, report in ${visible(join(out, 'report.html'))}\n`,
  )
  if (summary.labels.failed > 0 || summary.unreadInputs > 0) return EXIT.failed
  const found = summary.flagged > 0 || summary.labels.spun > 0
  return action === 'scan' && found && !exitZero ? EXIT.found : EXIT.nothing
}

/** What ended a batch run, in the words of the command line; bugs stay what they are. */
export function shellError(error: unknown): unknown {
  if (!(error instanceof BatchError)) return error
  const { kind, message, fix } = error
  return kind === 'usage' ? new UsageError(message, fix) : new RunError(message, fix)
}
