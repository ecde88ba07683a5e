/**
 * Timed runs of other programs. In: a command and how often to run it. Out: the median wall time and
 * what it wrote, or that it is not installed. A run that fails is an Error, never a fast result.
 */
import { spawnSync } from 'node:child_process'
import { median } from './statistics.ts'

export interface Command {
  readonly program: string
  readonly arguments: readonly string[]
  /** Text for standard input. */
  readonly input?: string
  /** Exit codes that mean the work was done; 0 when left out. */
  readonly done?: readonly number[]
  /** Longest time, milliseconds; half an hour when left out. */
  readonly mostMs?: number
}

export interface Timed {
  /** Median wall time of the runs, process start included. */
  readonly ms: number
  readonly runs: number
  /** Standard output of the last run. */
  readonly output: string
}

const MOST_MS = 1_800_000
const MOST_OUTPUT = 1 << 26

/** @throws Error with the command and its last words when it does not start or fails */
export function timed(command: Command, runs: number): Timed {
  const times: number[] = []
  let output = ''
  for (let i = 0; i < runs; i++) {
    const began = performance.now()
    const result = spawnSync(command.program, command.arguments, {
      encoding: 'utf8',
      maxBuffer: MOST_OUTPUT,
      timeout: command.mostMs ?? MOST_MS,
      ...(command.input !== undefined && { input: command.input }),
    })
    times.push(performance.now() - began)
    if (result.error !== undefined || !(command.done ?? [0]).includes(result.status ?? -1)) {
      const words = [command.program, ...command.arguments].join(' ')
      const why = result.error?.message ?? `exit ${result.status}: ${result.stderr.trim().slice(-500)}`
      throw new Error(`${words}: ${why}\n  fix: run it by hand to see more`)
    }
    output = result.stdout
  }
  const ms = median(times)
  if (ms === undefined) throw new Error(`timed: ${runs} runs\n  fix: ask for at least one`)
  return { ms, runs, output }
}

/** Can the program be started at all? */
export const isInstalled = (program: string): boolean =>
  spawnSync(program, ['--version'], { timeout: MOST_MS }).error === undefined
