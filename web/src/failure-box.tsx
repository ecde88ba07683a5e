/** What went wrong, as the server put it, and a way on. */
import type { Failure } from './api.ts'

export function FailureBox(props: {
  readonly failure: Failure
  readonly again?: () => void
  readonly close?: () => void
}) {
  const { failure, again, close } = props
  return (
    <div class="failure" role="alert">
      <p>
        <strong>{failure.message}</strong> {failure.fix}
      </p>
      {again && (
        <button type="button" class="button" onClick={again}>
          Try again
        </button>
      )}
      {close && (
        <button type="button" class="button" onClick={close}>
          Close
        </button>
      )}
    </div>
  )
}
