/**
 * How a batch run is doing, on standard error: one line that changes in a terminal, a plain line every
 * ten seconds elsewhere, so that a log stays readable.
 *
 * In: the run's counts as they come. Rate and time left are those of this process; what an earlier run
 * did costs no time now.
 */
import type { RunProgress } from '../batch/run.ts'
import { number } from '../write/batch-text.ts'

export interface Teller {
  tell(progress: RunProgress): void
  /** Leaves the terminal with a clean line. */
  end(): void
}

export interface TellerOptions {
  /** Of the terminal; undefined where there is none. */
  readonly columns: number | undefined
  /** Milliseconds, from any beginning. */
  readonly now: () => number
  readonly write: (text: string) => void
}

const PLAIN_EVERY_MS = 10_000
const TERMINAL_EVERY_MS = 200
const BAR = 24

export function progressTeller({ columns, now, write }: TellerOptions): Teller {
  const terminal = columns !== undefined
  const begun = now()
  let told = terminal ? Number.NEGATIVE_INFINITY : begun
  let first: RunProgress | undefined
  let shown = false
  return {
    tell(progress) {
      first ??= progress
      const time = now()
      if (time - told < (terminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS)) return
      told = time
      shown = true
      const text = progressText(progress, progress.bytes.done - first.bytes.done, (time - begun) / 1000)
      write(
        terminal
          ? `\r${`${bar(progress)} ${text}`.slice(0, columns - 1).padEnd(columns - 1)}`
          : `unspin: ${text}\n`,
      )
    },
    end() {
      if (terminal && shown) write(`\r${' '.repeat(columns - 1)}\r`)
    },
  }
}

/** `bytes` were read by this process in `seconds`. */
export function progressText({ records, bytes, shards }: RunProgress, read: number, seconds: number): string {
  const share = bytes.all === 0 ? '' : `${Math.floor((100 * bytes.done) / bytes.all)} %, `
  const rate = seconds <= 0 ? 0 : records / seconds
  const speed = seconds <= 0 ? 0 : read / seconds
  const left = speed <= 0 ? '' : `, ${duration((bytes.all - bytes.done) / speed)} left`
  return `${share}${number(records)} documents, ${rate.toFixed(rate < 10 ? 1 : 0)}/s, ${(speed / 1e6).toFixed(2)} MB/s, ${shards.done}/${shards.all} inputs${left}`
}

function bar({ bytes }: RunProgress): string {
  const full = bytes.all === 0 ? 0 : Math.min(BAR, Math.floor((BAR * bytes.done) / bytes.all))
  return `[${'='.repeat(full)}${' '.repeat(BAR - full)}]`
}

/** Seconds as 45 s, 12 min, 3 h 20 min, 5 d 4 h. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}
