/**
 * The parts of SARIF 2.1.0 that we write, as a JSON Schema of our own: stricter than the standard's,
 * since it knows no field that we do not use. Section numbers are those of the standard.
 */
const text = { type: 'string', minLength: 1 }
const count = { type: 'integer', minimum: 0 }
const fromOne = { type: 'integer', minimum: 1 }
const share = { type: 'number', minimum: 0, maximum: 1 }

const exactly = (properties: object, required: readonly string[] = Object.keys(properties)): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})
const listOf = (items: object, more: object = {}): object => ({ type: 'array', items, ...more })

/** §3.11: braces only as pairs, no link. */
const message = exactly({
  text: { ...text, pattern: '^(?:[^{}]|\\{\\{|\\}\\})+$', not: { pattern: '\\]\\(' } },
})
/** §3.4: a URI reference; percent-encoded throughout, so nothing but these characters. */
const artifactLocation = exactly(
  { uri: { type: 'string', pattern: '^(?:file:///)?[\\w.~/%-]+$' }, index: count },
  ['uri'],
)
/** §3.30: line and column regions; columns exclusive at the end. */
const corners = { startLine: fromOne, startColumn: fromOne, endLine: fromOne, endColumn: fromOne }
const region = exactly({ ...corners, snippet: exactly({ text: { type: 'string' } }) }, Object.keys(corners))
const location = exactly({
  physicalLocation: exactly({ artifactLocation, region }, ['artifactLocation']),
})
/** §3.55–3.57 */
const fix = exactly({
  description: message,
  artifactChanges: listOf(
    exactly({
      artifactLocation,
      replacements: listOf(
        exactly({ deletedRegion: region, insertedContent: exactly({ text: { type: 'string' } }) }),
        { minItems: 1 },
      ),
    }),
    { minItems: 1 },
  ),
})
const suggestion = exactly({ text: { type: 'string' }, probability: share })
/** §3.27 */
const result = exactly(
  {
    ruleId: {
      enum: ['word', 'phrase', 'name', 'number', 'insertion', 'markup', 'document'].map(
        (kind) => `spun-${kind}`,
      ),
    },
    ruleIndex: { ...count, maximum: 6 },
    level: { enum: ['warning', 'note'] },
    rank: { type: 'number', minimum: 0, maximum: 100 },
    message,
    locations: listOf(location, { minItems: 1, maxItems: 1 }),
    partialFingerprints: { type: 'object', additionalProperties: text, minProperties: 1 },
    fixes: listOf(fix, { minItems: 1, uniqueItems: true }),
    properties: exactly({
      start: count,
      end: count,
      confidence: share,
      suggestions: listOf(suggestion, { maxItems: 10 }),
      evidence: listOf(exactly({ kind: text, text }), { minItems: 1 }),
      inQuotation: { type: 'boolean' },
    }),
  },
  ['ruleId', 'ruleIndex', 'level', 'rank', 'message', 'locations', 'partialFingerprints'],
)
/** §3.49 */
const rule = exactly({
  id: text,
  name: text,
  shortDescription: message,
  defaultConfiguration: exactly({ level: { enum: ['warning', 'note'] } }),
})
/** §3.24 */
const artifact = exactly({
  location: artifactLocation,
  properties: exactly({
    label: { enum: ['clean', 'doubtful', 'spun'] },
    probability: share,
    spinRate: share,
    density: { type: 'number', minimum: 0 },
    words: count,
    format: { enum: ['text', 'md', 'html'] },
  }),
})
/** §3.58 */
const notification = exactly(
  {
    level: { enum: ['error', 'warning'] },
    descriptor: exactly({ id: text }),
    message,
    locations: listOf(location, { minItems: 1 }),
  },
  ['level', 'descriptor', 'message'],
)
/** §3.14, §3.13 */
const run = exactly({
  tool: exactly({
    driver: exactly({
      name: { const: 'unspin' },
      version: text,
      semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
      rules: listOf(rule, { uniqueItems: true, minItems: 7, maxItems: 7 }),
    }),
  }),
  columnKind: { const: 'utf16CodeUnits' },
  newlineSequences: listOf({ type: 'string', minLength: 1 }, { uniqueItems: true, minItems: 1 }),
  results: listOf(result),
  artifacts: listOf(artifact, { uniqueItems: true }),
  invocations: listOf(
    exactly({ executionSuccessful: { type: 'boolean' }, toolExecutionNotifications: listOf(notification) }),
    { minItems: 1, maxItems: 1 },
  ),
})

export const SARIF_SCHEMA: object = exactly({
  $schema: { type: 'string', pattern: '^https://.*sarif-2\\.1\\.0' },
  version: { const: '2.1.0' },
  runs: listOf(run, { minItems: 1, maxItems: 1 }),
})
