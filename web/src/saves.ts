/**
 * Decisions on their way to the server: one at a time, in the order they were made, and again until they
 * arrive. In: things to send. Out: a state to show ("saved", "saving", "not saved").
 *
 * One at a time, so that an undo never overtakes the decision it takes back.
 */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Failure, Result } from './api.ts'

export interface Save<T> {
  send(): Promise<Result<T>>
  done(value: T): void
  /** The server will never take it. */
  refused(failure: Failure): void
}

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving'; readonly waiting: number }
  | { readonly kind: 'failed'; readonly waiting: number; readonly failure: Failure }

export interface Saves {
  readonly state: ReadonlySignal<SaveState>
  add<T>(save: Save<T>): void
  /** Tries again now. */
  retry(): void
}

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 30_000

export function createSaves(): Saves {
  const state = signal<SaveState>({ kind: 'saved' })
  // Each closes over its own type: the queue only runs them.
  const waiting: (() => Promise<Failure | undefined>)[] = []
  let isRunning = false
  let wait = FIRST_WAIT_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  const run = async (): Promise<void> => {
    if (isRunning) return
    isRunning = true
    clearTimeout(timer)
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      state.value = { kind: 'saving', waiting: waiting.length }
      const failure = await next()
      if (failure !== undefined) {
        state.value = { kind: 'failed', waiting: waiting.length, failure }
        timer = setTimeout(() => void run(), wait)
        wait = Math.min(2 * wait, LONGEST_WAIT_MS)
        isRunning = false
        return
      }
      wait = FIRST_WAIT_MS
      waiting.shift()
    }
    isRunning = false
    state.value = { kind: 'saved' }
  }

  return {
    state,
    add(save) {
      waiting.push(async () => {
        const result = await save.send()
        if (result.ok) save.done(result.value)
        else if (result.failure.kind === 'passing') return result.failure
        else save.refused(result.failure)
        return undefined
      })
      void run()
    },
    retry() {
      wait = FIRST_WAIT_MS
      void run()
    },
  }
}
