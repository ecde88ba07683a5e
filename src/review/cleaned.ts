/**
 * Documents with the decisions in them.
 *
 * In: the stored text and what each finding has now. Out: the cleaned text, written back as the engine
 * writes its own fixes. Where reviewers differ, the latest decision counts; what nobody accepted or
 * retyped stays as it was.
 */
import { applyChosen, readable } from '../index.ts'
import type { RecordId } from '../write/record.ts'
import type { Db } from './database.ts'
import { type StoredDocument, storedDocument } from './documents.ts'
import { ReviewRefusal } from './problem.ts'

export interface Cleaned {
  readonly document: StoredDocument
  readonly text: string
  /** Places changed. */
  readonly changed: number
  /** Where every decided place stands in the cleaned text, by start. */
  readonly decided: readonly DecidedPlace[]
}

/** A place that was decided, in the text before and after. */
export interface DecidedPlace {
  readonly before: Range
  readonly after: Range
  readonly state: 'changed' | 'kept'
}

export interface Range {
  readonly start: number
  readonly end: number
}

export interface Fix {
  readonly finding: number
  readonly start: number
  readonly end: number
  /** As it stood in the text. */
  readonly spun: string
  /** Empty deletes. */
  readonly text: string
}

/** @throws ReviewRefusal for a number that no document has */
export function cleanedDocument(db: Db, n: number): Cleaned {
  const document = storedDocument(db, n)
  if (document === undefined)
    throw new ReviewRefusal({ message: `there is no document ${n}`, fix: 'load the list again' }, 404)
  const all = decidedIn(db, n)
  const fixes = all.filter(isFix)
  const { tokens, format } = readable(document.text, { format: document.format })
  const chosen = fixes.map(({ start, end, text }) => ({ span: { start, end }, text }))
  const { text, places } = applyChosen(document.text, format, tokens, chosen)
  let [next, shift] = [0, 0]
  const decided = all.map((one): DecidedPlace => {
    const before = { start: one.start, end: one.end }
    const written = isFix(one) ? places[next++] : undefined
    if (written === undefined)
      return { before, after: { start: one.start + shift, end: one.end + shift }, state: 'kept' }
    shift = written.end - one.end
    return { before, after: { start: written.start, end: written.end }, state: 'changed' }
  })
  return { document, text, changed: fixes.length, decided }
}

/** Documents by number, all or those of one source; one at a time in memory. */
export function* cleanedDocuments(db: Db, source?: StoredDocument['source']): Generator<Cleaned> {
  for (const n of documentNumbers(db, source)) yield cleanedDocument(db, n)
}

export const documentNumbers = (db: Db, source?: StoredDocument['source']): number[] =>
  db
    .all('SELECT n FROM documents WHERE source = coalesce(?, source) ORDER BY n', [source ?? null])
    .map(({ n }) => Number(n))

/** Accepted and retyped places of a document by start. */
export const fixesOf = (db: Db, n: number): Fix[] => decidedIn(db, n).filter(isFix)

type Decided = Omit<Fix, 'text'> & { readonly text: string | null }

const isFix = (one: Decided): one is Fix => one.text !== null

/** Every place of a document that somebody decided, by start, with the latest decision; null keeps it. */
function decidedIn(db: Db, n: number): Decided[] {
  const latest = new Map<number, Decided>()
  const rows = db.all(
    `SELECT f.finding, f.record, c.action, c.text FROM current c
     JOIN findings f ON f.finding = c.finding JOIN history h ON h.id = c.id
     WHERE c.document = ? ORDER BY f.start, h.at, h.id`,
    [n],
  )
  for (const row of rows) {
    const { start, end, surface } = JSON.parse(String(row.record)) as Place // written by documents.ts
    const finding = Number(row.finding)
    const text = row.text === null ? null : (JSON.parse(String(row.text)) as string)
    latest.set(finding, { finding, start, end, spun: surface, text })
  }
  return [...latest.values()]
}

interface Place {
  readonly start: number
  readonly end: number
  readonly surface: string
}

/** What cleaned documents are called in JSON Lines. */
export interface CleanedRecord {
  readonly id: RecordId
  readonly text: string
}
