/** How far a review has come: counts from the derived tables, cheap enough for every answer. */
import type { ProgressAnswer } from './api-types.ts'
import type { Db } from './database.ts'

export function progressOf(db: Db, reviewer: string): ProgressAnswer {
  const all = db.get('SELECT count(*) AS documents, coalesce(sum(findings), 0) AS findings FROM documents')
  const done = db.get(
    `SELECT count(*) AS n FROM documents d WHERE d.findings = 0 OR d.findings =
       (SELECT coalesce(sum(t.decided), 0) FROM tally t WHERE t.reviewer = ? AND t.document = d.n)`,
    [reviewer],
  )
  const actions = new Map(
    db
      .all('SELECT action, sum(decided) AS n FROM tally WHERE reviewer = ? GROUP BY action', [reviewer])
      .map(({ action, n }) => [String(action), Number(n)]),
  )
  const [accepted = 0, rejected = 0, retyped = 0] = ['accept', 'reject', 'retype'].map((one) =>
    actions.get(one),
  )
  return {
    documents: Number(all?.documents ?? 0),
    documentsDone: Number(done?.n ?? 0),
    findings: Number(all?.findings ?? 0),
    decided: accepted + rejected + retyped,
    accepted,
    rejected,
    retyped,
    reviewers: db
      .all('SELECT reviewer, sum(decided) AS n FROM tally GROUP BY reviewer HAVING n > 0 ORDER BY reviewer')
      .map(({ reviewer: name, n }) => ({ reviewer: String(name), decided: Number(n) })),
    unplaced: unplaced(db),
  }
}

/** Decisions that stand, on texts and places that no finding has. */
function unplaced(db: Db): number {
  const row = db.get(
    'SELECT count(*) AS n FROM standing s WHERE NOT EXISTS (SELECT 1 FROM current c WHERE c.id = s.id)',
  )
  return Number(row?.n ?? 0)
}
