/**
 * Which decision a finding has now: the derived tables `standing` and `current`, made from the history.
 *
 * A reviewer's decision stands until it is undone or a later one is made on the same place of the same
 * text. A finding takes, by reviewer:
 * 1. the decision made on this very text;
 * 2. else one made on a text that is no longer in the review, if this is the only place it fits (in the
 *    document of the same id where there is one, else in the whole review): carried over;
 * 3. else the reviewer's rule for this wording and source ("always").
 * Any order of the same history gives the same tables.
 */

import { type Found, type Held, heldBy, ruled, type Standing } from './carry.ts'
import type { Db, Row } from './database.ts'
import { type HistoryEntry, isPlaced, placeOf } from './entry.ts'

/** Not taken back by its own reviewer, alone or with its batch. `h` is the row of history. */
const IN_FORCE = `NOT EXISTS (SELECT 1 FROM history u WHERE u.undoes = h.id AND u.reviewer = h.reviewer)
  AND (h.batch IS NULL OR NOT EXISTS (SELECT 1 FROM history u WHERE u.undoes = h.batch AND u.reviewer = h.reviewer))`

/** After entries came in: what they stand on, and what the findings of those places have now. */
export function settleEntries(db: Db, entries: readonly HistoryEntry[]): void {
  const touched = new Map<string, HistoryEntry>()
  for (const entry of entries) {
    const targets = entry.action === 'undo' ? undoneBy(db, entry) : [entry]
    for (const target of targets) touched.set(target.id, target)
  }
  const places = new Set<string>()
  for (const entry of touched.values()) {
    if (entry.scope === 'rule') for (const place of placesOfRule(db, entry)) places.add(place)
    else if (isPlaced(entry)) {
      const place = placeOf(entry)
      stand(db, entry.reviewer, place, entry.place.hash, entry.place.nth)
      places.add(place)
    }
  }
  settlePlaces(db, places)
}

/** After a document came in: only the places that somebody decided, or whose wording has a rule. */
export function settleDocument(db: Db, places: ReadonlySet<string>): void {
  const any = db.get(
    `SELECT EXISTS (SELECT 1 FROM standing) OR EXISTS (SELECT 1 FROM history WHERE scope = 'rule') AS yes`,
  )
  if (any?.yes !== 1) return
  const concerned = [...places].filter((place) => {
    const row = db.get(
      `SELECT EXISTS (SELECT 1 FROM standing WHERE place = ?1) OR EXISTS (
         SELECT 1 FROM findings f JOIN history h ON h.scope = 'rule' AND h.surface = f.surface WHERE f.place = ?1) AS yes`,
      [place],
    )
    return row?.yes === 1
  })
  settlePlaces(db, new Set(concerned))
}

/** Entries that an undo takes back. */
export function undoneBy(db: Db, undo: HistoryEntry): HistoryEntry[] {
  const { undoes = '', reviewer } = undo
  return db
    .all(
      `SELECT entry FROM history WHERE id = ?1 AND reviewer = ?2 AND action <> 'undo'
       UNION SELECT entry FROM history WHERE batch = ?1 AND reviewer = ?2 AND action <> 'undo'`,
      [undoes, reviewer],
    )
    .map(entryOf)
}

/** The entries stored as JSON are those that entry.ts checked. */
export const entryOf = (row: Row): HistoryEntry => JSON.parse(String(row.entry)) as HistoryEntry

/** The reviewer's latest decision in force; undefined where there is none. */
export function latestInForce(db: Db, reviewer: string): HistoryEntry | undefined {
  const row = db.get(
    `SELECT entry FROM history h WHERE reviewer = ? AND action <> 'undo' AND ${IN_FORCE}
     ORDER BY at DESC, id DESC LIMIT 1`,
    [reviewer],
  )
  return row === undefined ? undefined : entryOf(row)
}

