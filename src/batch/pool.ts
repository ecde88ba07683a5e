/**
 * Batches of documents to answers, by threads that can be lost.
 *
 * A document may hang, exhaust its thread's memory or crash it. A watch looks at the place each thread
 * reports; a thread that stays at one document for longer than the limit is ended and replaced. The
 * other documents of its batch are worked on again; the one it was lost at is tried once more by itself,
 * with room for more, and then answered with a problem. So no document can stall a run, and none is lost
 * with another.
 */
import { fileURLToPath } from 'node:url'
import { Tinypool } from 'tinypool'
import { forThreads, type ModelFiles, type Problem } from '../index.ts'
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

type Options = NonNullable<ConstructorParameters<typeof Tinypool>[0]>

/** Threads run the compiled file, whether this one is compiled or not. */
const workerPath = (): string => fileURLToPath(new URL('../../dist/batch/worker.js', import.meta.url))

const LONGEST_GLANCE_MS = 250
/**
 * Memory of a thread, MB. Left alone it lets garbage grow to several times what it uses (150 MB instead of
 * 70, and 250 MB in all instead of 130) without being any faster; a limit keeps it at work on it. Documents
 * of some megabytes fit.
 */
const THREAD_HEAP = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 384 }
/** For large documents, and for the second try of any: 20 MB full of findings, or the tree of a page. */
const ROOMY_HEAP = { maxOldGenerationSizeMb: 4096 }
const ROOMY_IDLE_MS = 1000
/** Bytes or UTF-16 units of a large document: one string of it must not be what brings a thread to its limit. */
const LARGE = 1 << 20
/** As often as a thread may be lost at any document. */
const LARGE_TRIES = 2

export function threadPool({ jobs, files, engineModule }: PoolOptions): Labour {
  const data: ThreadData = { files: sharedBy(jobs, files), engineModule: engineModule ?? null }
  const threads = (least: number, most: number, options: Partial<Options>): Tinypool => {
    const made = new Tinypool({
      filename: workerPath(),
      name: 'answers',
      minThreads: least,
      maxThreads: most,
      workerData: data,
      ...options,
    })
    // A thread that dies between two tasks is replaced; the next task tells if that cannot be done.
    made.on('error', () => undefined)
    return made
  }
  const pool = threads(jobs, jobs, { resourceLimits: THREAD_HEAP })
  // Starts threads when they are needed, and ends them soon after.
  const roomy = threads(0, jobs, { resourceLimits: ROOMY_HEAP, idleTimeout: ROOMY_IDLE_MS })
  const watched = new Set<Watched>()
  let closed = false
  const watch = setInterval(() => lookAround(watched), LONGEST_GLANCE_MS)
  watch.unref()

  async function attempt(on: Tinypool, records: readonly ReadRecord[], settings: Settings): Promise<Attempt> {
    // A pool that is asked again after its end would start new threads.
    if (closed) throw ended()
    const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const place = new Int32Array(progress).fill(-1)
    const limit = settings.timeLimit * 1000
    const one: Watched = { place, limit, abort: new AbortController(), seen: -1, since: 0 }
    watched.add(one)
    try {
      const task: Task = { records: records.map(compact), settings, progress }
      const outcome = (await on.run(task, { signal: one.abort.signal })) as TaskOutcome
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
      const large = rest.findIndex(({ content }) => content.length > LARGE)
      if (large !== -1) {
        out.push(...(await answers(rest.slice(0, large), settings)))
        for (const one of rest.slice(large, large + 1)) out.push(await alone(one, settings, LARGE_TRIES))
        rest = rest.slice(large + 1)
        continue
      }
      const result = await attempt(pool, rest, settings)
      if (result.state === 'answered') return [...out, ...result.answers]
      out.push(...(await answers(rest.slice(0, result.at), settings)))
      for (const poison of rest.slice(result.at, result.at + 1)) out.push(await alone(poison, settings, 1))
      rest = rest.slice(result.at + 1)
    }
    return out
  }

  /** The last tries of a document, by itself. */
  async function alone(record: ReadRecord, settings: Settings, tries: number): Promise<Answer> {
    const result = await attempt(roomy, [record], settings)
    const [only] = result.state === 'answered' ? result.answers : []
    if (only !== undefined) return only
    if (tries > 1) return alone(record, settings, tries - 1)
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
      await Promise.all([pool.destroy(), roomy.destroy()])
    },
  }
}

/** Files that are damaged are left as they are: whoever makes an engine of them tells. */
function sharedBy(jobs: number, files: ModelFiles | null): ModelFiles | null {
  if (jobs === 1 || files === null) return files
  try {
    return forThreads(files)
  } catch {
    return files
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
