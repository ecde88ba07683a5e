/**
 * Batches to workers on other machines, by BullMQ on Redis. To the run it looks like a pool of threads.
 *
 * A batch whose worker dies is given to another one; one that loses its workers again is taken apart, and
 * its documents go one by one; a document that still costs its workers is answered with a problem. Jobs
 * live in Redis until their answers are fetched; results are written by the run, in order, with its
 * journal, so that a run that is killed itself goes on like any other.
 */
import { randomUUID } from 'node:crypto'
import { type Job as BullJob, Queue, QueueEvents } from 'bullmq'
import type { Problem } from '../index.ts'
import { failedAnswer } from './answer.ts'
import { BatchError } from './failure.ts'
import type { Labour } from './pool.ts'
import { connected, type Job, type JobResult, queueName, safeUrl, sent } from './queue-link.ts'
import type { ReadRecord, Settings } from './settings.ts'
import type { Answer } from './shapes.ts'

export interface QueueOptions {
  readonly url: string
  readonly program: string
  readonly model: string
  /** Batches in the queue at a time. */
  readonly width: number
  /** Called once when there is work and nobody to do it. */
  readonly onNobody?: () => void
}

/** A job that somebody waits for. */
interface Waiting {
  lookUp(): void
  giveUp(error: Error): void
}

type Outcome =
  | { readonly state: 'answered'; readonly answers: readonly Answer[] }
  | { readonly state: 'lost'; readonly why: string }

/** Events may be missed while a connection is mended: what is waited for is looked up, too. */
const LOOK_MS = 5000
/** Jobs of a run that was killed are nobody's; Redis forgets them after a day. */
const KEPT_S = 86_400

export async function queueLabour({ url, program, model, width, onNobody }: QueueOptions): Promise<Labour> {
  const client = await connected(url)
  const name = queueName(program, model)
  const queue = new Queue<Job, JobResult>(name, { connection: client })
  const events = new QueueEvents(name, { connection: client })
  const waiting = new Map<string, Waiting>()
  const run = randomUUID()
  let count = 0
  let asked = false

  // Connections mend themselves.
  queue.on('error', () => undefined)
  events.on('error', () => undefined)
  events.on('completed', ({ jobId }) => waiting.get(jobId)?.lookUp())
  events.on('failed', ({ jobId }) => waiting.get(jobId)?.lookUp())
  await told(() => Promise.all([queue.waitUntilReady(), events.waitUntilReady()]))
  const look = setInterval(() => {
    for (const { lookUp } of waiting.values()) lookUp()
    if (asked || waiting.size === 0) return
    queue.getWorkersCount().then(
      (workers) => {
        if (workers === 0 && !asked) onNobody?.()
        asked = true
      },
      () => undefined,
    )
  }, LOOK_MS)
  look.unref()

  async function told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      const fact = error instanceof Error ? error.message : String(error)
      throw new BatchError(
        'failed',
        `the queue at ${safeUrl(url)} failed: ${fact}`,
        'check Redis, then run the same command with --resume',
      )
    }
  }

  async function attempt(records: readonly ReadRecord[], settings: Settings): Promise<Outcome> {
    count += 1
    const jobId = `${run}-${count}`
    const job: Job = { settings, records: records.map(sent) }
    const kept = { age: KEPT_S }
    await queue.add('batch', job, { jobId, removeOnComplete: kept, removeOnFail: kept })
    try {
      const done = await settled(jobId)
      if (done === undefined) return { state: 'lost', why: 'the job is gone from the queue' }
      if (done.failedReason !== undefined && done.failedReason !== '') {
        return { state: 'lost', why: done.failedReason }
      }
      return { state: 'answered', answers: done.returnvalue.answers }
    } finally {
      waiting.delete(jobId)
      // Fetched or given up; if it cannot be removed now it goes by its age.
      await queue.remove(jobId).catch(() => undefined)
    }
  }

  /** The job when it is completed or failed; undefined when it is not there any more. */
  function settled(jobId: string): Promise<BullJob<Job, JobResult> | undefined> {
    return new Promise((resolve, reject) => {
      const lookUp = async (): Promise<void> => {
        const job = await queue.getJob(jobId)
        if (job?.finishedOn !== undefined || job === undefined) resolve(job)
      }
      waiting.set(jobId, { lookUp: () => void lookUp().catch(reject), giveUp: reject })
      // It may have been done before anybody listened.
      void lookUp().catch(reject)
    })
  }

  async function answers(records: readonly ReadRecord[], settings: Settings): Promise<readonly Answer[]> {
    const outcome = await told(() => attempt(records, settings))
    if (outcome.state === 'answered') return outcome.answers
    const [only] = records
    if (records.length > 1 || only === undefined) {
      return (await Promise.all(records.map((record) => answers([record], settings)))).flat()
    }
    const problem: Problem = {
      kind: 'limit',
      message: `its worker ended while reading it, again and again (${outcome.why.slice(0, 200)})`,
      fix: 'split the document',
    }
    return [failedAnswer(only, problem, settings)]
  }

  return {
    width,
    answers: (records, settings) => (records.length === 0 ? Promise.resolve([]) : answers(records, settings)),
    async close() {
      clearInterval(look)
      // Left over only after an error: nobody will ask for them.
      for (const [jobId, { giveUp }] of waiting) {
        await queue.remove(jobId).catch(() => undefined)
        giveUp(new Error('the run has ended'))
      }
      await Promise.allSettled([events.close(), queue.close()])
      client.destroy()
    },
  }
}
