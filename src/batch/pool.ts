/**
 * Batches of documents to answers, by threads that can be lost.
 *
 * A document may hang, exhaust its thread's memory or crash it. A watch looks at the place each thread
 * reports; a thread that stays at one document for longer than the limit is ended and replaced. The
 * other documents of its batch are worked on again; the one it was lost at is tried once more by itself
 * and then answered with a problem. So no document can stall a run, and none is lost with another.
 */
import { fileURLToPath } from 'node:url'
import { Tinypool } from 'tinypool'
import type { ModelFiles, Problem } from '../index.ts'
import { failedAnswer } from './answer.ts'
import { BatchError } from './failure.ts'
import type { ReadRecord, Settings } from './settings.ts'
import type { Answer } from './shapes.ts'
import type { Task, TaskOutcome, ThreadData } from './worker.ts'

/** Whoever answers batches: threads here, or workers behind a queue. */
export interface Labour {
  /** How many batches are worth having in flight. */
  readonly width: number
  /** One answer for each record, in order. @throws BatchError when no batch can be answered at all */
  answers(records: readonly ReadRecord[], settings: Settings): Promise<readonly Answer[]>
  close(): Promise<void>
}

export interface PoolOptions {
  readonly jobs: number
  readonly files: ModelFiles | null
  readonly engineModule?: string
}

type Attempt =
  | { readonly state: 'answered'; readonly answers: readonly Answer[] }
  | { readonly state: 'lost'; readonly at: number; readonly why: Loss }

/** `time`: ended by the watch. `crash`: ended by itself. */
interface Loss {
  readonly kind: 'time' | 'crash'
  readonly fact: string
}

/** A task that a thread may be busy with. */
interface Watched {
  readonly place: Int32Array
  readonly limit: number
  readonly abort: AbortController
  seen: number
  since: number
}

/** Threads run the compiled file, whether this one is compiled or not. */
const workerPath = (): string => fileURLToPath(new URL('../../dist/batch/worker.js', import.meta.url))

const LONGEST_GLANCE_MS = 250

export function threadPool({ jobs, files, engineModule }: PoolOptions): Labour {
  const data: ThreadData = { files, engineModule: engineModule ?? null }
  const pool = new Tinypool({
    filename: workerPath(),
    name: 'answers',
    minThreads: jobs,
    maxThreads: jobs,
    workerData: data,
  })
  // A thread that dies between two tasks is replaced; the next task tells if that cannot be done.
  pool.on('error', () => undefined)
  const watched = new Set<Watched>()
  let closed = false
  const watch = setInterval(() => lookAround(watched), LONGEST_GLANCE_MS)
  watch.unref()

  async function attempt(records: readonly ReadRecord[], settings: Settings): Promise<Attempt> {
    // A pool that is asked again after its end would start new threads.
    if (closed) throw ended()
    const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const place = new Int32Array(progress).fill(-1)
    const limit = settings.timeLimit * 1000
    const one: Watched = { place, limit, abort: new AbortController(), seen: -1, since: 0 }
    watched.add(one)
    try {
      const task: Task = { records: records.map(compact), settings, progress }
      const outcome = (await pool.run(task, { signal: one.abort.signal })) as TaskOutcome
      if (outcome.state === 'unfit') throw new BatchError('failed', outcome.message, outcome.fix)
      return outcome
    } catch (error) {
      if (error instanceof BatchError) throw error
      if (closed) throw ended()
      const at = Atomics.load(place, 0)
      const fact = error instanceof Error ? error.message : String(error)
      if (at < 0)
        throw new BatchError('failed', `no worker thread can be started: ${fact}`, 'try fewer --jobs')
      return { state: 'lost', at, why: { kind: one.abort.signal.aborted ? 'time' : 'crash', fact } }
    } finally {
      watched.delete(one)
    }
  }

  async function answers(records: readonly ReadRecord[], settings: Settings): Promise<readonly Answer[]> {
    const out: Answer[] = []
    let rest = records
    while (rest.length > 0) {
      const result = await attempt(rest, settings)
      if (result.state === 'answered') return [...out, ...result.answers]
      out.push(...(await answers(rest.slice(0, result.at), settings)))
      for (const poison of rest.slice(result.at, result.at + 1)) out.push(await alone(poison, settings))
      rest = rest.slice(result.at + 1)
    }
    return out
  }

  /** The second and last try of a document that a thread was lost at. */
  async function alone(record: ReadRecord, settings: Settings): Promise<Answer> {
    const result = await attempt([record], settings)
    const [only] = result.state === 'answered' ? result.answers : []
    if (only !== undefined) return only
    return failedAnswer(
      record,
      lossProblem(result.state === 'lost' ? result.why : undefined, settings),
      settings,
    )
  }

  return {
    // One batch in hand for each thread, and one ready for whichever is done first.
    width: jobs + Math.max(2, Math.ceil(jobs / 2)),
    answers: (records, settings) => (records.length === 0 ? Promise.resolve([]) : answers(records, settings)),
    async close() {
      closed = true
      clearInterval(watch)
      await pool.destroy()
    },
  }
}

const ended = (): BatchError =>
  new BatchError('failed', 'the run has ended', 'run the same command with --resume')

function lossProblem(why: Loss | undefined, { timeLimit }: Settings): Problem {
  if (why?.kind === 'time') {
    return {
      kind: 'limit',
      message: `not answered within ${timeLimit} seconds`,
      fix: 'split the document, or pass a larger --time-limit',
    }
  }
  return {
    kind: 'limit',
    message: `its worker ended while reading it, twice (${why?.fact.slice(0, 200) ?? 'no answer'})`,
    fix: 'split the document',
  }
}

/** Ends the threads that have been at one document for longer than the limit. */
function lookAround(watched: ReadonlySet<Watched>): void {
  const now = performance.now()
  for (const one of watched) {
    const at = Atomics.load(one.place, 0)
    if (at !== one.seen) {
      one.seen = at
      one.since = now
    } else if (at >= 0 && now - one.since > one.limit) one.abort.abort()
  }
}

/** A view into a larger buffer would take the whole buffer along to the other thread. */
function compact(record: ReadRecord): ReadRecord {
  const { content } = record
  if (typeof content === 'string' || content.byteLength === content.buffer.byteLength) return record
  return { ...record, content: new Uint8Array(content) }
}