function stand(db: Db, reviewer: string, place: string, hash: string, nth: number): void {
  const latest = db.get(
    `SELECT id FROM history h WHERE place = ? AND hash = ? AND nth = ? AND reviewer = ? AND ${IN_FORCE}
     ORDER BY at DESC, id DESC LIMIT 1`,
    [place, hash, nth, reviewer],
  )
  if (latest === undefined)
    db.run('DELETE FROM standing WHERE place = ? AND hash = ? AND nth = ? AND reviewer = ?', [
      place,
      hash,
      nth,
      reviewer,
    ])
  else
    db.run(
      `INSERT INTO standing (reviewer, place, hash, nth, id) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET held = CASE WHEN id = excluded.id THEN held ELSE 0 END, id = excluded.id`,
      [reviewer, place, hash, nth, latest.id as string],
    )
}

function placesOfRule(db: Db, { finding }: HistoryEntry): string[] {
  return db
    .all('SELECT DISTINCT place FROM findings WHERE surface = ? AND source = ?', [
      finding?.surface ?? '',
      finding?.source ?? '',
    ])
    .map(({ place }) => String(place))
}

/** Makes the rows of `current` anew for all findings at these places. */
function settlePlaces(db: Db, places: ReadonlySet<string>): void {
  for (const place of places) {
    const standing = standingAt(db, place)
    const found = foundAt(db, place)
    const rules = rulesFor(db, found[0])
    db.run('DELETE FROM current WHERE finding IN (SELECT finding FROM findings WHERE place = ?)', [place])
    const reviewers = new Set([...standing, ...rules].map(({ reviewer }) => reviewer))
    for (const reviewer of reviewers) {
      const own = standing.filter((one) => one.reviewer === reviewer)
      const held = heldBy(found, own, orphans(db, own))
      for (const one of found) {
        const holds = held.get(one.finding) ?? ruled(one, rules, reviewer)
        if (holds !== undefined) hold(db, one, reviewer, holds)
      }
    }
  }
}

function hold(db: Db, { finding, document }: Found, reviewer: string, { entry, text, carried }: Held): void {
  db.run(
    'INSERT INTO current (finding, reviewer, document, id, action, text, carried) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [
      finding,
      reviewer,
      document,
      entry.id,
      entry.action,
      text === null ? null : JSON.stringify(text),
      carried ? 1 : 0,
    ],
  )
}

function standingAt(db: Db, place: string): Standing[] {
  return db
    .all(
      `SELECT s.reviewer, s.hash, s.nth, h.entry FROM standing s JOIN history h ON h.id = s.id
       WHERE s.place = ? ORDER BY h.at, h.id`,
      [place],
    )
    .map((row) => ({
      reviewer: String(row.reviewer),
      hash: String(row.hash),
      nth: Number(row.nth),
      entry: entryOf(row),
    }))
}

const foundAt = (db: Db, place: string): Found[] =>
  db
    .all(
      `SELECT finding, document, id, f.hash, nth, surface, f.source, record
       FROM findings f JOIN documents d ON d.n = f.document WHERE place = ? ORDER BY finding`,
      [place],
    )
    .map((row) => ({
      finding: Number(row.finding),
      document: Number(row.document),
      id: String(row.id),
      hash: String(row.hash),
      nth: Number(row.nth),
      surface: String(row.surface),
      source: String(row.source),
      record: String(row.record),
    }))

/** Decisions on texts that no document has any more. */
const orphans = (db: Db, own: readonly Standing[]): Standing[] =>
  own.filter(
    ({ hash }) => db.get('SELECT 1 AS there FROM documents WHERE hash = ? LIMIT 1', [hash]) === undefined,
  )

/** Rules in force for a wording, latest first, whatever their source: equal places may differ in it. */
function rulesFor(
  db: Db,
  found: Found | undefined,
): { readonly reviewer: string; readonly entry: HistoryEntry }[] {
  if (found === undefined) return []
  return db
    .all(
      `SELECT entry FROM history h WHERE scope = 'rule' AND surface = ? AND ${IN_FORCE} ORDER BY at DESC, id DESC`,
      [found.surface],
    )
    .map(entryOf)
    .map((entry) => ({ reviewer: entry.reviewer, entry }))
}
