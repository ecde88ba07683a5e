/** How far a review has come: counts that are kept as decisions come, cheap enough for every answer. */
import type { ProgressAnswer } from './api-types.ts'
import type { Db } from './database.ts'

export function progressOf(db: Db, reviewer: string): ProgressAnswer {
  const all = db.get('SELECT count(*) AS documents, coalesce(sum(findings), 0) AS findings FROM documents')
  const done = db.get(
    `SELECT (SELECT count(*) FROM documents WHERE findings = 0) + (SELECT count(*) FROM reviewed
       WHERE reviewer = ? AND decided = findings AND findings > 0) AS n`,
    [reviewer],
  )
  const actions = new Map(
    db
      .all('SELECT action, decided FROM sums WHERE reviewer = ?', [reviewer])
      .map(({ action, decided }) => [String(action), Number(decided)]),
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
      .all('SELECT reviewer, sum(decided) AS n FROM sums GROUP BY reviewer HAVING n > 0 ORDER BY reviewer')
      .map(({ reviewer: name, n }) => ({ reviewer: String(name), decided: Number(n) })),
    unplaced: unplaced(db),
  }
}

/** Decisions that stand, on texts and places that no finding has. */
function unplaced(db: Db): number {
  const row = db.get('SELECT count(*) AS n FROM standing WHERE held = 0')
  return Number(row?.n ?? 0)
}
