/**
 * The routes of `unspin serve` and who may use them.
 *
 * In: a pool of threads, limits, who may talk to us. Out: a Hono app, without a socket. Every request
 * passes the guard first; every error is JSON with a fact and what to do, or a note on the form for a
 * person. The server holds no text longer than its answer takes and knows no files.
 */
import { type Context, Hono } from 'hono'
import { REPORT_POLICY } from '../write/html-style.ts'
import {
  bearer,
  cookieValue,
  type GuardPolicy,
  originRefusal,
  SECURITY_HEADERS,
  sameToken,
  strictCookie,
} from './guard.ts'
import { openapi } from './openapi.ts'
import { boundedBody } from './serve-body.ts'
import type { Job, Outcome } from './serve-job.ts'
import { formPage, PAGE_SCRIPT, PAGE_STYLE } from './serve-page.ts'
import type { Pool } from './serve-pool.ts'
import { jobOf } from './serve-request.ts'

export interface AppOptions {
  readonly pool: Pool
  /** Known once the server listens. */
  readonly policy: () => GuardPolicy
  /** Asked for in every request but /health; undefined asks for none. */
  readonly token: string | undefined
  /** Longest body, bytes. */
  readonly maxBody: number
  /** Milliseconds, for messages: the pool keeps it. */
  readonly timeLimit: number
  readonly version: string
}

/** What went wrong, as it is answered. */
interface Failure {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 429 | 500 | 503 | 504
  readonly message: string
  readonly fix: string
}

const COOKIE = 'unspin-serve'
const RETRY_SECONDS = '2'
/** What a report calls a text that has no name. */
const PASTED = 'Pasted text'
/** Without a referrer a browser sends the form with "Origin: null", which the guard refuses. */
const FORM_HEADERS = { 'Referrer-Policy': 'same-origin' }
const ROUTES: ReadonlyMap<string, string> = new Map([
  ['/', 'GET'],
  ['/page.js', 'GET'],
  ['/page.css', 'GET'],
  ['/report', 'POST'],
  ['/v1/scan', 'POST'],
  ['/v1/fix', 'POST'],
  ['/health', 'GET'],
  ['/openapi.json', 'GET'],
])

