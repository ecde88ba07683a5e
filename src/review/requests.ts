/**
 * Foreign queries and bodies to checked requests.
 *
 * In: search parameters and JSON of unknown shape. Out: values of the types in api-types.ts and list.ts,
 * or a refusal that names the field and says what it should be. Unknown fields are ignored.
 */
import { readable } from '../index.ts'
import type {
  AllRequest,
  DecisionRequest,
  DocumentSort,
  ExportName,
  FindingKind,
  SessionRequest,
  UndoRequest,
} from './api-types.ts'
import { EXPORT_NAMES } from './exports.ts'
import type { ListQuery } from './list.ts'
import { storable } from './place.ts'
import { ReviewRefusal } from './problem.ts'

const KINDS: readonly FindingKind[] = ['word', 'phrase', 'name', 'number', 'insertion', 'markup']
const SORTS: readonly DocumentSort[] = ['name', 'probability', 'findings', 'undecided', 'added']
const ACTIONS = ['accept', 'reject', 'retype'] as const
const SCOPES = ['document', 'run', 'always'] as const
const DEFAULT_PAGE = 50
const LARGEST_PAGE = 500
const MAX_SEARCH_UNITS = 200
const MAX_TEXT_UNITS = 2000
const MAX_NAME_UNITS = 80
const MAX_LISTED = 50

/** `get` gives the value of a search parameter. @throws ReviewRefusal; so do the others */
export function listQuery(get: (name: string) => string | undefined): ListQuery {
  const phrase = shortText('phrase', get('phrase'))
  return {
    offset: whole('offset', get('offset'), 0, Number.MAX_SAFE_INTEGER) ?? 0,
    limit: whole('limit', get('limit'), 1, LARGEST_PAGE) ?? DEFAULT_PAGE,
    sort: oneOf('sort', SORTS, get('sort') || 'name'),
    minConfidence: share('minConfidence', get('minConfidence')),
    maxConfidence: share('maxConfidence', get('maxConfidence')),
    kind: listed(get('kind')).map((one) => oneOf('kind', KINDS, one)),
    source: listed(get('source')),
    dialect: listed(get('dialect')),
    phrase: phrase === undefined ? undefined : folded(phrase),
    undecided: get('undecided') === '1',
    search: shortText('q', get('q')),
  }
}

/** A wording as findings hold it: its token keys. */
export const folded = (wording: string): string =>
  storable(
    readable(wording, { format: 'text' })
      .tokens.map(({ key }) => key)
      .join(' '),
  )

export function decisionRequest(value: unknown): DecisionRequest {
  const body = record(value)
  const [text, why] = [optionalText('text', body.text), optionalText('why', body.why)]
  return {
    finding: number('finding', body.finding),
    action: oneOf('action', ACTIONS, body.action),
    ...(text !== undefined && { text }),
    ...(why !== undefined && { why }),
  }
}

export function allRequest(value: unknown): AllRequest {
  const { scope, expect } = record(value)
  return {
    ...decisionRequest(value),
    scope: oneOf('scope', SCOPES, scope),
    ...(expect !== undefined && { expect: number('expect', expect) }),
  }
}

export function undoRequest(value: unknown): UndoRequest {
  const decision = optionalText('decision', record(value).decision)
  return decision === undefined ? {} : { decision }
}

export function sessionRequest(value: unknown): SessionRequest {
  const { reviewer } = record(value)
  const name = typeof reviewer === 'string' ? reviewerName(reviewer) : undefined
  if (name === undefined) throw refused('reviewer', reviewer, `a name of 1 to ${MAX_NAME_UNITS} characters`)
  return { reviewer: name }
}

/** A name as it is kept: without blanks around it or control characters; undefined where none is left. */
export function reviewerName(given: string): string | undefined {
  const name = storable(given).replaceAll(/\p{C}/gu, '').trim()
  return name.length >= 1 && name.length <= MAX_NAME_UNITS ? name : undefined
}

export const exportName = (value: string): ExportName => {
  const found = EXPORT_NAMES.find((one) => one === value)
  if (found !== undefined) return found
  throw new ReviewRefusal(
    { message: `there is no export ${shown(value)}`, fix: `name one of ${EXPORT_NAMES.join(', ')}` },
    404,
  )
}

/** A whole number of a path or a parameter; undefined where it is absent. */
export function whole(
  name: string,
  value: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined || value === '') return undefined
  const found = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (found >= least && found <= most) return found
  throw refused(name, value, `a whole number from ${least} to ${most}`)
}

function share(name: string, value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined
  const found = Number(value)
  if (found >= 0 && found <= 1) return found
  throw refused(name, value, 'a number from 0 to 1')
}

function number(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw refused(name, value, 'a whole number')
}

function oneOf<T extends string>(name: string, choices: readonly T[], value: unknown): T {
  const found = choices.find((one) => one === value)
  if (found !== undefined) return found
  throw refused(name, value, `one of ${choices.join(', ')}`)
}

function shortText(name: string, value: string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined
  if (value.length <= MAX_SEARCH_UNITS) return value
  throw refused(name, value, `at most ${MAX_SEARCH_UNITS} characters`)
}

function optionalText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && value.length <= MAX_TEXT_UNITS) return value
  throw refused(name, value, `a text of at most ${MAX_TEXT_UNITS} units`)
}

const listed = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .filter((one) => one !== '')
    .slice(0, MAX_LISTED)

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>> // an object without a list's members
  throw new ReviewRefusal({ message: 'the body is no JSON object', fix: 'send {"…": …}' })
}

const refused = (name: string, value: unknown, wanted: string): ReviewRefusal =>
  new ReviewRefusal({ message: `"${name}" is ${shown(value)}`, fix: `pass ${wanted}` })

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value)
  return json.length > 60 ? `${json.slice(0, 60)}…` : json
}
