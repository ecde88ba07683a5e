/**
 * Threads that read texts for `unspin serve`, so that the server answers while they work.
 *
 * In: jobs, each with the moment from which on nobody waits for it. Out: an outcome for every job. At
 * most `waiting` jobs wait; a thread that is still busy when its job's time is over is ended and
 * replaced, and so is one that dies. A thread that cannot be used from the start ends the pool.
 */
import { Worker } from 'node:worker_threads'
import type { Job, Outcome, WorkerMessage, WorkerSetting } from './serve-job.ts'

export interface PoolOptions {
  /** Module of the worker; a made-up one in tests. */
  readonly worker: URL
  readonly setting: WorkerSetting
  /** Threads, at least one. */
  readonly threads: number
  /** Jobs that may wait for a thread. */
  readonly waiting: number
  /** Milliseconds from asking to the answer. */
  readonly timeLimit: number
}

export interface Pool {
  /** Never rejects. `gone` is aborted when nobody waits for the answer any more. */
  run(job: Job, gone: AbortSignal): Promise<Outcome>
  readonly isFull: boolean
  /** By `close`, or because no thread could be started any more. */
  readonly isClosed: boolean
  /** Jobs being read and jobs waiting. */
  counts(): { readonly reading: number; readonly waiting: number }
  close(): Promise<void>
}

/** Why no thread can be used: fact and what to do. */
export class PoolError extends Error {
  readonly fix: string

  constructor(message: string, fix: string) {
    super(message)
    this.name = 'PoolError'
    this.fix = fix
  }
}

interface Asked {
  readonly job: Job
  settle(outcome: Outcome): void
  timer: NodeJS.Timeout | undefined
  thread: Thread | undefined
}

interface Thread {
  readonly worker: Worker
  ready: boolean
  asked: Asked | undefined
}

/** Threads that die this often without a text to read, and none read between, are not started again. */
const MOST_FALSE_STARTS = 3

/** Memory of a thread, MB: without it garbage grows to several times what is used. A long text has room. */
const HEAP = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 1024 }

/** Starts the threads; resolves when the first is ready. @throws PoolError when none can be used */
export async function pool(options: PoolOptions): Promise<Pool> {
  const threads = new Set<Thread>()
  let queue: Asked[] = []
  let closed = false
  let falseStarts = 0
  const started = resolvers()

  const start = (): void => {
    const worker = new Worker(options.worker, { workerData: options.setting, resourceLimits: HEAP })
    const thread: Thread = { worker, ready: false, asked: undefined }
    threads.add(thread)
    worker.on('message', (message: WorkerMessage) => heard(thread, message))
    worker.on('error', (error) => lost(thread, error instanceof Error ? error.message : String(error)))
    worker.on('exit', () => lost(thread, 'the thread ended'))
  }

  const heard = (thread: Thread, message: WorkerMessage): void => {
    switch (message.state) {
      case 'ready':
        thread.ready = true
        started.resolve()
        next()
        return
      case 'unusable':
        closed = true
        started.reject(new PoolError(message.message, message.fix))
        void close()
        return
      case 'answered':
      case 'failed': {
        const { asked } = thread
        falseStarts = 0
        thread.asked = undefined
        asked?.settle(message)
        next()
        return
      }
    }
  }

  /** A thread is gone, by itself or because its job's time was over. */
  const lost = (thread: Thread, message: string): void => {
    if (!threads.delete(thread)) return
    if (thread.asked === undefined) falseStarts += 1
    thread.asked?.settle({ state: 'failed', message })
    if (closed) return
    if (falseStarts < MOST_FALSE_STARTS) {
      start()
      return
    }
    closed = true
    started.reject(
      new PoolError(`no thread can be started: ${message}`, 'run: npm run build; check the memory'),
    )
    void close()
  }

  const next = (): void => {
    for (const thread of threads) {
      if (!thread.ready || thread.asked !== undefined) continue
      const asked = queue.shift()
      if (asked === undefined) return
      asked.thread = thread
      thread.asked = asked
      thread.worker.postMessage(asked.job)
    }
  }

  /** Takes a job away from the queue, or from a thread, which is ended then. */
  const withdraw = (asked: Asked, outcome: Outcome): void => {
    const { thread } = asked
    queue = queue.filter((other) => other !== asked)
    asked.settle(outcome)
    if (thread?.asked !== asked) return
    lost(thread, 'ended')
    void thread.worker.terminate()
  }

  const close = async (): Promise<void> => {
    closed = true
    for (const asked of queue) asked.settle({ state: 'closed' })
    queue = []
    const all = [...threads]
    for (const { asked } of all) asked?.settle({ state: 'closed' })
    threads.clear()
    await Promise.all(all.map(({ worker }) => worker.terminate()))
  }

  const self: Pool = {
    get isFull() {
      return queue.length >= options.waiting && [...threads].every(({ ready, asked }) => !ready || asked)
    },
    get isClosed() {
      return closed
    },
    counts: () => ({
      reading: [...threads].filter(({ asked }) => asked !== undefined).length,
      waiting: queue.length,
    }),
    run(job, gone) {
      if (closed) return Promise.resolve({ state: 'closed' })
      if (self.isFull) return Promise.resolve({ state: 'busy' })
      return new Promise((resolve) => {
        const asked: Asked = {
          job,
          thread: undefined,
          timer: undefined,
          settle(outcome) {
            clearTimeout(asked.timer)
            gone.removeEventListener('abort', leave)
            resolve(outcome)
          },
        }
        const leave = (): void => withdraw(asked, { state: 'closed' })
        asked.timer = setTimeout(() => {
          withdraw(asked, { state: 'too-late', while: asked.thread === undefined ? 'waiting' : 'reading' })
        }, options.timeLimit)
        gone.addEventListener('abort', leave)
        queue.push(asked)
        next()
      })
    },
    close,
  }

  for (let count = 0; count < options.threads; count++) start()
  await started.promise
  return self
}

interface Resolvers {
  readonly promise: Promise<void>
  resolve(): void
  reject(error: Error): void
}

function resolvers(): Resolvers {
  let [resolve, reject]: [() => void, (error: Error) => void] = [() => {}, () => {}]
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
