/**
 * Made-up reviews for the tests: every "gadget" of a text is found, with fixed suggestions, and files
 * live in a folder of their own that goes when the test ends.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { NewDocument } from '../../src/review/documents.ts'
import type { Clock } from '../../src/review/history.ts'
import type { ListQuery } from '../../src/review/list.ts'
import { openReview, type Store } from '../../src/review/store.ts'
import type { AnalysisRecord, FindingRecord, RecordId } from '../../src/write/record.ts'

export const SPUN_WORD = 'gadget'

/** An empty folder, removed after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'unspin-review-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A clock that starts at noon of a fixed day and goes on a second at each look. */
export function clock(): Clock {
  let at = Date.parse('2026-03-01T12:00:00.000Z')
  return {
    now() {
      at += 1000
      return at
    },
  }
}

/** A review in a new file, closed after the test. */
export function review(path = join(folder(), 'a.unspin.db')): Store {
  const store = openReview(path, clock())
  onTestFinished(() => store.close())
  return store
}

export function foundIn(
  text: string,
  changes: Partial<FindingRecord> = {},
  wording = SPUN_WORD,
): FindingRecord[] {
  return [...text.matchAll(new RegExp(`\\b${wording}\\b`, 'gi'))].map(({ index, 0: surface }) => ({
    start: index,
    end: index + surface.length,
    line: 1,
    column: index + 1,
    surface,
    confidence: 0.9,
    kind: 'word',
    suggestions: [
      { text: surface.startsWith('G') ? 'Machine' : 'machine', probability: 0.7 },
      { text: surface.startsWith('G') ? 'Device' : 'device', probability: 0.3 },
    ],
    evidence: [
      { kind: 'entry', text: `spinners habitually print: gadget ← machine (wordlists/habits/words-1.tsv:7)` },
      { kind: 'context', text: `the model expects 'the machine' 5 times rather than 'the gadget'` },
    ],
    inQuotation: false,
    ...changes,
  }))
}

/** A document with the findings of `findings`, or all gadgets. */
export function documentOf(id: RecordId, text: string, findings = foundIn(text)): NewDocument {
  const record: AnalysisRecord = {
    version: 1,
    id,
    verdict: { label: 'spun', probability: 0.9, spinRate: 0.2, density: 50 },
    findings,
    problems: [],
  }
  return { record, text, format: 'auto', name: String(id), source: 'file' }
}

export const everything = (changes: Partial<ListQuery> = {}): ListQuery => ({
  offset: 0,
  limit: 50,
  sort: 'name',
  minConfidence: undefined,
  maxConfidence: undefined,
  kind: [],
  source: [],
  dialect: [],
  phrase: undefined,
  undecided: false,
  search: undefined,
  ...changes,
})

/** Adds one document and gives its number; fails the test if it is refused. */
export function add(store: Store, document: NewDocument, isGone?: (id: RecordId) => boolean): number {
  const [added] = store.addAll([document], isGone)
  if (added === undefined || added.state === 'refused')
    throw new Error(added === undefined ? 'nothing was added' : added.problem.message)
  return added.n
}

/** What the findings of a document have now, for `reviewer`: "wording>text", "wording=" for reject, "wording?" open. */
export function decisions(store: Store, n: number, reviewer = 'ann'): string[] {
  return store.findings(reviewer, n).map(({ surface, decision }) => {
    if (decision === null) return `${surface}?`
    const how = decision.carried ? '~' : ''
    return decision.text === null ? `${surface}=${how}` : `${surface}>${decision.text}${how}`
  })
}

/** Number of the i-th finding of a document. */
export function numberOf(store: Store, n: number, i = 0): number {
  const found = store.findings('ann', n)[i]
  if (found === undefined) throw new Error(`document ${n} has no finding ${i}`)
  return found.finding
}
