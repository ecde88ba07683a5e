/**
 * `unspin serve` as a running server: threads, socket, and the way to end both.
 *
 * Connections and slow clients are bounded by the socket's own limits, texts by the pool's. It listens
 * on the loopback unless an address and a token are given.
 */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { forThreads, type LoadOptions, type ModelFiles, readModels } from '../index.ts'
import { address, LOOPBACK, listenRefusal } from './guard.ts'
import { serveApp } from './serve-app.ts'
import type { ReadSetting } from './serve-job.ts'
import { PoolError, pool } from './serve-pool.ts'
import { unusable } from './unusable.ts'

export interface ServeOptions {
  readonly setting: ReadSetting
  /** Read once; the threads share them. */
  readonly models: LoadOptions
  /** 0: a free one. */
  readonly port: number
  /** Address to listen on; the loopback when left out. */
  readonly listen?: string
  readonly token?: string
  /** Further names the server is reached by, for --listen. */
  readonly names?: readonly string[]
  /** Threads that read texts. */
  readonly threads: number
  /** Texts that may wait. */
  readonly waiting: number
  /** Milliseconds from asking to the answer. */
  readonly timeLimit: number
  /** Longest body, bytes. */
  readonly maxBody: number
  /** Module of the threads; tests have one of their own. */
  readonly worker?: URL
}

export interface Running {
  /** http://ADDRESS:PORT */
  readonly url: string
  close(): Promise<void>
}

const MOST_CONNECTIONS = 200
/** Milliseconds for the head of a request, and for all of it. */
const HEAD_TIME = 10_000
const REQUEST_TIME = 30_000

/** From a checkout the thread is the built one: threads run no TypeScript. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/review/serve-worker.js' : './serve-worker.js',
  import.meta.url,
)

/** Starts threads and server; resolves when both are ready. @throws PoolError with fact and fix */
export async function startServing(options: ServeOptions): Promise<Running> {
  const { setting, port, listen = LOOPBACK, token, names = [], maxBody, timeLimit } = options
  const refused = listenRefusal(listen, token)
  if (refused !== undefined) throw new PoolError(refused.message, refused.fix)
  const files = options.worker === undefined ? await modelFiles(options) : null
  const threads = await pool({ ...options, setting: { ...setting, files }, worker: options.worker ?? WORKER })
  let bound = port
  const app = serveApp({
    pool: threads,
    policy: () => ({ address: listen, port: bound, names }),
    token,
    maxBody,
    timeLimit,
    version: setting.version,
  })
  // Plain HTTP/1: the adaptor's type covers HTTP/2 as well.
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { headersTimeout: HEAD_TIME, requestTimeout: REQUEST_TIME },
  }) as Server
  server.maxConnections = MOST_CONNECTIONS
  try {
    bound = await listening(server, port, listen)
  } catch (error) {
    await threads.close()
    throw error
  }
  return {
    url: `http://${address({ address: listen, port: bound })}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await threads.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function modelFiles({ models, threads }: ServeOptions): Promise<ModelFiles> {
  try {
    const files = await readModels(models)
    return threads === 1 ? files : forThreads(files)
  } catch (error) {
    const { message, fix } = unusable(error)
    throw new PoolError(message, fix)
  }
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error & { code?: string }) => {
      const fact =
        error.code === 'EADDRINUSE'
          ? `port ${port} is taken`
          : `cannot listen (${error.code ?? error.message})`
      reject(new PoolError(`${host}: ${fact}`, 'name another --port, or 0 for a free one'))
    })
    // A server that listens on a host and port has an address of that kind.
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}
