/**
 * Requests to the review server: typed calls in, a value or a failure out; nothing is thrown.
 *
 * A failure is `passing` when the same request may well succeed later (no network, server stopped or
 * failing, not let in), else it is `final`: sending it again changes nothing.
 */
import type {
  AllAnswer,
  AllRequest,
  DecisionAnswer,
  DecisionRequest,
  DocumentAnswer,
  DocumentsAnswer,
  ErrorAnswer,
  PreviewAnswer,
  ProgressAnswer,
  SessionAnswer,
  UndoAnswer,
  UndoRequest,
} from '../../src/review/api-types.ts'

export interface Failure {
  readonly kind: 'passing' | 'final'
  /** 0: there was no answer. */
  readonly status: number
  readonly message: string
  readonly fix: string
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

const TIMEOUT_MS = 30_000
/** Answers that stand whatever one tries: the request itself is at fault. */
const FINAL: ReadonlySet<number> = new Set([400, 404, 409, 413])

export const getSession = (): Promise<Result<SessionAnswer>> => ask('GET', '/api/session')
export const putSession = (reviewer: string): Promise<Result<SessionAnswer>> =>
  ask('PUT', '/api/session', { reviewer })
export const getProgress = (): Promise<Result<ProgressAnswer>> => ask('GET', '/api/progress')
/** `query` without its question mark, as `DocumentsQuery` has it. */
export const getDocuments = (query: string): Promise<Result<DocumentsAnswer>> =>
  ask('GET', `/api/documents?${query}`)
export const getDocument = (n: number): Promise<Result<DocumentAnswer>> => ask('GET', `/api/documents/${n}`)
export const postDecision = (request: DecisionRequest): Promise<Result<DecisionAnswer>> =>
  ask('POST', '/api/decisions', request)
export const postUndo = (request: UndoRequest): Promise<Result<UndoAnswer>> =>
  ask('POST', '/api/decisions/undo', request)
export const postPreview = (request: AllRequest): Promise<Result<PreviewAnswer>> =>
  ask('POST', '/api/decisions/preview-all', request)
export const postAll = (request: AllRequest): Promise<Result<AllAnswer>> =>
  ask('POST', '/api/decisions/all', request)

async function ask<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Result<T>> {
  try {
    const answer = await fetch(path, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    // Our own server: its answers have the shapes of api-types.ts.
    if (answer.ok) return { ok: true, value: (await answer.json()) as T }
    return { ok: false, failure: await failureOf(answer) }
  } catch {
    return {
      ok: false,
      failure: {
        kind: 'passing',
        status: 0,
        message: 'The review server does not answer.',
        fix: 'See whether unspin review still runs.',
      },
    }
  }
}

async function failureOf(answer: Response): Promise<Failure> {
  const kind = FINAL.has(answer.status) ? 'final' : 'passing'
  try {
    const { error } = (await answer.json()) as ErrorAnswer // what the server says with every status
    return { kind, status: answer.status, message: error.message, fix: error.fix }
  } catch {
    return {
      kind,
      status: answer.status,
      message: `The server answered with status ${answer.status}.`,
      fix: 'Load the page again.',
    }
  }
}
