/**
 * The samples through the real engine and back: what a person has decided in a document is not found
 * again in the cleaned one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AllowList, type Analysis, allowList, analyze, type Engine, load } from '../../src/index.ts'
import type { DecisionRequest, FindingView } from '../../src/review/api-types.ts'
import { cleanedDocument } from '../../src/review/cleaned.ts'
import { openDatabase } from '../../src/review/database.ts'
import { openReview } from '../../src/review/store.ts'
import { record } from '../../src/write/record.ts'
import { add, clock, folder } from './made.ts'

let engine: Engine
beforeAll(async () => {
  engine = await load()
}, 60_000)

const SAMPLES = readdirSync('samples')
  .filter((name) => name.startsWith('spun-'))
  .sort()

type Decide = (view: FindingView, i: number) => Omit<DecisionRequest, 'finding'> | undefined

interface Way {
  readonly why: string
  readonly decide: Decide
  readonly minConfidence?: number
}

const accept = (text?: string) => ({ action: 'accept', ...(text !== undefined && { text }) }) as const
const WAYS: readonly Way[] = [
  {
    why: 'every third rejected, the rest accepted',
    decide: (_, i) => (i % 3 === 0 ? { action: 'reject' } : accept()),
  },
  { why: 'every second left open', decide: (_, i) => (i % 2 === 0 ? accept() : undefined) },
  { why: 'the second alternative', decide: ({ suggestions }) => accept(suggestions[1]?.text) },
  {
    why: 'retyped as something that no spinner writes',
    decide: () => ({ action: 'retype', text: 'beak and "bill" (3)' }),
  },
  {
    why: 'down to the faintest hints, every second left open',
    decide: (_, i) => (i % 2 === 0 ? accept() : undefined),
    minConfidence: 0.1,
  },
]

interface Reviewed {
  readonly decided: number
  /** What was found again at a decided place: "wording (as reads now)". */
  found(allow: 'with the allow list' | 'as it is'): readonly string[]
}

/** Scans a sample, decides, exports and scans again. */
function reviewed(name: string, decide: Decide, minConfidence?: number): Reviewed {
  const scan = (text: string, allow?: AllowList): Analysis =>
    analyze(engine, text, {
      id: name,
      name,
      ...(minConfidence !== undefined && { minConfidence }),
      ...(allow !== undefined && { allow }),
    })
  const path = join(folder(), 'a.unspin.db')
  const store = openReview(path, clock())
  const first = scan(readFileSync(join('samples', name), 'utf8'))
  const { text, format } = first.document
  const n = add(store, { record: record(first, name), text, format, source: 'file' })
  for (const [i, view] of store.findings('ann', n).entries()) {
    const asked = view.suggestions.length > 0 ? decide(view, i) : undefined
    if (asked !== undefined) store.decide('ann', { finding: view.finding, ...asked })
  }
  const lines = [...store.export('allow').parts].join('').split('\n')
  const [line = ''] = store.export('cleaned', n).parts
  store.close()
  const db = openDatabase(path)
  const cleaned = cleanedDocument(db, n)
  db.close()
  expect(line).toBe(cleaned.text)
  return {
    decided: cleaned.decided.length,
    found: (how) =>
      scan(cleaned.text, how === 'as it is' ? undefined : allowList(lines))
        .findings.filter(({ span }) =>
          cleaned.decided.some(
            // A deletion leaves no place.
            ({ after }) => after.start < after.end && span.start < after.end && after.start < span.end,
          ),
        )
        .map(({ surface }) => surface),
  }
}

describe.each(SAMPLES)('%s', (name) => {
  test('everything accepted: the cleaned text alone shows none of it again', () => {
    expect(reviewed(name, () => accept()).found('as it is')).toEqual([])
  })

  test.each(WAYS)('$why: none again with what the review allows', ({ decide, minConfidence }) => {
    expect(reviewed(name, decide, minConfidence).found('with the allow list')).toEqual([])
  })
})

test('there is something to decide, and without the list some of it is found again', () => {
  const [{ decide } = WAYS[0] as Way] = WAYS
  const all = SAMPLES.map((name) => reviewed(name, decide))
  expect(all.reduce((sum, { decided }) => sum + decided, 0)).toBeGreaterThan(100)
  expect(all.flatMap(({ found }) => found('as it is'))).not.toEqual([])
})