export function serveApp(options: AppOptions): Hono {
  const { pool, version, maxBody, timeLimit } = options
  const app = new Hono()

  app.use(async (context, next) => {
    const refused = guarded(context, options)
    if (refused instanceof Response) context.res = refused
    else if (refused !== undefined) context.res = failed(context, refused)
    else await next()
    for (const [name, value] of SECURITY_HEADERS) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value)
    }
    context.res.headers.set('Cache-Control', 'no-store')
  })

  app.get('/', (context) => context.html(formPage(), 200, FORM_HEADERS))
  app.get('/page.js', (context) =>
    context.body(PAGE_SCRIPT, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  )
  app.get('/page.css', (context) =>
    context.body(PAGE_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  )
  app.get('/health', (context) =>
    pool.isClosed
      ? failed(context, failure({ state: 'closed' }, timeLimit))
      : context.json({ status: 'ok', version, ...pool.counts() }),
  )
  app.get('/openapi.json', (context) =>
    context.json(openapi(version, { maxBody, timeLimit: timeLimit / 1000 })),
  )

  for (const kind of ['scan', 'fix'] as const) {
    app.post(`/v1/${kind}`, async (context) => {
      const body = await bodyOf(context, maxBody, options)
      if (!(body instanceof Uint8Array)) return failed(context, body)
      const query = new URL(context.req.url).searchParams
      const asked = jobOf(kind, { type: context.req.header('content-type'), query, body })
      if ('refused' in asked) return failed(context, asked.refused)
      const outcome = await pool.run(asked.job, context.req.raw.signal)
      if (outcome.state !== 'answered') return failed(context, failure(outcome, timeLimit))
      return context.body(outcome.body, 200, { 'Content-Type': 'application/json; charset=utf-8' })
    })
  }

  app.post('/report', async (context) => {
    const told = (note: Failure): Response => {
      return context.html(formPage(note), note.status, { ...FORM_HEADERS, ...retryHeaders(note) })
    }
    // Percent-encoding makes a text up to three times as long.
    const body = await bodyOf(context, 3 * maxBody, options)
    if (!(body instanceof Uint8Array)) return told(body)
    const job = formJob(context.req.header('content-type'), body)
    if ('status' in job) return told(job)
    if (Buffer.byteLength(job.content) > maxBody) return told(tooLong(maxBody))
    const outcome = await pool.run(job, context.req.raw.signal)
    if (outcome.state !== 'answered') return told(failure(outcome, timeLimit))
    return context.html(outcome.body, 200, {
      'Content-Security-Policy': `${REPORT_POLICY}; frame-ancestors 'none'`,
    })
  })

  app.notFound((context) => {
    const method = ROUTES.get(context.req.path)
    if (method === undefined)
      return failed(context, { status: 404, message: 'there is no such page', fix: 'see /openapi.json' })
    const wrong = failed(context, {
      status: 405,
      message: `${context.req.path} takes ${method} only`,
      fix: 'see /openapi.json',
    })
    wrong.headers.set('Allow', method)
    return wrong
  })
  // A bug, or a client that left while its body was read: no trace leaves the server.
  app.onError((_, context) =>
    failed(context, { status: 500, message: 'the request could not be answered', fix: 'send it again' }),
  )
  return app
}

/** A refusal, a redirection that takes the token into a cookie, or nothing. */
function guarded(context: Context, { policy, token }: AppOptions): Failure | Response | undefined {
  const header = (name: string): string | undefined => context.req.header(name)
  const refused = originRefusal(
    {
      host: header('host'),
      origin: header('origin'),
      site: header('sec-fetch-site'),
      mode: header('sec-fetch-mode'),
    },
    policy(),
  )
  if (refused !== undefined) return refused
  if (token === undefined || context.req.path === '/health') return undefined
  const cookie = `${COOKIE}-${policy().port}`
  if (sameToken(bearer(header('authorization')), token)) return undefined
  if (sameToken(cookieValue(header('cookie'), cookie), token)) return undefined
  if (context.req.path === '/' && sameToken(context.req.query('token'), token)) {
    return context.body(null, 303, { Location: '/', 'Set-Cookie': strictCookie(cookie, token) })
  }
  return {
    status: 401,
    message: 'the token is missing or wrong',
    fix: 'send "Authorization: Bearer TOKEN", or open /?token=TOKEN once',
  }
}

/** The body, or why it is not read. A full house is told before the body is sent. */
async function bodyOf(
  context: Context,
  limit: number,
  { pool, maxBody }: AppOptions,
): Promise<Uint8Array | Failure> {
  if (pool.isFull) return failure({ state: 'busy' }, 0)
  if ((context.req.header('content-encoding') ?? 'identity') !== 'identity')
    return { status: 415, message: 'the body is compressed', fix: 'send it as it is' }
  const body = await boundedBody(context.req.raw, limit)
  return body === 'too-large' ? tooLong(maxBody) : body
}

const tooLong = (maxBody: number): Failure => ({
  status: 413,
  message: `the text has more than ${maxBody} bytes`,
  fix: 'split it, or start the server with a larger --max-body',
})

/** The text of the form; media type and fields are the form's own. */
function formJob(type: string | undefined, body: Uint8Array): (Job & { readonly content: string }) | Failure {
  if (!(type ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded'))
    return { status: 415, message: 'this is not the form', fix: 'use the form, or send the text to /v1/scan' }
  const fields = new URLSearchParams(new TextDecoder().decode(body))
  const content = fields.get('text') ?? ''
  if (content.trim() === '') return { status: 400, message: 'there is no text', fix: 'paste one' }
  const chosen = fields.get('format')
  const format = (['text', 'md', 'html'] as const).find((known) => known === chosen) ?? 'auto'
  return { kind: 'report', id: PASTED, content, format }
}

function failure(outcome: Exclude<Outcome, { state: 'answered' }>, timeLimit: number): Failure {
  const seconds = timeLimit / 1000
  switch (outcome.state) {
    case 'busy':
      return { status: 429, message: 'too many texts are waiting', fix: 'send it again in a moment' }
    case 'too-late':
      return outcome.while === 'waiting'
        ? {
            status: 503,
            message: `no thread became free within ${seconds} s`,
            fix: 'send it again in a moment',
          }
        : { status: 504, message: `reading took longer than ${seconds} s`, fix: 'split the text' }
    case 'failed':
      return {
        status: 500,
        message: 'the text could not be read through',
        fix: 'split it, and report the part',
      }
    case 'closed':
      return { status: 503, message: 'no text is read any more', fix: 'start the server again' }
  }
}

function failed(context: Context, failure: Failure): Response {
  const { status, message, fix } = failure
  return context.json({ error: { message, fix } }, status, retryHeaders(failure))
}

const retryHeaders = ({ status }: Failure): Record<string, string> =>
  status === 429 || status === 503 ? { 'Retry-After': RETRY_SECONDS } : {}
