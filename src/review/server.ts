/**
 * The review server: the page and its API for one review, on this machine.
 *
 * Every request passes the guard first (guard.ts): ours by Host and Origin, and with the token. The
 * address that is printed carries the token once; it is exchanged for a cookie that no script reads and
 * no other site's request carries. Answers are files of the built page or JSON, never markup made here
 * from a document.
 */
import type { Server } from 'node:http'
import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { codeOf } from '../write/error-code.ts'
import { json, problem, reviewApi } from './api.ts'
import {
  address as addressOf,
  bearer,
  cookieValue,
  type GuardPolicy,
  LOOPBACK,
  listenRefusal,
  newToken,
  originRefusal,
  SECURITY_HEADERS,
  sameToken,
  strictCookie,
} from './guard.ts'
import { ReviewRefusal } from './problem.ts'
import { staticFile } from './static-files.ts'
import type { Store } from './store.ts'

export interface ServerSetting {
  readonly store: Store
  readonly reviewer: string
  /** 0: a free one. */
  readonly port: number
  /** Another address than the loopback needs a token. */
  readonly listen?: string
  readonly token?: string
  /** Folder of the built page. */
  readonly pageFolder?: string
  /** Told of errors that are bugs. */
  readonly report: (error: unknown) => void
}

export interface ReviewServer {
  /** With the token: to be opened once. */
  readonly url: string
  readonly port: number
  readonly token: string
  close(): Promise<void>
}

const REQUEST_MS = 30_000

/** Where `npm run build` puts the page. */
export const pageFolder = (): string => fileURLToPath(new URL('../../dist/web', import.meta.url))

/** @throws ReviewRefusal when it may not or cannot listen as asked */
export async function startServer(setting: ServerSetting): Promise<ReviewServer> {
  const address = setting.listen ?? LOOPBACK
  const refusal = listenRefusal(address, setting.token)
  if (refusal !== undefined) throw new ReviewRefusal(refusal)
  const token = setting.token ?? newToken()
  const policy: { -readonly [K in keyof GuardPolicy]: GuardPolicy[K] } = {
    address,
    port: setting.port,
    names: [hostname()],
  }
  // Routes before the first request: a page left open may knock the moment the port is there.
  const app = new Hono()
  routes(app, setting, policy, token)
  const server = await listening(app, address, setting.port)
  const bound = server.address()
  policy.port = typeof bound === 'object' && bound !== null ? bound.port : setting.port
  return {
    url: `http://${addressOf({ address: named(address), port: policy.port })}/?token=${token}`,
    port: policy.port,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** "All addresses" is nothing to open. */
const named = (address: string): string => (address === '0.0.0.0' || address === '::' ? hostname() : address)

function routes(app: Hono, setting: ServerSetting, policy: GuardPolicy, token: string): void {
  // Cookies do not tell ports apart: two reviews on one machine need two names.
  const cookie = (): string => `unspin_review_${policy.port}`
  const isKnown = (c: Context): boolean =>
    sameToken(cookieValue(c.req.header('cookie'), cookie()), token) ||
    sameToken(bearer(c.req.header('authorization')), token)

  app.use(async (c, next) => {
    for (const [name, value] of SECURITY_HEADERS) c.header(name, value)
    const refusal = originRefusal(
      {
        host: c.req.header('host'),
        origin: c.req.header('origin'),
        site: c.req.header('sec-fetch-site'),
        mode: c.req.header('sec-fetch-mode'),
      },
      policy,
    )
    if (refusal !== undefined) return json(c, problem(refusal.message, refusal.fix), refusal.status)
    const given = c.req.path === '/' && c.req.method === 'GET' ? c.req.query('token') : undefined
    if (given !== undefined && sameToken(given, token)) return entered(c, strictCookie(cookie(), token))
    if (isKnown(c)) return next()
    return json(
      c,
      problem(
        'this browser has not been let in',
        'open the address that unspin review printed, token and all',
      ),
      401,
    )
  })
  app.route(
    '/api',
    reviewApi({
      store: setting.store,
      reviewer: setting.reviewer,
      reviewerCookie: () => `unspin_reviewer_${policy.port}`,
    }),
  )
  app.all('/api/*', (c) => json(c, problem('there is no such address', 'see docs/review.md'), 404))
  app.get('*', (c) => page(c, setting.pageFolder ?? pageFolder()))
  app.notFound((c) => json(c, problem('there is no such address', 'open /'), 404))
  app.onError((error, c) => {
    if (error instanceof ReviewRefusal) return json(c, problem(error.message, error.fix), error.status)
    setting.report(error)
    return json(c, problem('something failed inside', 'see the terminal of unspin review'), 500)
  })
}

/** The token leaves the address bar. A visit from another site would not bring the cookie along at once. */
function entered(c: Context, cookie: string): Response {
  c.header('Set-Cookie', cookie)
  c.header('Cache-Control', 'no-store')
  if (c.req.header('sec-fetch-site') !== 'cross-site') return c.redirect('/', 303)
  return c.html('<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>unspin</title>')
}

async function page(c: Context, folder: string): Promise<Response> {
  const file = await staticFile(folder, c.req.path)
  if (file !== undefined) {
    c.header('Content-Type', file.type)
    c.header('Cache-Control', 'no-cache')
    return c.body(file.bytes)
  }
  if (c.req.path !== '/') return json(c, problem('there is no such file', 'open /'), 404)
  return c.html(NOT_BUILT)
}

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>unspin review</title>
<h1>The page is not built</h1>
<p>In a checkout run <code>npm run build</code>, then load this page again. The terminal works without it:
<code>unspin review --tty</code>.</p>
`

function listening(app: Hono, hostname: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: app.fetch, hostname, port, overrideGlobalObjects: false },
      // Made by node:http, as no other is asked for.
      () => resolve(server),
    ) as Server
    server.requestTimeout = REQUEST_MS
    server.once('error', (error) => {
      reject(
        new ReviewRefusal({
          message: `port ${port} of ${hostname} cannot be used (${codeOf(error)})`,
          fix: 'pass another --port, or leave it out for a free one',
        }),
      )
    })
  })
}
