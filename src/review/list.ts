/**
 * The list of documents: filtered, sorted, a page at a time, and where one goes from a document.
 *
 * In: a query whose values are checked. Out: counts and summaries. Only rows of the page leave the
 * database; every filter has an index, so that a hundred thousand findings are no matter.
 */
import type {
  DocumentSort,
  DocumentSummary,
  DocumentsAnswer,
  FindingKind,
  SessionAnswer,
} from './api-types.ts'
import type { Db, Row, Value } from './database.ts'
import { storable } from './place.ts'
import { VERDICT_COLUMNS, verdictOf } from './verdict-row.ts'

/** `DocumentsQuery` as read from the request. */
export interface ListQuery {
  readonly offset: number
  readonly limit: number
  readonly sort: DocumentSort
  readonly minConfidence: number | undefined
  readonly maxConfidence: number | undefined
  readonly kind: readonly FindingKind[]
  readonly source: readonly string[]
  /** Names of dialects that verdicts have. */
  readonly dialect: readonly string[]
  /** Folded as the findings' wordings are. */
  readonly phrase: string | undefined
  readonly undecided: boolean
  readonly search: string | undefined
}

const ORDER: Readonly<Record<DocumentSort, string>> = {
  name: 'd.name, d.n',
  added: 'd.n',
  probability: 'd.probability DESC NULLS LAST, d.n',
  findings: 'd.findings DESC, d.n',
  undecided: '(d.findings - decided) DESC, d.n',
}

const DECIDED = `coalesce((SELECT r.decided FROM reviewed r WHERE r.reviewer = ? AND r.document = d.n), 0)`
const COLUMNS = ['n', 'name', 'format', 'words', 'findings', ...VERDICT_COLUMNS]
  .map((one) => `d.${one}`)
  .join(', ')

/** One page of the documents that fulfil the query, as `reviewer` sees them. */
export function listDocuments(db: Db, reviewer: string, query: ListQuery): DocumentsAnswer {
  const matching = matchingDocuments(reviewer, query)
  const about = documentFilters(query)
  const rest = about.length === 0 ? '' : `WHERE ${about.map(({ sql }) => sql).join(' AND ')}`
  const values = [...matching.values, ...about.flatMap((one) => one.values)]
  const total = Number(db.get(`SELECT count(*) AS n FROM ${matching.from} ${rest}`, values)?.n ?? 0)
  const rows = db.all(
    `SELECT ${COLUMNS}, ${matching.count} AS matching, ${DECIDED} AS decided FROM ${matching.from} ${rest}
     ORDER BY ${ORDER[query.sort]} LIMIT ? OFFSET ?`,
    [reviewer, ...values, query.limit, query.offset],
  )
  return { total, offset: query.offset, documents: rows.map(summary) }
}

interface Matching {
  /** Documents as `d` that have a matching finding. */
  readonly from: string
  /** How many they have. */
  readonly count: string
  /** Of `from`. */
  readonly values: readonly Value[]
}

function matchingDocuments(reviewer: string, query: ListQuery): Matching {
  const filter = findingFilter(reviewer, query)
  if (filter === undefined) return { from: 'documents d', count: 'd.findings', values: [] }
  // Open places by themselves are counted already: no need to look at every finding.
  if (query.undecided && findingFilter(reviewer, { ...query, undecided: false }) === undefined)
    return {
      from: `(SELECT n AS document, findings - decided AS matching FROM
               (SELECT d.n, d.findings, ${DECIDED} AS decided FROM documents d) WHERE findings > decided) m
             JOIN documents d ON d.n = m.document`,
      count: 'm.matching',
      values: [reviewer],
    }
  return {
    from: `(SELECT f.document, count(*) AS matching FROM findings f WHERE ${filter.sql} GROUP BY f.document) m
           JOIN documents d ON d.n = m.document`,
    count: 'm.matching',
    values: filter.values,
  }
}

export function documentSummary(db: Db, reviewer: string, n: number): DocumentSummary | undefined {
  const row = db.get(
    `SELECT ${COLUMNS}, d.findings AS matching, ${DECIDED} AS decided FROM documents d WHERE d.n = ?`,
    [reviewer, n],
  )
  return row === undefined ? undefined : summary(row)
}

