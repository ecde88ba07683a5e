/**
 * What keeps a shard or a record from being read, in words.
 *
 * In: error codes of the system, sizes. Out: Problems, the same for single runs and batch runs. `Broken`
 * is how a stream of bytes ends early; readers turn it into a record with its problem.
 */
import type { Problem } from '../index.ts'
import { codeOf } from '../write/error-code.ts'

/** Thrown by byte streams of this folder only, caught in read-records.ts and where files are copied. */
export class Broken extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'Broken'
    this.problem = problem
  }
}

/** What an error that ended a stream means for the input. */
export const problemOf = (error: unknown): Problem =>
  error instanceof Broken ? error.problem : unreadable(codeOf(error))

/** `code` is what the system said when a file was opened or read. */
export function unreadable(code: string): Problem {
  const problem = (message: string, fix: string): Problem => ({ kind: 'unreadable', message, fix })
  switch (code) {
    case 'ENOENT':
      return problem('there is no such file', 'check the path')
    case 'EACCES':
    case 'EPERM':
      return problem('no permission to read it', 'change its mode, or run as somebody who may')
    case 'EISDIR':
      return problem('this is a folder', 'name the files in it, or read it with unspin batch')
    default:
      return problem(`cannot be read (${code})`, 'check that it is a file that can be read')
  }
}

/** `size` is exact, or undefined where reading stopped at the limit. */
export function tooLarge(what: string, size: number | undefined, maxBytes: number): Problem {
  const fact = size === undefined ? `more than ${maxBytes} bytes` : `${size} bytes, more than ${maxBytes}`
  return {
    kind: 'too-large',
    message: `${what} has ${fact}`,
    fix: 'split it, or pass a larger --max-bytes',
  }
}

/** A record whose bytes do not say what they should. */
export const malformed = (message: string, fix: string): Problem => ({ kind: 'record', message, fix })
