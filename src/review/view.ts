/**
 * Rows to what the page shows of a finding: its record, the decision of one reviewer, those of others.
 */
import type { FindingRecord, RecordId } from '../write/record.ts'
import type { DecisionView, FindingView } from './api-types.ts'
import type { Db, Row } from './database.ts'
import type { HistoryEntry } from './entry.ts'

/** A finding with all that a decision on it must know. */
export interface StoredFinding {
  readonly finding: number
  readonly document: number
  readonly documentId: RecordId
  readonly record: FindingRecord
  /** Folded wording. */
  readonly surface: string
  readonly source: string
  readonly hash: string
  readonly before: string
  readonly after: string
  readonly nth: number
}

export const FINDING_COLUMNS = `f.finding, f.document, f.source, f.surface, f.hash, f.before, f.after, f.nth, f.record, d.id AS document_id`

export const storedFinding = (row: Row): StoredFinding => ({
  finding: Number(row.finding),
  document: Number(row.document),
  documentId: JSON.parse(String(row.document_id)) as RecordId, // written by documents.ts
  record: JSON.parse(String(row.record)) as FindingRecord, // written by documents.ts
  surface: String(row.surface),
  source: String(row.source),
  hash: String(row.hash),
  before: String(row.before),
  after: String(row.after),
  nth: Number(row.nth),
})

export function findingByNumber(db: Db, finding: number): StoredFinding | undefined {
  const row = db.get(
    `SELECT ${FINDING_COLUMNS} FROM findings f JOIN documents d ON d.n = f.document WHERE finding = ?`,
    [finding],
  )
  return row === undefined ? undefined : storedFinding(row)
}

/** All findings of a document by start, as `reviewer` sees them. */
export function findingsOf(db: Db, document: number, reviewer: string): FindingView[] {
  const decisions = decisionsBy(
    db.all(
      `SELECT c.finding, c.text, c.carried, h.entry FROM current c JOIN history h ON h.id = c.id
       WHERE c.document = ? ORDER BY c.finding, c.reviewer`,
      [document],
    ),
  )
  return db
    .all(
      `SELECT ${FINDING_COLUMNS} FROM findings f JOIN documents d ON d.n = f.document
       WHERE f.document = ? ORDER BY f.start`,
      [document],
    )
    .map((row) => findingView(storedFinding(row), decisions.get(Number(row.finding)) ?? [], reviewer))
}

/** One finding as `reviewer` sees it now. */
export function viewOf(db: Db, stored: StoredFinding, reviewer: string): FindingView {
  const rows = db.all(
    `SELECT c.finding, c.text, c.carried, h.entry FROM current c JOIN history h ON h.id = c.id
     WHERE c.finding = ? ORDER BY c.reviewer`,
    [stored.finding],
  )
  return findingView(stored, decisionsBy(rows).get(stored.finding) ?? [], reviewer)
}

function decisionsBy(rows: readonly Row[]): Map<number, DecisionView[]> {
  const out = new Map<number, DecisionView[]>()
  for (const row of rows) {
    const finding = Number(row.finding)
    out.set(finding, [...(out.get(finding) ?? []), decisionView(row)])
  }
  return out
}

function decisionView(row: Row): DecisionView {
  const entry = JSON.parse(String(row.entry)) as HistoryEntry // written by history.ts
  return {
    id: entry.id,
    reviewer: entry.reviewer,
    at: entry.at,
    // An undo decides no finding.
    action: entry.action as DecisionView['action'],
    text: row.text === null ? null : (JSON.parse(String(row.text)) as string),
    why: entry.why ?? null,
    scope: entry.scope === 'rule' ? 'always' : entry.scope,
    batch: entry.batch ?? null,
    carried: row.carried === 1,
  }
}

function findingView(
  stored: StoredFinding,
  decisions: readonly DecisionView[],
  reviewer: string,
): FindingView {
  const { finding, document, source, record } = stored
  const { start, end, surface, confidence, kind, suggestions, evidence, inQuotation } = record
  return {
    finding,
    document,
    start,
    end,
    surface,
    confidence,
    kind,
    source,
    suggestions,
    evidence,
    inQuotation,
    decision: decisions.find((one) => one.reviewer === reviewer) ?? null,
    others: decisions.filter((one) => one.reviewer !== reviewer),
  }
}