/** Numbers of the neighbours by name, and of the next document, round about, with open findings. */
export function neighbours(
  db: Db,
  reviewer: string,
  { n, name }: Pick<DocumentSummary, 'n' | 'name'>,
): { readonly previous: number | null; readonly next: number | null; readonly nextUndecided: number | null } {
  const found = (row: Row | undefined): number | null => (row === undefined ? null : Number(row.n))
  const open = `d.findings > ${DECIDED}`
  return {
    previous: found(
      db.get('SELECT n FROM documents WHERE (name, n) < (?, ?) ORDER BY name DESC, n DESC LIMIT 1', [
        name,
        n,
      ]),
    ),
    next: found(
      db.get('SELECT n FROM documents WHERE (name, n) > (?, ?) ORDER BY name, n LIMIT 1', [name, n]),
    ),
    nextUndecided: found(
      db.get(`SELECT n FROM documents d WHERE (name, n) > (?, ?) AND ${open} ORDER BY name, n LIMIT 1`, [
        name,
        n,
        reviewer,
      ]) ??
        db.get(`SELECT n FROM documents d WHERE (name, n) < (?, ?) AND ${open} ORDER BY name, n LIMIT 1`, [
          name,
          n,
          reviewer,
        ]),
    ),
  }
}

/** Kinds and sources of all findings and dialects of all documents, most frequent first. */
export function facets(db: Db): SessionAnswer['facets'] {
  const by = (column: 'kind' | 'source'): SessionAnswer['facets']['kind'] =>
    db
      .all(`SELECT ${column} AS value, count(*) AS n FROM findings GROUP BY ${column} ORDER BY n DESC, value`)
      .map(({ value, n }) => ({ value: String(value), findings: Number(n) }))
  const dialect = db
    .all(
      `SELECT dialect AS value, json_extract(max(dialect_seen), '$.title') AS title, count(*) AS n FROM documents
       WHERE dialect IS NOT NULL GROUP BY dialect ORDER BY n DESC, value`,
    )
    .map(({ value, title, n }) => ({ value: String(value), title: String(title), documents: Number(n) }))
  return { kind: by('kind'), source: by('source'), dialect }
}

interface Filter {
  readonly sql: string
  readonly values: readonly Value[]
}

/** Conditions on one finding; undefined where the query has none. */
function findingFilter(reviewer: string, query: ListQuery): Filter | undefined {
  const { minConfidence, maxConfidence, kind, source, phrase, undecided } = query
  const parts: Filter[] = [
    ...(minConfidence === undefined ? [] : [{ sql: 'f.confidence >= ?', values: [minConfidence] }]),
    ...(maxConfidence === undefined ? [] : [{ sql: 'f.confidence <= ?', values: [maxConfidence] }]),
    ...(kind.length === 0 ? [] : [{ sql: `f.kind IN (${marks(kind)})`, values: kind }]),
    ...(source.length === 0 ? [] : [{ sql: `f.source IN (${marks(source)})`, values: source }]),
    ...(phrase === undefined ? [] : [{ sql: 'f.surface = ?', values: [phrase] }]),
    ...(undecided
      ? [
          {
            sql: 'NOT EXISTS (SELECT 1 FROM current c WHERE c.finding = f.finding AND c.reviewer = ?)',
            values: [reviewer],
          },
        ]
      : []),
  ]
  if (parts.length === 0) return undefined
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) }
}

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ')

/** Conditions on the document itself. */
function documentFilters({ dialect, search }: ListQuery): Filter[] {
  return [
    ...(dialect.length === 0 ? [] : [{ sql: `d.dialect IN (${marks(dialect)})`, values: dialect }]),
    ...(search === undefined ? [] : [searchFilter(search)]),
  ]
}

function searchFilter(search: string): Filter {
  const like = `%${storable(search).replaceAll(/[\\%_]/g, '\\$&')}%`
  return {
    sql: `(d.name LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM texts x WHERE x.document = d.n AND x.text LIKE ? ESCAPE '\\'))`,
    values: [like, like],
  }
}

function summary(row: Row): DocumentSummary {
  return {
    n: Number(row.n),
    name: String(row.name),
    format: row.format as DocumentSummary['format'], // written by documents.ts
    verdict: verdictOf(row),
    words: Number(row.words),
    findings: Number(row.findings),
    decided: Number(row.decided),
    matching: Number(row.matching),
  }
}
