/**
 * The API of the review page, as api-types.ts describes it: requests to store calls and back.
 *
 * Who may ask has been settled before (server.ts). Nothing here touches files; refusals are thrown and
 * answered in one place.
 */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { readable } from '../index.ts'
import type {
  AllAnswer,
  DecisionAnswer,
  DocumentAnswer,
  ErrorAnswer,
  FindingView,
  SessionAnswer,
  UndoAnswer,
} from './api-types.ts'
import { cookieValue, strictCookie } from './guard.ts'
import { ReviewRefusal } from './problem.ts'
import {
  allRequest,
  decisionRequest,
  exportName,
  listQuery,
  reviewerName,
  sessionRequest,
  undoRequest,
  whole,
} from './requests.ts'
import { segmentsOf } from './segments.ts'
import type { Store } from './store.ts'

export interface ApiSetting {
  readonly store: Store
  /** Who decides where the browser has not said otherwise. */
  readonly reviewer: string
  /** Cookie that holds another reviewer's name. */
  readonly reviewerCookie: () => string
}

/** Longest body of a request, bytes: a decision with its remark, escaped. */
const MAX_BODY_BYTES = 64 * 1024
/** Findings sent back after an undo. */
const MAX_FINDINGS = 500

export function reviewApi({ store, reviewer, reviewerCookie }: ApiSetting): Hono {
  const api = new Hono()
  const who = (c: Context): string => {
    const chosen = cookieValue(c.req.header('cookie'), reviewerCookie())
    return (chosen === undefined ? undefined : reviewerName(decoded(chosen))) ?? reviewer
  }
  const session = (name: string): SessionAnswer => {
    const { documents, findings, reviewers } = store.progress(name)
    return {
      reviewer: name,
      reviewers: reviewers.map((one) => one.reviewer),
      review: store.name,
      documents,
      findings,
      facets: store.facets(),
    }
  }
  const views = (name: string, numbers: readonly number[]): FindingView[] =>
    numbers.map((one) => store.finding(name, one)).filter((one) => one !== undefined)

  api.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) =>
        json(c, problem(`the body has more than ${MAX_BODY_BYTES} bytes`, 'send less at a time'), 413),
    }),
  )
  api.get('/session', (c) => json(c, session(who(c))))
  api.put('/session', async (c) => {
    const name = sessionRequest(await body(c)).reviewer
    c.header('Set-Cookie', strictCookie(reviewerCookie(), encodeURIComponent(name)))
    return json(c, session(name))
  })
  api.get('/documents', (c) =>
    json(
      c,
      store.list(
        who(c),
        listQuery((name) => c.req.query(name)),
      ),
    ),
  )
  api.get('/documents/:n', (c) => json(c, documentAnswer(store, who(c), numberOf(c))))
  api.get('/progress', (c) => json(c, store.progress(who(c))))
  api.post('/decisions', async (c) => {
    const finding = store.decide(who(c), decisionRequest(await body(c)))
    const answer: DecisionAnswer = { finding, progress: store.progress(who(c)) }
    return json(c, answer)
  })
  api.post('/decisions/undo', async (c) => {
    const { undone, findings } = store.undo(who(c), undoRequest(await body(c)).decision)
    const answer: UndoAnswer = {
      undone: undone.map(({ id }) => id),
      findings: views(who(c), findings.slice(0, MAX_FINDINGS)),
      progress: store.progress(who(c)),
    }
    return json(c, answer)
  })
  api.post('/decisions/preview-all', async (c) =>
    json(c, store.previewAll(who(c), allRequest(await body(c)))),
  )
  api.post('/decisions/all', async (c) => {
    const request = allRequest(await body(c))
    const { entries, found } = store.decideAll(who(c), request)
    const here = store.finding(who(c), request.finding)?.document
    const answer: AllAnswer = {
      applied: found.length,
      decision: entries[0]?.id ?? null,
      findings: views(
        who(c),
        found.filter(({ document }) => document === here).map(({ finding }) => finding),
      ),
      progress: store.progress(who(c)),
    }
    return json(c, answer)
  })
  api.get('/export/:what', (c) => {
    const n = whole('n', c.req.query('n'), 1, Number.MAX_SAFE_INTEGER)
    const { fileName, contentType, parts } = store.export(exportName(c.req.param('what')), n)
    c.header('Content-Type', contentType)
    c.header('Content-Disposition', `attachment; filename="${fileName}"`)
    return c.body(streamOf(parts))
  })
  return api
}

function documentAnswer(store: Store, reviewer: string, n: number): DocumentAnswer {
  const stored = store.document(n)
  const document = store.summary(reviewer, n)
  if (stored === undefined || document === undefined)
    throw new ReviewRefusal({ message: `there is no document ${n}`, fix: 'load the list again' }, 404)
  const findings = store.findings(reviewer, n)
  const read = readable(stored.text, { format: stored.format })
  return {
    document,
    segments: segmentsOf(stored.text, read, findings),
    findings,
    problems: stored.problems,
    ...store.neighbours(reviewer, document),
  }
}

const numberOf = (c: Context): number => {
  const n = whole('the number of the document', c.req.param('n'), 1, Number.MAX_SAFE_INTEGER)
  if (n !== undefined) return n
  throw new ReviewRefusal({ message: 'no document is named', fix: 'pass its number' })
}

/**
 * Only as JSON by name: a form of another site can send text, but not this type without being asked for
 * leave first.
 */
async function body(c: Context): Promise<unknown> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json')
    throw new ReviewRefusal({
      message: `the body is ${type === undefined ? 'of no named type' : JSON.stringify(type.slice(0, 60))}`,
      fix: 'send it as Content-Type: application/json',
    })
  const text = await c.req.text().catch(() => {
    throw new ReviewRefusal({ message: 'the body did not arrive', fix: 'send it again' })
  })
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new ReviewRefusal({ message: 'the body is not JSON', fix: 'send one complete JSON object' })
  }
}

export const problem = (message: string, fix: string): ErrorAnswer => ({ error: { message, fix } })

/** JSON in which no text can be taken for markup, whoever sniffs it. */
export function json(
  c: Context,
  value: unknown,
  status: 200 | 400 | 401 | 403 | 404 | 409 | 413 | 500 = 200,
): Response {
  const text = JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  c.header('Content-Type', 'application/json; charset=utf-8')
  c.header('Cache-Control', 'no-store')
  return c.body(text, status)
}

/** Parts are made as the reader takes them. */
function streamOf(parts: Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = parts[Symbol.iterator]()
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel() {
      iterator.return?.()
    },
  })
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
