/**
 * The verdict on a document as columns of its row, and back.
 */
import type { AnalysisRecord } from '../write/record.ts'
import type { Row, Value } from './database.ts'
import { storable } from './place.ts'

/** In the order of `verdictValues`. */
export const VERDICT_COLUMNS = [
  'label',
  'probability',
  'spin_rate',
  'density',
  'dialect',
  'dialect_seen',
] as const

type Verdict = AnalysisRecord['verdict']
type Dialect = NonNullable<NonNullable<Verdict>['dialect']>

export function verdictValues(verdict: Verdict): readonly Value[] {
  if (verdict === null) return VERDICT_COLUMNS.map(() => null)
  const { label, probability, spinRate, density, dialect } = verdict
  const seen = dialect === undefined ? null : JSON.stringify(dialect)
  return [label, probability, spinRate, density, dialect === undefined ? null : storable(dialect.name), seen]
}

/** `row` has VERDICT_COLUMNS. */
export function verdictOf(row: Row): Verdict {
  if (row.label === null) return null
  return {
    label: row.label as NonNullable<Verdict>['label'], // written from verdictValues
    probability: Number(row.probability),
    spinRate: Number(row.spin_rate),
    density: Number(row.density),
    ...(row.dialect_seen !== null && { dialect: JSON.parse(String(row.dialect_seen)) as Dialect }), // as above
  }
}
