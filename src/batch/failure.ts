/**
 * What ends a batch run early: something outside refused, or the request cannot be followed. What is
 * wrong with one document never does; it becomes a problem in that document's record.
 */
import { codeOf } from '../write/error-code.ts'

export class BatchError extends Error {
  /** `usage`: nothing was done. `failed`: what was written so far is complete and can be resumed. */
  readonly kind: 'usage' | 'failed'
  readonly fix: string

  constructor(kind: BatchError['kind'], message: string, fix: string) {
    super(message)
    this.name = 'BatchError'
    this.kind = kind
    this.fix = fix
  }
}

/** A refusal of the disk, as a person can act on it. */
export function diskError(path: string, error: unknown): BatchError {
  if (error instanceof BatchError) return error
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new BatchError(
      'failed',
      `${path}: the disk is full; what was written before is complete`,
      'free some space, then run the same command with --resume',
    )
  }
  return new BatchError(
    'failed',
    `${path}: cannot be written (${code})`,
    'check the folder and its permissions, then run the same command with --resume',
  )
}

/** "fact\n  fix: what to do", as the library's errors read, to its two halves. */
export function factAndFix(error: unknown, otherwise: string): readonly [string, string] {
  const [fact = '', fix = otherwise] =
    error instanceof Error ? error.message.split('\n  fix: ') : [String(error)]
  return [fact, fix]
}
