/**
 * The verdict on a document as columns of its row, and back.
 */
import type { AnalysisRecord } from '../write/record.ts'
import type { Row, Value } from './database.ts'

/** In the order of `verdictValues`. */
export const VERDICT_COLUMNS = ['label', 'probability', 'spin_rate', 'density'] as const

type Verdict = AnalysisRecord['verdict']

export function verdictValues(verdict: Verdict): readonly Value[] {
  if (verdict === null) return VERDICT_COLUMNS.map(() => null)
  return [verdict.label, verdict.probability, verdict.spinRate, verdict.density]
}

/** `row` has VERDICT_COLUMNS. */
export function verdictOf(row: Row): Verdict {
  if (row.label === null) return null
  return {
    label: row.label as NonNullable<Verdict>['label'], // written from verdictValues
    probability: Number(row.probability),
    spinRate: Number(row.spin_rate),
    density: Number(row.density),
  }
}
