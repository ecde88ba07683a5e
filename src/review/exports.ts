/**
 * What leaves a review: each export as a name, a content type and parts of text, one document at a time.
 *
 * The server sends the parts as a download, the command writes them to a file or to standard output.
 */
import { readable, type Token } from '../index.ts'
import { unifiedDiff } from '../write/diff.ts'
import { jsonLine } from '../write/jsonl.ts'
import { allowLines, asRead } from './allow-lines.ts'
import type { ExportName } from './api-types.ts'
import { type CleanedRecord, cleanedDocument, cleanedDocuments, documentNumbers, fixesOf } from './cleaned.ts'
import type { Db } from './database.ts'
import { storedDocument } from './documents.ts'
import { historyLines } from './history.ts'
import { agreement, precision } from './statistics.ts'

export interface Export {
  /** For the download; no path in it. */
  readonly fileName: string
  readonly contentType: string
  readonly parts: Iterable<string>
}

export const EXPORT_NAMES: readonly ExportName[] = [
  'cleaned',
  'patch',
  'decisions',
  'allow',
  'dictionary',
  'agreement',
  'precision',
]

/** `n`: one document only, for cleaned and patch. @throws ReviewRefusal for a number that none has */
export function exported(db: Db, what: ExportName, n?: number): Export {
  const text = 'text/plain; charset=utf-8'
  const lines = 'application/x-ndjson; charset=utf-8'
  const json = 'application/json; charset=utf-8'
  switch (what) {
    case 'cleaned':
      return n === undefined
        ? { fileName: 'cleaned.jsonl', contentType: lines, parts: cleanedLines(db) }
        : { fileName: `cleaned-${n}.txt`, contentType: text, parts: [cleanedDocument(db, n).text] }
    case 'patch':
      return {
        fileName: n === undefined ? 'review.patch' : `review-${n}.patch`,
        contentType: text,
        parts: n === undefined ? patches(db) : [patch(db, n)],
      }
    case 'decisions':
      return { fileName: 'decisions.jsonl', contentType: lines, parts: historyLines(db) }
    case 'allow':
      return { fileName: 'allow.txt', contentType: text, parts: allowLines(db) }
    case 'dictionary':
      return { fileName: 'dictionary.jsonl', contentType: lines, parts: dictionaryLines(db) }
    case 'agreement':
      return { fileName: 'agreement.json', contentType: json, parts: [indented(agreement(db))] }
    case 'precision':
      return { fileName: 'precision.json', contentType: json, parts: [indented(precision(db))] }
  }
}

const indented = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

function* cleanedLines(db: Db): Generator<string> {
  for (const { document, text } of cleanedDocuments(db)) {
    const record: CleanedRecord = { id: document.id, text }
    yield jsonLine(record)
  }
}

function* patches(db: Db): Generator<string> {
  for (const n of documentNumbers(db)) yield patch(db, n)
}

function patch(db: Db, n: number): string {
  const { document, text } = cleanedDocument(db, n)
  return unifiedDiff(document.name, document.text, text)
}

const CONTEXT_TOKENS = 12

/** A line a fix: the words around it, and what stood there. */
function* dictionaryLines(db: Db): Generator<string> {
  for (const n of documentNumbers(db)) {
    const fixes = fixesOf(db, n)
    const document = fixes.length === 0 ? undefined : storedDocument(db, n)
    if (document === undefined) continue
    const { tokens } = readable(document.text, { format: document.format })
    let at = 0
    for (const { start, end, text } of fixes) {
      while (at < tokens.length && (tokens[at] as Token).span.start < start) at += 1
      let behind = at
      while (behind < tokens.length && (tokens[behind] as Token).span.end <= end) behind += 1
      const spun = asRead(tokens.slice(at, behind))
      const within = asRead(tokens.slice(Math.max(0, at - CONTEXT_TOKENS), behind + CONTEXT_TOKENS))
      yield jsonLine({ spun: within, pairs: [{ spun, original: text }] })
    }
  }
}
