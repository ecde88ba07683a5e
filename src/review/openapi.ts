/**
 * The description of the HTTP interface of `unspin serve`, OpenAPI 3.1, as data.
 *
 * The record schemas are those of docs/formats.md; the tests hold every answer of the server against
 * them, so that this page cannot promise what is not so.
 */

export interface ApiLimits {
  /** Longest body, bytes. */
  readonly maxBody: number
  /** Seconds until an answer is given up. */
  readonly timeLimit: number
}

const text = { type: 'string' }
const share = { type: 'number', minimum: 0, maximum: 1 }
const count = { type: 'integer', minimum: 0 }
const fromOne = { type: 'integer', minimum: 1 }
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })
const listOf = (items: object): object => ({ type: 'array', items })
const object = (properties: Readonly<Record<string, object>>, more: object = {}): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
})

const id = { type: ['string', 'number'], description: 'As the request gave it; "-" where it gave none.' }
const place = {
  start: { ...count, description: 'UTF-16 units of the text as given, half open.' },
  end: count,
  line: fromOne,
  column: { ...fromOne, description: 'UTF-16 units from 1.' },
  surface: { ...text, description: 'The wording found, as read.' },
}

const SCHEMAS = {
  Verdict: object({
    label: { enum: ['clean', 'doubtful', 'spun'], description: 'A risk marker, not an accusation.' },
    probability: { ...share, description: 'Calibrated probability that the text was spun.' },
    spinRate: { ...share, description: 'Expected share of words replaced.' },
    density: { type: 'number', minimum: 0, description: 'Findings per 1,000 words.' },
  }),
  Finding: object({
    ...place,
    confidence: share,
    kind: { enum: ['word', 'phrase', 'name', 'number', 'insertion', 'markup'] },
    suggestions: {
      ...listOf(object({ text: { ...text, description: 'Empty means: delete.' }, probability: share })),
      maxItems: 10,
    },
    evidence: {
      ...listOf(object({ kind: { enum: ['entry', 'thesaurus', 'context', 'document', 'form'] }, text })),
      minItems: 1,
    },
    inQuotation: { type: 'boolean' },
  }),
  Problem: object({
    kind: {
      enum: ['encoding', 'binary', 'empty', 'too-large', 'markup', 'unreadable', 'record', 'limit'],
    },
    message: text,
    fix: text,
  }),
  AnalysisRecord: object({
    version: { const: 1 },
    id,
    verdict: { oneOf: [ref('Verdict'), { type: 'null' }] },
    findings: listOf(ref('Finding')),
    problems: listOf(ref('Problem')),
  }),
  FixedRecord: object({
    version: { const: 1 },
    id,
    text: { type: ['string', 'null'], description: 'The whole text with the safe fixes in it.' },
    applied: listOf(object({ ...place, text, probability: share, confidence: share })),
    problems: listOf(ref('Problem')),
  }),
  Error: object({ error: object({ message: text, fix: text }) }),
  Health: object({ status: { const: 'ok' }, version: text, reading: count, waiting: count }),
}

const format = { enum: ['auto', 'text', 'md', 'html'] }
const idOption = { type: ['string', 'number'] }

const answer = (description: string, name: string): object => ({
  description,
  content: { 'application/json': { schema: ref(name) } },
})

function operation(summary: string, record: string, options: Readonly<Record<string, object>>): object {
  const query = Object.entries(options).map(([name, schema]) => ({
    name,
    in: 'query',
    description: 'For bodies that are not JSON.',
    schema,
  }))
  const body = { schema: text }
  const request = { type: 'object', properties: { text, ...options }, required: ['text'] }
  return {
    summary,
    parameters: query,
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { ...request, additionalProperties: false } },
        'text/plain': body,
        'text/markdown': body,
        'text/html': body,
      },
    },
    responses: {
      200: answer('The record; "problems" says what is wrong with the text.', record),
      400: answer('The request cannot be followed.', 'Error'),
      401: answer('The token is missing or wrong.', 'Error'),
      403: answer('The Host or Origin header is not ours.', 'Error'),
      413: answer('The body is too long.', 'Error'),
      415: answer('The Content-Type is not read here.', 'Error'),
      429: answer('Too many requests at once; see Retry-After.', 'Error'),
      500: answer('The text could not be read through.', 'Error'),
      503: answer('No thread became free in time, or the server is closing.', 'Error'),
      504: answer('Reading took longer than allowed.', 'Error'),
    },
  }
}

export const openapi = (version: string, { maxBody, timeLimit }: ApiLimits): object => ({
  openapi: '3.1.0',
  info: {
    title: 'unspin',
    version,
    description: `Finds spun wording and proposes what probably stood there. Bodies up to ${maxBody} bytes, answers within ${timeLimit} s.`,
  },
  paths: {
    '/v1/scan': {
      post: operation('Find spun wording in a text.', 'AnalysisRecord', {
        id: idOption,
        format,
        minConfidence: share,
      }),
    },
    '/v1/fix': {
      post: operation('Find spun wording and apply the safe fixes.', 'FixedRecord', {
        id: idOption,
        format,
        minConfidence: share,
        applyAbove: share,
      }),
    },
    '/health': {
      get: {
        summary: 'Is the server up?',
        security: [],
        responses: {
          200: answer('It is.', 'Health'),
          403: answer('The Host header is not ours.', 'Error'),
          503: answer('No text is read any more.', 'Error'),
        },
      },
    },
  },
  components: {
    schemas: SCHEMAS,
    securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Only with --token.' } },
  },
  security: [{ token: [] }, {}],
})
