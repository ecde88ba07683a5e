/**
 * A SQLite file behind a small interface, so that nothing else knows which SQLite it is.
 *
 * node-sqlite3-wasm is real SQLite on real files with nothing to compile. Its lock is a folder that it
 * also takes for reading, and so it never sees that a rollback journal is hot: after a crash such a
 * journal would not be rolled back. A write-ahead log with an exclusive lock needs neither; it is
 * replayed by its checksums whenever the file is opened. Every commit is synced before it returns, so a
 * crash loses no answered request.
 */
import { chmodSync, existsSync } from 'node:fs'
import sqlite from 'node-sqlite3-wasm'
import { own, type Release } from './owner.ts'
import { type ReviewProblem, ReviewRefusal } from './problem.ts'

export type Value = string | number | null | Uint8Array
export type Row = Readonly<Record<string, Value>>

export interface Db {
  /** Rows of a query; positional parameters. */
  all(sql: string, values?: readonly Value[]): readonly Row[]
  /** Rows one by one; for those that do not fit the memory. Nothing may be written meanwhile. */
  each(sql: string, values?: readonly Value[]): Iterable<Row>
  get(sql: string, values?: readonly Value[]): Row | undefined
  /** Returns the id of the row inserted last. */
  run(sql: string, values?: readonly Value[]): number
  /** Several statements without parameters. */
  script(sql: string): void
  /** All of `work` or nothing of it; a transaction within another is part of it. */
  transaction<T>(work: () => T): T
  close(): void
}

/** Statements kept prepared; there are fewer different ones in the program but for filters. */
const KEPT_STATEMENTS = 200
/** Pages kept in memory; the default of 2 MB makes every filter of a large review read the disk. */
const CACHE_KIB = 65_536

/**
 * Opens or makes the file and keeps it locked until `close`.
 *
 * @throws ReviewRefusal when another program has it, or it is no SQLite file
 */
export function openDatabase(path: string): Db {
  const release = own(path)
  const isNew = !existsSync(path)
  let raw: sqlite.Database | undefined
  try {
    raw = new sqlite.Database(path)
    raw.get('PRAGMA locking_mode = EXCLUSIVE')
    raw.get('PRAGMA journal_mode = WAL')
    raw.get('PRAGMA synchronous = FULL')
    raw.get(`PRAGMA cache_size = -${CACHE_KIB}`)
    raw.get('PRAGMA foreign_keys = ON')
    raw.get('PRAGMA recursive_triggers = ON')
    raw.get('SELECT count(*) FROM sqlite_schema')
  } catch (error) {
    raw?.close()
    release()
    throw new ReviewRefusal(notOpened(path, error))
  }
  // Articles under review and remarks on them are not everybody's business.
  if (isNew) chmodSync(path, 0o600)
  return wrapped(raw, release)
}

function wrapped(raw: sqlite.Database, release: Release): Db {
  const statements = new Map<string, sqlite.Statement>()
  const prepared = (sql: string): sqlite.Statement => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    for (const [old, statement] of statements) {
      if (statements.size < KEPT_STATEMENTS) break
      statements.delete(old)
      statement.finalize()
    }
    const made = raw.prepare(sql)
    statements.set(sql, made)
    return made
  }
  const db: Db = {
    // The package's row type allows nested rows, which only its `expand` option makes.
    all: (sql, values = []) => prepared(sql).all([...values]) as unknown as Row[],
    *each(sql, values = []) {
      const statement = raw.prepare(sql)
      try {
        yield* statement.iterate([...values]) as IterableIterator<unknown> as Iterable<Row>
      } finally {
        statement.finalize()
      }
    },
    get: (sql, values = []) => db.all(sql, values)[0],
    run: (sql, values = []) => Number(prepared(sql).run([...values]).lastInsertRowid),
    script: (sql) => raw.exec(sql),
    transaction(work) {
      if (raw.inTransaction) return work()
      raw.exec('BEGIN IMMEDIATE')
      try {
        const made = work()
        raw.exec('COMMIT')
        return made
      } catch (error) {
        if (raw.inTransaction) raw.exec('ROLLBACK')
        throw isDiskTrouble(error) ? new ReviewRefusal(notStored(error), 500) : error
      }
    },
    close() {
      if (!raw.isOpen) return
      for (const statement of statements.values()) statement.finalize()
      statements.clear()
      raw.close()
      release()
    },
  }
  return db
}

/** SQLite's words for a full or failing disk; nothing of the transaction has been stored. */
const isDiskTrouble = (error: unknown): error is Error =>
  error instanceof sqlite.SQLite3Error && /disk|full|readonly/.test(error.message)

const notStored = ({ message }: Error): ReviewProblem => ({
  message: `nothing was stored: ${message}`,
  fix: 'make room on the disk of the review, then do it again',
})

function notOpened(path: string, error: unknown): ReviewProblem {
  const fact = error instanceof Error ? error.message : String(error)
  return {
    message: `${path}: cannot be opened as a review (${fact})`,
    fix: 'name a file that unspin review made, or a new one in a folder that can be written, with --db',
  }
}
