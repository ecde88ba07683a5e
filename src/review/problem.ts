/**
 * What keeps a review from doing what was asked: a fact and what to do, as everywhere.
 *
 * Thrown where the way back is long (a file that cannot be opened, a request that cannot be followed)
 * and caught at the edge: the command prints it, the server answers with it. Never a stack trace.
 */

export interface ReviewProblem {
  readonly message: string
  readonly fix: string
}

/** `status` is what the server answers; the command line looks at the text only. */
export class ReviewRefusal extends Error {
  readonly fix: string
  readonly status: 400 | 404 | 409 | 413 | 500

  constructor({ message, fix }: ReviewProblem, status: 400 | 404 | 409 | 413 | 500 = 400) {
    super(message)
    this.name = 'ReviewRefusal'
    this.fix = fix
    this.status = status
  }
}
