/**
 * `unspin batch …` and `unspin worker` on the command line: which subcommands and flags there are. Thin:
 * work is done by batch.ts, batch-undo.ts and worker.ts, which are loaded when they are asked for: with
 * them comes all of batch/, and every other command would wait for it.
 */
import type { Command } from 'commander'
import { BATCH_FORMATS } from '../batch/forms.ts'
import type { Compression } from '../batch/shapes.ts'
import type { BatchFlags } from './batch.ts'
import { type ExitCode, UsageError } from './exit-codes.ts'
import { type Options, oneOf, Rejected } from './options.ts'
import type { World } from './world.ts'

type Flags = Readonly<Record<string, unknown>>

/** What program.ts shares with its commands. */
export interface Surroundings {
  readonly version: string
  readonly world: World
  action(command: (given: readonly unknown[]) => Promise<ExitCode>): (...given: unknown[]) => Promise<void>
  /** Adds the flags about inputs, models and configuration. */
  withInput(command: Command): Command
  /** Reads flags and configuration to options. */
  withOptions(flags: Flags, world: World, command: (options: Options) => Promise<ExitCode>): Promise<ExitCode>
}

const DEFAULT_TIME_LIMIT = 600
const MOST_JOBS = 1024

export function batchCommands(root: Command, surroundings: Surroundings): void {
  workerCommand(root, surroundings)
  const { version, world, action, withInput, withOptions } = surroundings
  const command = root
    .command('batch')
    .description('answer many documents, into a folder that can be resumed')
  for (const name of ['scan', 'fix'] as const) {
    const one = withInput(command.command(name))
      .description(name === 'scan' ? 'find spun wording' : 'restore, into cleaned copies of the inputs')
      .argument(
        '[inputs...]',
        name === 'scan' ? 'files, folders, patterns; - is standard input' : 'files, folders, patterns',
      )
      .requiredOption('--out <folder>', 'where results, cleaned copies and report go')
      .option('--jobs <n>', 'threads (default: one for each core), or batches in the queue')
      .option('--queue <url>', 'hand the work to "unspin worker" processes through this Redis')
      .option('--resume', 'go on with the run in that folder')
      .option('--exclude <pattern>', 'leave these inputs out, as in .gitignore; may be repeated', collected)
      .option('--file-list <file>', 'read further inputs from this file, one a line')
      .option('--compress <name>', 'compress results files: none, gzip or zstd (default: none)')
      .option('--time-limit <seconds>', `longest time for one document (default: ${DEFAULT_TIME_LIMIT})`)
      .option('--min-confidence <n>', 'least confidence of a finding, 0 to 1 (default: the model’s)')
      .option('--exit-zero', 'end with 0 even if spun text was found')
      .option('--print-options', 'print the effective options and where each came from')
    if (name === 'scan') {
      one
        .option('--format <name>', `write results in this form, too: ${BATCH_FORMATS.join(', ')}`)
        .option('--apply-above <n>', 'with --format diff: least confidence of a place that is changed')
        .option('--dedupe', 'answer documents that are the same byte for byte once')
    } else one.option('--apply-above <n>', 'least confidence of a place that is changed, 0 to 1')
    one.action(
      action(async ([inputs, given]) => {
        const flags = batchFlags(name, inputs as string[], given as Flags, world)
        return withOptions(given as Flags, world, async (options) => {
          const { batch } = await import('./batch.ts')
          return batch(flags, options, version, world)
        })
      }),
    )
  }
  command
    .command('undo')
    .description('give the inputs of "batch fix" back as they were, byte for byte')
    .argument('<folder>', 'what --out was')
    .requiredOption('--to <folder>', 'where the inputs go')
    .action(
      action(async ([folder, flags]) => {
        const { batchUndo } = await import('./batch-undo.ts')
        return batchUndo(String(folder), String((flags as Flags).to), world)
      }),
    )
}

/** `unspin worker`: the other end of `--queue`. */
function workerCommand(root: Command, { version, world, action, withOptions }: Surroundings): void {
  root
    .command('worker')
    .description('answer the batches of runs with --queue, until interrupted')
    .requiredOption('--queue <url>', 'address of Redis, as redis://HOST:PORT')
    .option('--jobs <n>', 'threads (default: one for each core)')
    .option(
      '--dictionary <file>',
      'a further dictionary file, the same as the run has; may be repeated',
      collected,
    )
    .option('--model <folder>', 'folder of the model files')
    .option('--config <file>', 'configuration file (default: unspin.config.json or .yaml, found upward)')
    .option('--no-config', 'read no configuration file')
    .action(
      action(async ([given]) => {
        const flags = given as Flags
        const jobs = flags.jobs === undefined ? undefined : count('--jobs', flags.jobs, MOST_JOBS)
        return withOptions(flags, world, async (options) => {
          const { worker } = await import('./worker.ts')
          return worker({ queue: String(flags.queue), jobs }, options, version, world)
        })
      }),
    )
}

function batchFlags(
  action: BatchFlags['action'],
  inputs: readonly string[],
  flags: Flags,
  world: World,
): BatchFlags {
  if (inputs.length === 0 && flags.fileList === undefined) {
    throw new UsageError('there is no input', 'name files or folders, or pass --file-list FILE')
  }
  return {
    action,
    inputs,
    out: String(flags.out),
    jobs: flags.jobs === undefined ? undefined : count('--jobs', flags.jobs, MOST_JOBS),
    resume: flags.resume === true,
    exclude: (flags.exclude ?? []) as readonly string[],
    fileList: text(flags.fileList),
    format: furtherForm(flags.format, world),
    compress: choice('--compress', COMPRESSIONS, flags.compress ?? 'none', world),
    dedupe: flags.dedupe === true,
    timeLimit:
      flags.timeLimit === undefined ? DEFAULT_TIME_LIMIT : count('--time-limit', flags.timeLimit, 86_400),
    queue: text(flags.queue),
  }
}

const COMPRESSIONS: readonly Compression[] = ['none', 'gzip', 'zstd']

/** `jsonl` is what a run writes anyway. */
function furtherForm(value: unknown, world: World): BatchFlags['format'] {
  const format = choice('--format', BATCH_FORMATS, value ?? 'jsonl', world)
  return format === 'jsonl' ? null : format
}

function choice<T extends string>(flag: string, choices: readonly T[], value: unknown, { api }: World): T {
  try {
    return oneOf(choices)(value, api.nearest)
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    throw new UsageError(`${flag}: ${error.message}`, error.fix(`write ${flag} ${choices[1] ?? choices[0]}`))
  }
}

/** A whole number from 1 to `most`. */
export function count(flag: string, value: unknown, most: number): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw new UsageError(
    `${flag}: ${JSON.stringify(value)} is not a whole number from 1 to ${most}`,
    `write ${flag} ${Math.min(most, 4)}`,
  )
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function collected(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value]
}
