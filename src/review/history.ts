/**
 * The history of a review: decisions and undos are added, nothing is changed or taken away.
 *
 * In: entries, from a request, a file or another review. Out: the same entries in one order, by time,
 * then by id. Two histories are merged by union, so that it does not matter who merges whom, how often,
 * or in which order.
 */
import { randomUUID } from 'node:crypto'
import { jsonLine } from '../write/jsonl.ts'
import type { Db } from './database.ts'
import { HISTORY_VERSION, type HistoryEntry, historyEntry, isPlaced, placeOf } from './entry.ts'
import { entryOf, latestInForce, settleEntries, undoneBy } from './settle.ts'

/** What is to be put down; id, time and version are added. */
export type Draft = Omit<HistoryEntry, 'version' | 'id' | 'at' | 'reviewer'>

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

/**
 * Adds entries of one reviewer, all or none, and settles what they decide. All have the same time, later
 * than that of anything the reviewer did before, whatever the clock does.
 */
export function append(db: Db, reviewer: string, drafts: readonly Draft[], clock: Clock): HistoryEntry[] {
  return db.transaction(() => {
    const last = db.get('SELECT max(at) AS at FROM history WHERE reviewer = ?', [reviewer])?.at
    const earliest = typeof last === 'string' ? Date.parse(last) + 1 : 0
    const at = new Date(Math.max(clock.now(), earliest)).toISOString()
    const entries = drafts.map((draft) => {
      const entry = historyEntry({ version: HISTORY_VERSION, id: randomUUID(), at, reviewer, ...draft })
      // Requests are checked before; what fails here is a bug and must not reach the file.
      if (typeof entry === 'string') throw new Error(`a decision that cannot be stored: ${entry}`)
      return entry
    })
    for (const entry of entries) insert(db, entry)
    settleEntries(db, entries)
    return entries
  })
}

/**
 * Takes back a decision with its batch: the one named, or the reviewer's latest. Returns what was taken
 * back; nothing where there is none in force, or it is another reviewer's.
 */
export function undo(
  db: Db,
  reviewer: string,
  id: string | undefined,
  clock: Clock,
): readonly HistoryEntry[] {
  const target = id === undefined ? latestInForce(db, reviewer) : named(db, reviewer, id)
  if (target === undefined) return []
  const undoes = target.batch ?? target.id
  const [entry] = append(db, reviewer, [{ action: 'undo', scope: 'place', undoes }], clock)
  return entry === undefined ? [] : undoneBy(db, entry)
}

function named(db: Db, reviewer: string, id: string): HistoryEntry | undefined {
  const row = db.get(`SELECT entry FROM history WHERE id = ? AND reviewer = ? AND action <> 'undo'`, [
    id,
    reviewer,
  ])
  if (row === undefined) return undefined
  const entry = entryOf(row)
  const undone = db.get('SELECT 1 AS yes FROM history WHERE reviewer = ? AND undoes IN (?, ?) LIMIT 1', [
    reviewer,
    entry.id,
    entry.batch ?? entry.id,
  ])
  return undone === undefined ? entry : undefined
}

const PAGE = 1000

export interface MergeCount {
  readonly added: number
  readonly known: number
}

/** An entry whose id is known with another content; or a line that is no entry. */
export interface MergeFault {
  readonly line: number
  readonly message: string
}

/**
 * Adds what is not yet known, all or nothing: any fault leaves the history as it was.
 * `values` are foreign, numbered from 1 for the faults.
 */
export function mergeHistory(
  db: Db,
  values: Iterable<unknown>,
): MergeCount | { readonly faults: readonly MergeFault[] } {
  const faults: MergeFault[] = []
  const fresh: HistoryEntry[] = []
  let [line, known] = [0, 0]
  const seen = new Map<string, string>()
  for (const value of values) {
    line += 1
    const entry = historyEntry(value)
    if (typeof entry === 'string') {
      faults.push({ line, message: entry })
      continue
    }
    const content = JSON.stringify(entry)
    const other = seen.get(entry.id) ?? db.get('SELECT entry FROM history WHERE id = ?', [entry.id])?.entry
    if (other === undefined) fresh.push(entry)
    else if (other === content) known += 1
    else faults.push({ line, message: `"${entry.id}" is known with another content` })
    seen.set(entry.id, content)
  }
  if (faults.length > 0) return { faults }
  db.transaction(() => {
    for (const entry of fresh) insert(db, entry)
    settleEntries(db, fresh)
  })
  return { added: fresh.length, known }
}

/** All entries, by time, then by id. */
export function* historyEntries(db: Db): Generator<HistoryEntry> {
  // Page by page: no query stays open while a slow reader takes its time.
  for (let last = ['', '']; ; ) {
    const rows = db.all(
      `SELECT at, id, entry FROM history WHERE (at, id) > (?, ?) ORDER BY at, id LIMIT ${PAGE}`,
      last,
    )
    for (const row of rows) yield entryOf(row)
    const end = rows.at(-1)
    if (end === undefined) return
    last = [String(end.at), String(end.id)]
  }
}

/** The same as JSON Lines. */
export function* historyLines(db: Db): Generator<string> {
  for (const entry of historyEntries(db)) yield jsonLine(entry)
}

function insert(db: Db, entry: HistoryEntry): void {
  const { id, at, reviewer, action, scope, batch = null, undoes = null, place, finding } = entry
  db.run(
    `INSERT INTO history (id, at, reviewer, action, scope, batch, undoes, hash, place, nth, surface, source, entry)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      at,
      reviewer,
      action,
      scope,
      batch,
      undoes,
      place?.hash ?? null,
      isPlaced(entry) ? placeOf(entry) : null,
      place?.nth ?? null,
      finding?.surface ?? null,
      finding?.source ?? null,
      JSON.stringify(entry),
    ],
  )
}
