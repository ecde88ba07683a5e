/**
 * The loop that `scan` and `fix` share: inputs in, one answer each, in order.
 *
 * The engine is loaded when the first document needs it, so that a wrong path costs no second. Between
 * two documents the loop lets signals and the reader of standard output be heard; it ends early when
 * either has had enough.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AnalyzeOptions, Engine, Problem } from '../index.ts'
import type { RecordId } from '../write/record.ts'
import { visible } from '../write/visible.ts'
import { userDictionaries } from './dict.ts'
import { EXIT, type ExitCode, exitCode, RunError, type Tally, tally } from './exit-codes.ts'
import type { Input } from './input.ts'
import type { Options } from './options.ts'
import { documentFormat, inputs } from './read-input.ts'
import type { World } from './world.ts'

export type ReadInput = Extract<Input, { state: 'read' }>

export interface Answering {
  /** Handles a document that could be read; tells the tally what it found. */
  answer(engine: Engine, input: ReadInput, seen: Tally): Promise<void>
  /** Keeps the output in step where an input could not be read. */
  failed(id: RecordId, problem: Problem): Promise<void>
  /** Called once after the last document, whatever happened to it. */
  end(): Promise<void>
  /** Failures also go to standard error one by one; false where they are records already. */
  readonly tellFailures: boolean
}

/** Runs all documents of `paths`; returns what to say to the shell. */
export async function runDocuments(
  paths: readonly string[],
  options: Options,
  world: World,
  answering: Answering,
): Promise<ExitCode> {
  const seen = tally()
  let engine: Engine | undefined
  for await (const input of inputs(paths, options, world)) {
    // An input that an interrupt cut short is no failure of the input.
    if (world.signal.aborted) break
    if (input.state === 'read') {
      engine ??= await loadEngine(options, world)
      await answering.answer(engine, input, seen)
    } else {
      seen.failures += 1
      if (answering.tellFailures) await world.stderr.write(problemLines(input.id, input.problem))
      await answering.failed(input.id, input.problem)
    }
    await nextTurn()
    if (world.stdout.closed) break
  }
  await answering.end()
  if (world.signal.aborted) return EXIT.interrupted
  if (seen.failures > 0 && !answering.tellFailures) {
    const records = seen.failures === 1 ? '1 input' : `${seen.failures} inputs`
    await world.stderr.write(`unspin: ${records} could not be read; the output says which and why\n`)
  }
  return exitCode(seen, options.exitZero)
}

/** @throws RunError when the model files are missing or do not fit */
export async function loadEngine(options: Options, world: World): Promise<Engine> {
  const { modelDir } = options
  const dictionaries = await userDictionaries(options.dictionaries, world)
  try {
    return await world.api.load({
      ...(modelDir !== undefined && { modelDir }),
      userDictionaries: dictionaries,
    })
  } catch (error) {
    const [fact = '', todo = 'check --model; reinstall the package, or in a checkout run: npm run build'] =
      error instanceof Error ? error.message.split('\n  fix: ') : [String(error)]
    throw new RunError(`the model cannot be loaded: ${fact}`, todo)
  }
}

/** The options of each document, in the library's words; the allow list is made ready once. */
export function analyzeOptions(options: Options, { api }: World): (input: ReadInput) => AnalyzeOptions {
  const { minConfidence, encoding, content } = options
  const common = {
    format: documentFormat(options),
    ...(content === 'main' && { content }),
    ...(encoding !== undefined && { encoding }),
    ...(minConfidence !== undefined && { minConfidence }),
    ...(options.allow.length > 0 && { allow: api.allowList(options.allow) }),
  }
  return (input) => ({
    ...common,
    id: String(input.id),
    ...(input.origin !== 'record' && { name: input.name }),
  })
}

/** A problem as a person reads it: place and fact, then what to do. */
export function problemLines(id: RecordId, { message, fix }: Problem): string {
  return `${visible(String(id))}: ${visible(message)}\n  fix: ${visible(fix)}\n`
}
