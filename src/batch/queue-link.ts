/**
 * What the two ends of a queue share: how to reach Redis, what the queue is called, and how a batch
 * travels as JSON. Everything a worker needs goes through the queue; there is no shared disk.
 */
import { createClient } from 'redis'
import { BatchError } from './failure.ts'
import type { ReadRecord, Settings } from './settings.ts'
import type { Answer } from './shapes.ts'

/** A batch on its way to a worker. */
export interface Job {
  readonly settings: Settings
  readonly records: readonly SentRecord[]
}

/** Bytes as base64; texts as they are. */
type SentRecord = Omit<ReadRecord, 'content'> & { readonly text?: string; readonly base64?: string }

/** What comes back; JSON all the way. */
export interface JobResult {
  readonly answers: readonly Answer[]
}

export interface Timing {
  /** A worker that is silent for this long has lost its batch, milliseconds. */
  readonly lockMs: number
  /** How often workers look for such batches, milliseconds. */
  readonly checkMs: number
}

export const TIMING: Timing = { lockMs: 30_000, checkMs: 15_000 }

/** How often a batch whose worker was lost is given to another one before it counts as failed. */
export const LOST_WORKERS = 1

/**
 * The queue of workers that give the same results: of one version, with one model. A worker with another
 * one never sees the batch.
 */
export const queueName = (program: string, model: string): string =>
  `unspin-${program}-${model.slice(0, 16).replaceAll(':', '-')}`

export const sent = (record: ReadRecord): SentRecord => {
  const { content, ...rest } = record
  return typeof content === 'string'
    ? { ...rest, text: content }
    : { ...rest, base64: Buffer.from(content).toString('base64') }
}

export const received = ({ text, base64, ...rest }: SentRecord): ReadRecord => ({
  ...rest,
  content: text ?? Buffer.from(base64 ?? '', 'base64'),
})

export type Client = ReturnType<typeof createClient>

const CONNECT_MS = 5000
const LONGEST_PAUSE_MS = 3000

/** A connection that mends itself once it was made. @throws BatchError when it cannot be made */
export async function connected(url: string): Promise<Client> {
  let once = false
  let client: Client
  try {
    client = createClient({
      url,
      socket: {
        connectTimeout: CONNECT_MS,
        reconnectStrategy: (tries, cause) => (once ? Math.min(100 * tries, LONGEST_PAUSE_MS) : cause),
      },
    })
  } catch {
    throw new BatchError('usage', `${safeUrl(url)} is no address of a queue`, 'write redis://HOST:PORT')
  }
  // Told by the commands that fail; while it mends itself there is nothing to do.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch {
    throw new BatchError(
      'failed',
      `the queue at ${safeUrl(url)} cannot be reached`,
      'check the address, and that Redis is running there',
    )
  }
  once = true
  return client
}

/** The address without a password. */
export function safeUrl(url: string): string {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}`
  } catch {
    return 'this'
  }
}
