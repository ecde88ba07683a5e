/**
 * Documents and their findings into the review, and back out.
 *
 * In: a text with its analysis record. Out: rows whose places have names (place.ts). A document is known by its
 * id: the same id with another text or other findings replaces them; the decisions stay in the history
 * and are placed again (settle.ts) in the same transaction.
 */
import { type InputFormat, type Readable, readable } from '../index.ts'
import type { AnalysisRecord, FindingRecord, RecordId } from '../write/record.ts'
import type { Db, Row } from './database.ts'
import { hashOf, type Placed, placeName, placesOf, sourceOf, storable } from './place.ts'
import type { ReviewProblem } from './problem.ts'
import { settleDocument } from './settle.ts'
import { VERDICT_COLUMNS, verdictOf, verdictValues } from './verdict-row.ts'

/** Longest wording or suggestion; the engine's have some tens of units. */
const MAX_WORDING_UNITS = 2000

export interface NewDocument {
  readonly record: AnalysisRecord
  /** The text that was analysed, as given. */
  readonly text: string
  /** 'auto': by the ending of `name`, else by the text, as the analysis does. */
  readonly format: InputFormat | 'auto'
  /** Path, for the format. */
  readonly name?: string
  /** A file can be moved; a record is its id. */
  readonly source: 'file' | 'record'
  /** The record has no answer: that of the document with the same text, which came before, is its own. */
  readonly repeats?: boolean
}

export type Added =
  | { readonly state: 'added' | 'changed' | 'same' | 'moved'; readonly n: number }
  | { readonly state: 'refused'; readonly problem: ReviewProblem }

export interface StoredDocument {
  readonly n: number
  readonly id: RecordId
  readonly name: string
  readonly hash: string
  readonly format: InputFormat
  readonly source: 'file' | 'record'
  readonly text: string
  readonly problems: AnalysisRecord['problems']
}

/**
 * Adds or replaces a document. `isGone` tells whether a path no longer names a file: then a file with the
 * same text under that path is this one, moved.
 */
export function addDocument(db: Db, asked: NewDocument, isGone: (id: RecordId) => boolean): Added {
  const { text } = asked
  const hash = hashOf(text)
  const record = asked.repeats === true ? answerFor(db, asked.record, hash) : asked.record
  if (record === undefined) return { state: 'refused', problem: NO_TWIN }
  const given = { ...asked, record }
  const read = readable(text, {
    format: given.format,
    ...(given.name !== undefined && { name: given.name }),
  })
  const spans = record.findings
  const misfit = misfitOf(text, spans)
  if (misfit !== undefined) return { state: 'refused', problem: misfit }
  const places = placesOf(read, spans)
  const other = spans.find((finding, i) => !reads(finding, places[i] as Placed))
  if (other !== undefined) return { state: 'refused', problem: anotherText(other) }
  return db.transaction(() => {
    const known = knownDocument(db, given, hash, isGone)
    const sameText = known?.hash === hash
    const touched = known === undefined ? [] : placesIn(db, known.n)
    const n = documentRow(db, known?.n, given, read, hash)
    if (!sameText) storeText(db, n, text)
    const kept = sameText && sameFindings(db, n, spans)
    if (!kept) {
      db.run('DELETE FROM findings WHERE document = ?', [n])
      for (const [i, finding] of spans.entries()) findingRow(db, n, hash, finding, places[i] as Placed)
      settleDocument(db, new Set([...touched, ...placesIn(db, n)]))
    }
    if (known === undefined) return { state: 'added', n }
    if (known.id !== record.id) return { state: 'moved', n }
    return { state: kept ? 'same' : 'changed', n }
  })
}

/** The record with the verdict and the findings of another document with this text; undefined without one. */
function answerFor(db: Db, record: AnalysisRecord, hash: string): AnalysisRecord | undefined {
  const twin = db.get(
    `SELECT n, ${VERDICT_COLUMNS.join(', ')} FROM documents WHERE hash = ? AND id <> ? ORDER BY n LIMIT 1`,
    [hash, JSON.stringify(record.id)],
  )
  if (twin === undefined) return undefined
  const findings = db.all('SELECT record FROM findings WHERE document = ? ORDER BY start', [twin.n ?? 0])
  return {
    ...record,
    verdict: verdictOf(twin),
    findings: findings.map((row) => JSON.parse(String(row.record)) as FindingRecord), // written by findingRow
  }
}

const NO_TWIN: ReviewProblem = {
  message: 'the document that it repeats is not in the review',
  fix: 'take in all results of the run',
}

/** The document with its text; undefined where there is none of this number. */
export function storedDocument(db: Db, n: number): StoredDocument | undefined {
  const row = db.get(
    'SELECT n, id, name, hash, format, source, problems, text, exact FROM documents JOIN texts ON document = n WHERE n = ?',
    [n],
  )
  return row === undefined ? undefined : asDocument(row)
}

