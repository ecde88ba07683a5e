/** A Redis server on a free port and workers on it, for the tests of the queue. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { ENGINE } from './runs.ts'

/** Why these tests cannot run here; undefined where they can. */
export const noRedis = (): string | undefined =>
  spawnSync('redis-server', ['--version']).status === 0 ? undefined : 'redis-server is not installed'

export interface Server {
  readonly url: string
  stop(): Promise<void>
}

export async function redisServer(folder: string): Promise<Server> {
  const port = await freePort()
  const child = spawn(
    'redis-server',
    ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await printed(child, 'Ready to accept connections')
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}

/** A worker process; `program` as in requestOf. Locks run out soon, so that a test need not wait. */
export async function workerProcess(url: string, jobs = 1): Promise<ChildProcess> {
  const request = {
    url,
    jobs,
    program: '1.2.3',
    models: {},
    engineModule: ENGINE,
    timing: { lockMs: 600, checkMs: 300 },
  }
  const child = spawn(process.execPath, [resolve('tests/batch/worker-driver.mjs'), JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await printed(child, 'ready')
  return child
}

export async function stopped(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill(signal)
  await closed
}

function printed(child: ChildProcess, text: string): Promise<void> {
  return new Promise((done, fail) => {
    let seen = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString()
      if (seen.includes(text)) done()
    })
    child.on('close', () => fail(new Error(`ended before it printed "${text}": ${seen}`)))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
