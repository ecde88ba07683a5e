/**
 * Everything outside that a command may touch, as one value handed in: streams, terminal, folder,
 * interruption, and the library itself.
 *
 * Commands take a World and return an exit code, so that tests run them in memory with a made-up
 * library; `main.ts` is the only place that fills one from `process`.
 */
import type { Writable } from 'node:stream'
import { codeOf } from '../write/error-code.ts'
import type { Api } from './api.ts'
import { RunError } from './exit-codes.ts'

export interface World {
  readonly api: Api
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: Sink
  readonly stderr: Sink
  /** Standard output is a terminal that may be coloured: no NO_COLOR, not TERM=dumb. */
  readonly colourTerminal: boolean
  readonly columns: number
  /** Columns of the terminal that standard error is; absent where it is none. */
  readonly progressColumns?: number
  /** Aborted on the first interrupt; commands stop between two documents. */
  readonly signal: AbortSignal
}

/** Where text goes. `write` resolves when the text has been taken, so a slow reader slows us down. */
export interface Sink {
  write(text: string): Promise<void>
  /** The reader has gone (`| head`): nothing more need be made. */
  readonly closed: boolean
}

/** A Sink on a stream. A closed pipe only sets `closed`; any other error rejects the write. */
export function sink(stream: Writable): Sink {
  let closed = false
  const isGone = (error: Error & { code?: unknown }): boolean =>
    error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED'
  stream.on('error', (error) => {
    // Rejected in `write`; without a listener the stream would end the program with a trace.
    if (isGone(error)) closed = true
  })
  return {
    get closed() {
      return closed
    },
    write(text) {
      if (closed || text === '') return Promise.resolve()
      return new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (!error) resolve()
          else if (isGone(error)) {
            closed = true
            resolve()
          } else reject(new RunError(`the output cannot be written (${codeOf(error)})`, 'check the disk'))
        })
      })
    },
  }
}
