/**
 * The other end of the queue: a process that takes batches, has them answered by threads of its own, and
 * gives the answers back. It writes nothing; killed at any moment it loses nothing, because the batch it
 * had goes to another worker when its lock runs out.
 */
import { Worker } from 'bullmq'
import { type LoadOptions, readModels } from '../index.ts'
import { BatchError, factAndFix } from './failure.ts'
import { threadPool } from './pool.ts'
import {
  connected,
  type Job,
  type JobResult,
  LOST_WORKERS,
  queueName,
  received,
  TIMING,
  type Timing,
} from './queue-link.ts'
import { fingerprint } from './settings.ts'

export interface WorkerRequest {
  readonly url: string
  /** Threads, and batches in hand. */
  readonly jobs: number
  /** Version of the program. */
  readonly program: string
  readonly models: LoadOptions
  /** Aborted when the worker should finish what it has in hand and end. */
  readonly signal: AbortSignal
  /** Called when batches can come. */
  readonly onReady?: (queue: string) => void
  /** For tests: see worker.ts and queue-link.ts. */
  readonly engineModule?: string
  readonly timing?: Timing
}

/** Works until the signal; resolves when the batches in hand are done. @throws BatchError */
export async function serveQueue(request: WorkerRequest): Promise<void> {
  const { url, jobs, program, signal, engineModule, timing = TIMING } = request
  const files = engineModule === undefined ? await modelFiles(request.models) : null
  const model = files === null ? `module ${engineModule}` : fingerprint(files)
  const client = await connected(url)
  const pool = threadPool({ jobs, files, ...(engineModule !== undefined && { engineModule }) })
  const name = queueName(program, model)
  const worker = new Worker<Job, JobResult>(
    name,
    async ({ data }) => ({ answers: await pool.answers(data.records.map(received), data.settings) }),
    {
      connection: client,
      concurrency: jobs,
      lockDuration: timing.lockMs,
      stalledInterval: timing.checkMs,
      maxStalledCount: LOST_WORKERS,
    },
  )
  // Connections mend themselves, and a job that failed is told to whoever asked for it.
  worker.on('error', () => undefined)
  try {
    await worker.waitUntilReady()
    request.onReady?.(name)
    await aborted(signal)
  } finally {
    await worker.close()
    await pool.close()
    client.destroy()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function modelFiles(options: LoadOptions): ReturnType<typeof readModels> {
  try {
    return await readModels(options)
  } catch (error) {
    const [fact, fix] = factAndFix(error, 'check --model; reinstall the package')
    throw new BatchError('failed', `the model cannot be loaded: ${fact}`, fix)
  }
}
