/**
 * A request's body to a job, or to the refusal that says what is wrong with it.
 *
 * In: headers, query and bytes, already bounded. Out: values; nothing throws. JSON names its options
 * beside the text; a body of plain text or HTML has them in the query, so that a file can be posted as
 * it is. Unknown names are refused with the nearest known one: an option that is silently ignored
 * costs more.
 */
import { nearest } from '../index.ts'
import type { InputFormat } from '../types.ts'
import type { Job } from './serve-job.ts'

export interface Refused {
  readonly status: 400 | 413 | 415
  readonly message: string
  readonly fix: string
}

export type Asked = { readonly job: Job } | { readonly refused: Refused }

const OPTIONS = {
  scan: ['id', 'format', 'minConfidence'],
  fix: ['id', 'format', 'minConfidence', 'applyAbove'],
}
const FORMATS: readonly (InputFormat | 'auto')[] = ['auto', 'text', 'md', 'html']
const LONGEST_ID = 1000
/** Stands for the id of a text that came without one, as for standard input. */
export const NO_ID = '-'

export interface RequestParts {
  /** Header Content-Type. */
  readonly type: string | undefined
  readonly query: URLSearchParams
  readonly body: Uint8Array
}

export function jobOf(kind: 'scan' | 'fix', { type, query, body }: RequestParts): Asked {
  const { name, charset } = mediaType(type)
  switch (name) {
    case 'application/json':
      if (query.size > 0) return refusal('a JSON body has its options inside', 'leave the query out')
      return jsonJob(kind, body)
    case 'text/plain':
    case 'text/html':
    case 'text/markdown':
      return textJob(kind, name, charset, query, body)
    default:
      return {
        refused: {
          status: 415,
          message: name === '' ? 'there is no Content-Type' : `${shown(name)} is not read here`,
          fix: 'send application/json, text/plain, text/html or text/markdown',
        },
      }
  }
}

function jsonJob(kind: 'scan' | 'fix', body: Uint8Array): Asked {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return refusal('the body is not JSON in UTF-8', 'send {"text": "…"}')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refusal('the body is no JSON object', 'send {"text": "…"}')
  const { text, ...rest } = value as Record<string, unknown> // an object, as was just checked
  if (typeof text !== 'string')
    return refusal(text === undefined ? 'there is no "text"' : '"text" is no string', 'send {"text": "…"}')
  return withOptions(kind, { content: text, format: 'auto' }, Object.entries(rest))
}

function textJob(
  kind: 'scan' | 'fix',
  type: 'text/plain' | 'text/html' | 'text/markdown',
  charset: string | undefined,
  query: URLSearchParams,
  body: Uint8Array,
): Asked {
  const formats = { 'text/plain': 'text', 'text/html': 'html', 'text/markdown': 'md' } as const
  const given = [...query].map(([name, value]): [string, unknown] => [
    name,
    name === 'minConfidence' || name === 'applyAbove' ? numeric(value) : value,
  ])
  const content = {
    content: body,
    format: formats[type],
    ...(charset !== undefined && { encoding: charset }),
  }
  return withOptions(kind, content, given)
}

function withOptions(
  kind: 'scan' | 'fix',
  content: Pick<Job, 'content' | 'format' | 'encoding'>,
  given: readonly (readonly [string, unknown])[],
): Asked {
  const known: readonly string[] = OPTIONS[kind]
  let job: Job = { kind, id: NO_ID, ...content }
  for (const [name, value] of given) {
    if (!known.includes(name)) {
      const near = name.length <= 40 ? nearest(name, known) : undefined
      const hint = near === undefined ? '' : `did you mean "${near}"? `
      return refusal(`unknown option ${shown(name)}`, `${hint}known: text, ${known.join(', ')}`)
    }
    const read = option(name, value)
    if (read === undefined) return refusal(`"${name}" is ${shown(value)}`, MEANT.get(name) ?? '')
    job = { ...job, ...read }
  }
  return { job }
}

/** What each option has to be. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['id', `write a number, or a text of at most ${LONGEST_ID} units`],
  ['format', `write one of ${FORMATS.join(', ')}`],
  ['minConfidence', 'write a number from 0 to 1'],
  ['applyAbove', 'write a number from 0 to 1'],
])

function option(name: string, value: unknown): Partial<Job> | undefined {
  switch (name) {
    case 'id':
      if (typeof value === 'number') return { id: value }
      return typeof value === 'string' && value.length <= LONGEST_ID ? { id: value } : undefined
    case 'format': {
      const format = FORMATS.find((known) => known === value)
      return format === undefined ? undefined : { format }
    }
    case 'minConfidence':
      return isShare(value) ? { minConfidence: value } : undefined
    case 'applyAbove':
      return isShare(value) ? { applyAbove: value } : undefined
    default:
      return undefined
  }
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1

/** A number as people write it in a query; the text itself where it is none, to be refused by name. */
function numeric(text: string): unknown {
  const value = Number(text)
  return text.trim() === '' || Number.isNaN(value) ? text : value
}

/** "text/html; charset=latin1" to its parts, lower case. */
function mediaType(header: string | undefined): {
  readonly name: string
  readonly charset: string | undefined
} {
  const [name = '', ...parameters] = (header ?? '').toLowerCase().split(';')
  for (const parameter of parameters) {
    const [key = '', value = ''] = parameter.split('=')
    if (key.trim() === 'charset') return { name: name.trim(), charset: value.trim().replaceAll('"', '') }
  }
  return { name: name.trim(), charset: undefined }
}

const refusal = (message: string, fix: string): Asked => ({ refused: { status: 400, message, fix } })

/** A foreign value in a message: as JSON, at most 60 units. */
function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value)
  return json.length > 60 ? `${json.slice(0, 60)}…` : json
}
