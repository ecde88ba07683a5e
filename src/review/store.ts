/**
 * A review: one SQLite file with documents, findings and the history of decisions.
 *
 * What stands here is all that the server, the command and the terminal use; how it is done is in the
 * files named. A review is open in one program at a time.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { RecordId } from '../write/record.ts'
import type {
  AllRequest,
  DecisionRequest,
  DocumentSummary,
  DocumentsAnswer,
  ExportName,
  FindingView,
  PreviewAnswer,
  ProgressAnswer,
  SessionAnswer,
} from './api-types.ts'
import { type Cleaned, cleanedDocuments } from './cleaned.ts'
import { type Db, openDatabase } from './database.ts'
import { decide, decideAll, previewAll } from './decide.ts'
import {
  type Added,
  addDocument,
  type NewDocument,
  type StoredDocument,
  storedDocument,
} from './documents.ts'
import { type HistoryEntry, isPlaced, placeOf } from './entry.ts'
import { type Export, exported } from './exports.ts'
import {
  type Clock,
  historyEntries,
  type MergeCount,
  type MergeFault,
  mergeHistory,
  undo,
} from './history.ts'
import { documentSummary, facets, type ListQuery, listDocuments, neighbours } from './list.ts'
import { ownerRefusal } from './owner.ts'
import { ReviewRefusal } from './problem.ts'
import { progressOf } from './progress.ts'
import { migrate } from './schema.ts'
import { findingByNumber, findingsOf, type StoredFinding, viewOf } from './view.ts'

export interface Store {
  /** File name without folder. */
  readonly name: string
  /** Documents in one transaction: faster by far than one by one. */
  addAll(documents: readonly NewDocument[], isGone?: (id: RecordId) => boolean): readonly Added[]
  list(reviewer: string, query: ListQuery): DocumentsAnswer
  document(n: number): StoredDocument | undefined
  summary(reviewer: string, n: number): DocumentSummary | undefined
  neighbours(reviewer: string, document: DocumentSummary): ReturnType<typeof neighbours>
  /** By start. */
  findings(reviewer: string, n: number): readonly FindingView[]
  /** A finding as it is now; undefined where there is none of this number. */
  finding(reviewer: string, finding: number): FindingView | undefined
  /** @throws ReviewRefusal when the request cannot be followed; the same for the others */
  decide(reviewer: string, request: DecisionRequest): FindingView
  previewAll(reviewer: string, request: AllRequest): PreviewAnswer
  decideAll(
    reviewer: string,
    request: AllRequest,
  ): { readonly entries: readonly HistoryEntry[]; readonly found: readonly StoredFinding[] }
  undo(
    reviewer: string,
    decision?: string,
  ): { readonly undone: readonly HistoryEntry[]; readonly findings: readonly number[] }
  progress(reviewer: string): ProgressAnswer
  facets(): SessionAnswer['facets']
  history(): Iterable<HistoryEntry>
  /** Adds foreign entries: all of them or, with any fault, none. */
  merge(values: Iterable<unknown>): MergeCount | { readonly faults: readonly MergeFault[] }
  cleaned(source: StoredDocument['source']): Iterable<Cleaned>
  export(what: ExportName, n?: number): Export
  close(): void
}

const SYSTEM_CLOCK: Clock = { now: () => Date.now() }

/**
 * Opens a review, or makes one.
 *
 * @throws ReviewRefusal when another program has it, or the file is none of ours
 */
export function openReview(path: string, clock: Clock = SYSTEM_CLOCK): Store {
  const db = openDatabase(path)
  try {
    migrate(db, path)
  } catch (error) {
    db.close()
    throw error
  }
  return store(db, basename(path), clock)
}

/**
 * The history of another review file, which is left as it is: a copy is read.
 *
 * @throws ReviewRefusal when there is none, it is in use, or it is no review
 */
export function historyOfFile(path: string): readonly HistoryEntry[] {
  if (!existsSync(path))
    throw new ReviewRefusal({ message: `${path}: there is no such file`, fix: 'check the path' })
  const refusal = ownerRefusal(path)
  if (refusal !== undefined) throw new ReviewRefusal(refusal)
  const folder = mkdtempSync(join(tmpdir(), 'unspin-merge-'))
  try {
    const copy = join(folder, 'other.db')
    copyFileSync(path, copy)
    // After a crash part of the review is still in its write-ahead log.
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
    const other = openReview(copy)
    try {
      return [...other.history()]
    } finally {
      other.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function store(db: Db, name: string, clock: Clock): Store {
  const finding = (reviewer: string, number: number): FindingView | undefined => {
    const found = findingByNumber(db, number)
    return found === undefined ? undefined : viewOf(db, found, reviewer)
  }
  /** They change with the documents only, and counting a hundred thousand findings takes its time. */
  let counted: SessionAnswer['facets'] | undefined
  return {
    name,
    addAll(documents, isGone = () => false) {
      counted = undefined
      return db.transaction(() => documents.map((one) => addDocument(db, one, isGone)))
    },
    list: (reviewer, query) => listDocuments(db, reviewer, query),
    document: (n) => storedDocument(db, n),
    summary: (reviewer, n) => documentSummary(db, reviewer, n),
    neighbours: (reviewer, document) => neighbours(db, reviewer, document),
    findings: (reviewer, n) => findingsOf(db, n, reviewer),
    finding,
    decide: (reviewer, request) => viewOf(db, decide(db, reviewer, request, clock), reviewer),
    previewAll: (reviewer, request) => previewAll(db, reviewer, request),
    decideAll: (reviewer, request) => decideAll(db, reviewer, request, clock),
    undo(reviewer, decision) {
      const undone = undo(db, reviewer, decision, clock)
      return { undone, findings: findingsAt(db, undone) }
    },
    progress: (reviewer) => progressOf(db, reviewer),
    facets() {
      counted ??= facets(db)
      return counted
    },
    history: () => historyEntries(db),
    merge: (values) => mergeHistory(db, values),
    cleaned: (source) => cleanedDocuments(db, source),
    export: (what, n) => exported(db, what, n),
    close: () => db.close(),
  }
}

/** Findings at the places of these entries, or with the wordings of their rules, whatever they have now. */
function findingsAt(db: Db, entries: readonly HistoryEntry[]): number[] {
  const out = new Set<number>()
  for (const place of new Set(entries.filter(isPlaced).map(placeOf))) {
    const rows = db.all('SELECT finding FROM findings WHERE place = ? ORDER BY finding', [place])
    for (const row of rows) out.add(Number(row.finding))
  }
  for (const { scope, finding } of entries) {
    if (scope !== 'rule' || finding === undefined) continue
    const rows = db.all('SELECT finding FROM findings WHERE surface = ? AND source = ? ORDER BY finding', [
      finding.surface,
      finding.source,
    ])
    for (const row of rows) out.add(Number(row.finding))
  }
  return [...out]
}
