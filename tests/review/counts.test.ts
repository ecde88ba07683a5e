/**
 * The counts that are kept as decisions come are those one would count: after any decisions, undos,
 * rescans, moves and merges, by whomever.
 */

import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ProgressAnswer } from '../../src/review/api-types.ts'
import { openDatabase } from '../../src/review/database.ts'
import { MIGRATIONS, migrate } from '../../src/review/schema.ts'
import { openReview, type Store } from '../../src/review/store.ts'
import { add, clock, documentOf, everything, folder, review } from './made.ts'

const REVIEWERS = ['ann', 'bob']
const TEXTS = [
  'A gadget hums. The gadget stood.',
  'A gadget hums. The gadget stood. One gadget more.',
  'Nothing at all.',
  'Quite another gadget.',
]

const step = fc.oneof(
  fc.record({ act: fc.constant('scan' as const), id: fc.nat(3), text: fc.nat(TEXTS.length - 1) }),
  fc.record({
    act: fc.constantFrom('accept' as const, 'reject' as const, 'always' as const),
    who: fc.nat(1),
    pick: fc.nat(30),
  }),
  fc.record({ act: fc.constant('undo' as const), who: fc.nat(1) }),
)

/** The same numbers, from what every finding shows. */
function counted(store: Store, reviewer: string): Omit<ProgressAnswer, 'unplaced' | 'reviewers'> {
  const { documents } = store.list(reviewer, everything())
  const views = documents.map(({ n }) => store.findings(reviewer, n))
  const actions = views.flat().map(({ decision }) => decision?.action)
  const of = (action: string): number => actions.filter((one) => one === action).length
  return {
    documents: documents.length,
    documentsDone: views.filter((found) => found.every(({ decision }) => decision !== null)).length,
    findings: actions.length,
    decided: actions.filter((one) => one !== undefined).length,
    accepted: of('accept'),
    rejected: of('reject'),
    retyped: of('retype'),
  }
}

test('progress is what one counts', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const path = join(folder(), 'a.unspin.db')
      const store = openReview(path, clock())
      add(store, documentOf('0.txt', TEXTS[0] ?? ''))
      for (const one of steps) {
        if (one.act === 'scan') {
          add(store, documentOf(`${one.id}.txt`, TEXTS[one.text] ?? ''))
          continue
        }
        const who = REVIEWERS[one.who] ?? ''
        if (one.act === 'undo') {
          store.undo(who)
          continue
        }
        const all = store.list(who, everything()).documents.flatMap(({ n }) => store.findings(who, n))
        const finding = all[one.pick % Math.max(1, all.length)]?.finding
        if (finding === undefined) continue
        if (one.act === 'always') store.decideAll(who, { finding, action: 'reject', scope: 'always' })
        else store.decide(who, { finding, action: one.act })
      }
      const unplaced = REVIEWERS.map((who) => {
        const { unplaced: lost, reviewers, ...rest } = store.progress(who)
        expect(rest).toEqual(counted(store, who))
        expect(reviewers.find(({ reviewer }) => reviewer === who)?.decided ?? 0).toBe(rest.decided)
        return lost
      })
      for (const who of REVIEWERS)
        expect(
          store.list(who, everything({ undecided: true })).documents.map(({ n, matching }) => [n, matching]),
        ).toEqual(
          store
            .list(who, everything())
            .documents.map(({ n }) => [
              n,
              store.findings(who, n).filter((one) => one.decision === null).length,
            ])
            .filter(([, open]) => open !== 0),
        )
      for (const { n, decided } of store.list('ann', everything()).documents)
        expect(decided).toBe(store.findings('ann', n).filter(({ decision }) => decision !== null).length)
      store.close()
      const db = openDatabase(path)
      const row = db.get(
        'SELECT count(*) AS n FROM standing s WHERE NOT EXISTS (SELECT 1 FROM current c WHERE c.id = s.id)',
      )
      db.close()
      expect(unplaced).toEqual([row?.n, row?.n])
    }),
    { numRuns: 40 },
  )
}, 60_000)

test('a file from before they were kept has them after it is opened', () => {
  const path = join(folder(), 'older.unspin.db')
  const db = openDatabase(path)
  migrate(db, path, MIGRATIONS.slice(0, 2))
  db.script(`
    INSERT INTO documents (n, id, name, hash, format, source, words, findings, problems)
      VALUES (1, '"a"', 'a', 'h', 'text', 'file', 9, 2, '[]');
    INSERT INTO findings (finding, document, start, confidence, kind, source, surface, hash, place, before, after, nth, record)
      VALUES (1, 1, 0, 0.9, 'word', 's', 'w', 'h', '|w|', '', '', 0, '{}'), (2, 1, 9, 0.9, 'word', 's', 'w', 'h', '|w|', '', '', 1, '{}');
    INSERT INTO standing (reviewer, place, hash, nth, id) VALUES ('ann', '|w|', 'h', 0, 'one'), ('ann', '|w|', 'gone', 0, 'two');
    INSERT INTO current (finding, reviewer, document, id, action, text, carried) VALUES (1, 'ann', 1, 'one', 'reject', NULL, 0);
  `)
  db.close()
  const store = review(path)
  expect(store.progress('ann')).toMatchObject({ decided: 1, rejected: 1, documentsDone: 0, unplaced: 1 })
})
