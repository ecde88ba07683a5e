/** A server of `unspin serve` on a free port with made-up threads, and requests with any header. */
import { type IncomingHttpHeaders, request } from 'node:http'
import { type Running, type ServeOptions, startServing } from '../../src/review/serve.ts'
import type { ReadSetting } from '../../src/review/serve-job.ts'

export interface Serving extends Running {
  readonly port: number
  /** Lets every text "wait" go on. */
  open(): void
}

const FAKE = new URL('./fake-thread.mjs', import.meta.url)

export async function serving(changes: Partial<ServeOptions> = {}, extra: object = {}): Promise<Serving> {
  const gate = new Int32Array(new SharedArrayBuffer(4))
  // The threads of the tests are handed a gate with what every thread gets.
  const setting = { version: '1.2.3', allow: [], gate, ...extra } as ReadSetting
  const running = await startServing({
    setting,
    models: {},
    port: 0,
    threads: 1,
    waiting: 8,
    timeLimit: 20_000,
    maxBody: 1000,
    worker: FAKE,
    ...changes,
  })
  return {
    ...running,
    port: Number(new URL(running.url).port),
    open() {
      Atomics.store(gate, 0, 1)
      Atomics.notify(gate, 0)
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Parts are sent in chunks, without a length. */
  readonly body?: string | readonly string[]
  readonly signal?: AbortSignal
}

/** One request over a connection of its own, with exactly the headers given (and Host, if none is). */
export function ask(port: number, path: string, { method = 'GET', headers = {}, body, signal }: Sent = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const host = '127.0.0.1'
    const sent = request(
      { host, port, path, method, headers, agent: false, ...(signal !== undefined && { signal }) },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      },
    )
    sent.on('error', reject)
    if (typeof body === 'string') sent.end(body)
    else {
      for (const part of body ?? []) sent.write(part)
      sent.end()
    }
  })
}

export const postJson = (port: number, path: string, value: unknown, headers: Sent['headers'] = {}) =>
  ask(port, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof value === 'string' ? value : JSON.stringify(value),
  })

/** Asks /health until it says so: the server tells what its threads do, nothing is timed. */
export async function until(port: number, state: { reading?: number; waiting?: number }): Promise<void> {
  for (let round = 0; round < 5000; round++) {
    const health = JSON.parse((await ask(port, '/health')).text) as Record<string, unknown>
    if (Object.entries(state).every(([name, value]) => health[name] === value)) return
  }
  throw new Error(`never ${JSON.stringify(state)}`)
}