function asDocument(row: Row): StoredDocument {
  const exact = row.exact instanceof Uint8Array ? Buffer.from(row.exact).toString('utf16le') : undefined
  return {
    n: Number(row.n),
    id: JSON.parse(String(row.id)) as RecordId, // written by documentRow
    name: String(row.name),
    hash: String(row.hash),
    format: row.format as InputFormat, // written by documentRow
    source: row.source as StoredDocument['source'], // written by documentRow
    text: exact ?? String(row.text),
    problems: JSON.parse(String(row.problems)) as AnalysisRecord['problems'], // written by documentRow
  }
}

interface Known {
  readonly n: number
  readonly id: RecordId
  readonly hash: string
}

function knownDocument(
  db: Db,
  { record, source }: NewDocument,
  hash: string,
  isGone: (id: RecordId) => boolean,
): Known | undefined {
  const asKnown = (row: Row): Known => ({
    n: Number(row.n),
    id: JSON.parse(String(row.id)) as RecordId, // written by documentRow
    hash: String(row.hash),
  })
  const same = db.get('SELECT n, id, hash FROM documents WHERE id = ?', [JSON.stringify(record.id)])
  if (same !== undefined) return asKnown(same)
  if (source !== 'file') return undefined
  return db
    .all("SELECT n, id, hash FROM documents WHERE hash = ? AND source = 'file' ORDER BY n", [hash])
    .map(asKnown)
    .find((one) => isGone(one.id))
}

function documentRow(
  db: Db,
  n: number | undefined,
  { record, source }: NewDocument,
  read: Readable,
  hash: string,
): number {
  const { verdict } = record
  const words = read.tokens.reduce((sum, { kind }) => sum + (kind === 'word' ? 1 : 0), 0)
  const values = [
    JSON.stringify(record.id),
    storable(String(record.id)),
    hash,
    read.format,
    source,
    words,
    record.findings.length,
    JSON.stringify(record.problems),
    ...verdictValues(verdict),
  ]
  if (n === undefined)
    return db.run(
      `INSERT INTO documents (${DOCUMENT_COLUMNS.join(', ')}) VALUES (${DOCUMENT_COLUMNS.map(() => '?').join(', ')})`,
      values,
    )
  db.run(`UPDATE documents SET ${DOCUMENT_COLUMNS.map((one) => `${one} = ?`).join(', ')} WHERE n = ?`, [
    ...values,
    n,
  ])
  return n
}

/** In the order in which `documentRow` fills them. */
const DOCUMENT_COLUMNS = [
  'id',
  'name',
  'hash',
  'format',
  'source',
  'words',
  'findings',
  'problems',
  ...VERDICT_COLUMNS,
] as const

function storeText(db: Db, n: number, text: string): void {
  const kept = storable(text)
  // Byte for byte where the database would change it.
  const exact = kept === text ? null : new Uint8Array(Buffer.from(text, 'utf16le'))
  db.run('INSERT OR REPLACE INTO texts (document, text, exact) VALUES (?, ?, ?)', [n, kept, exact])
}

function findingRow(db: Db, n: number, hash: string, finding: FindingRecord, placed: Placed): void {
  db.run(
    `INSERT INTO findings (document, start, confidence, kind, source, surface, hash, place, before, after, nth, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      n,
      finding.start,
      finding.confidence,
      finding.kind,
      sourceOf(finding.evidence),
      placed.surface,
      hash,
      placeName(placed),
      placed.before,
      placed.after,
      placed.nth,
      JSON.stringify(finding),
    ],
  )
}

const placesIn = (db: Db, n: number): string[] =>
  db.all('SELECT DISTINCT place FROM findings WHERE document = ?', [n]).map(({ place }) => String(place))

/** The same records in the same order: nothing to replace, and findings keep their numbers. */
function sameFindings(db: Db, n: number, findings: readonly FindingRecord[]): boolean {
  const rows = db.all('SELECT record FROM findings WHERE document = ? ORDER BY start', [n])
  return (
    rows.length === findings.length && rows.every(({ record }, i) => record === JSON.stringify(findings[i]))
  )
}

/** Ranges that are no ranges of this text, out of order, or overlapping. */
function misfitOf(text: string, findings: readonly FindingRecord[]): ReviewProblem | undefined {
  let at = 0
  for (const finding of findings) {
    const { start, end } = finding
    if (!(Number.isSafeInteger(start) && start >= at && end > start && end <= text.length))
      return anotherText(finding)
    const longest = Math.max(finding.surface.length, ...finding.suggestions.map((one) => one.text.length))
    if (longest > MAX_WORDING_UNITS)
      return {
        message: `a wording at ${start} has ${longest} units, more than ${MAX_WORDING_UNITS}`,
        fix: 'scan the text again: findings are a few words long',
      }
    at = end
  }
  return undefined
}

/** Does the wording stand where the record says? White space may differ where tags part the words. */
function reads({ surface }: FindingRecord, { tokens }: Placed): boolean {
  const squeezed = (text: string): string => text.replaceAll(/\s/g, '')
  return tokens.length > 0 && squeezed(tokens.map((token) => token.surface).join('')) === squeezed(surface)
}

function anotherText({ start, end, surface }: FindingRecord): ReviewProblem {
  return {
    message: `the text does not have ${JSON.stringify(surface.slice(0, 60))} at ${start} to ${end}: it is not the one that was scanned`,
    fix: 'scan the text again, or name the right one with --text',
  }
}
