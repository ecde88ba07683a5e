/**
 * What the command line says to the shell, and how it is decided.
 *
 * A code of its own for "found" (as linters do) lets a build tell spun text from a broken run. A
 * failure outranks a finding: a run that could not read everything has not answered the question.
 */

export const EXIT = { nothing: 0, failed: 1, found: 2, usage: 64, interrupted: 130 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What a run has seen so far; one per run, filled by the command that owns it. */
export interface Tally {
  found: boolean
  failures: number
}

export const tally = (): Tally => ({ found: false, failures: 0 })

/** The code of a finished run. `exitZero` hides findings, never failures. */
export function exitCode(seen: Tally, exitZero: boolean): ExitCode {
  if (seen.failures > 0) return EXIT.failed
  return seen.found && !exitZero ? EXIT.found : EXIT.nothing
}

/** The command line or the configuration cannot be followed; the run never began. */
export class UsageError extends Error {
  readonly fix: string

  constructor(message: string, fix: string) {
    super(message)
    this.name = 'UsageError'
    this.fix = fix
  }
}

/** Something outside refused while running: a model that is not there, a file that cannot be written. */
export class RunError extends Error {
  readonly fix: string

  constructor(message: string, fix: string) {
    super(message)
    this.name = 'RunError'
    this.fix = fix
  }
}
