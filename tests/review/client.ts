/** A client that sends exactly the headers it is told to, for the tests of the server. */
import { request } from 'node:http'
import { onTestFinished } from 'vitest'
import { type ReviewServer, type ServerSetting, startServer } from '../../src/review/server.ts'
import type { Store } from '../../src/review/store.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** Parsed text; fails the test where it is no JSON. */
  json<T>(): T
}

export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request on a connection of its own. */
export function send(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text,
          // The caller says what it expects.
          json: <T>() => JSON.parse(text) as T,
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

export interface Visitor {
  readonly server: ReviewServer
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
}

/** A server for the store on a free port, and a browser that has been let in. */
export async function visitor(store: Store, setting: Partial<ServerSetting> = {}): Promise<Visitor> {
  const server = await startServer({
    store,
    reviewer: 'ann',
    port: 0,
    report: (error) => {
      throw error
    },
    ...setting,
  })
  onTestFinished(() => server.close())
  const authorization = `Bearer ${server.token}`
  const write =
    (method: string) =>
    (path: string, body: unknown): Promise<Answer> =>
      send(server.port, path, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
  return {
    server,
    get: (path, headers = {}) => send(server.port, path, { headers: { authorization, ...headers } }),
    post: write('POST'),
    put: write('PUT'),
  }
}
