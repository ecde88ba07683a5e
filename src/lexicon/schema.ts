/**
 * JSON Schema (draft 7) of a phrase file, the source of `wordlists/entries.schema.json`.
 *
 * It stands here as a value because the lexicon reads no files; a test holds the two copies together.
 * What a schema cannot say (order, duplicates, cycles, examples) is checked by check.ts.
 */

const word = { type: 'string', minLength: 1, maxLength: 60 } as const
const words = { type: 'array', items: word, minItems: 1, maxItems: 400, uniqueItems: true } as const
const pattern = { type: 'string', minLength: 1, maxLength: 300 } as const
const sentence = { type: 'string', minLength: 1, maxLength: 600 } as const
const place = { enum: ['title-case', 'lower-case', 'heading', 'quotation'] } as const
const places = { anyOf: [place, { type: 'array', items: place, minItems: 1, uniqueItems: true }] } as const
const near = {
  type: 'object',
  additionalProperties: false,
  required: ['words', 'within'],
  properties: { words, within: { type: 'integer', minimum: 1, maximum: 50 } },
} as const
const weighted = {
  type: 'object',
  additionalProperties: false,
  required: ['text'],
  properties: {
    text: { type: 'string', maxLength: 300 },
    prior: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
  },
} as const
const original = { anyOf: [{ type: 'string', maxLength: 300 }, weighted] } as const

const guard = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    next: words,
    'not-next': words,
    previous: words,
    'not-previous': words,
    near,
    'not-near': near,
    document: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: { any: words, all: words, none: words },
    },
    in: places,
    'not-in': places,
  },
} as const

const entry = {
  type: 'object',
  additionalProperties: false,
  required: ['spun', 'original', 'kind', 'restore'],
  properties: {
    spun: { anyOf: [pattern, { type: 'array', items: pattern, minItems: 1, maxItems: 100 }] },
    original: { anyOf: [...original.anyOf, { type: 'array', items: original, minItems: 1, maxItems: 20 }] },
    kind: { enum: ['word', 'phrase', 'name', 'number', 'insertion', 'markup'] },
    pos: { enum: ['n', 'v', 'a'] },
    case: { enum: ['keep', 'title'] },
    guard,
    status: { enum: ['active', 'candidate', 'off'] },
    restore: { type: 'array', items: sentence, minItems: 1, maxItems: 50 },
    keep: { type: 'array', items: sentence, minItems: 1, maxItems: 50 },
    note: { type: 'string', maxLength: 1000 },
  },
} as const

export const ENTRIES_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'unspin phrase entries',
  type: 'object',
  additionalProperties: false,
  required: ['origin', 'licence', 'date', 'entries'],
  properties: {
    origin: { type: 'string', minLength: 1 },
    licence: { type: 'string', minLength: 1 },
    date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    entries: { type: 'array', items: entry },
  },
} as const
