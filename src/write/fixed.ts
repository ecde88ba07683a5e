/**
 * A restored document to its record: {id, text, applied}.
 *
 * In: the fixed text and the fixes that were applied, as restoring gave them. Out: plain data, one
 * record per input record. Offsets are those of the text as given, not of the fixed one: they are
 * what a reader can look up in the source.
 */
import { lineColumn } from '../document/position.ts'
import type { Problem, Span } from '../types.ts'
import { problemRecord, RECORD_VERSION, type RecordId, rounded } from './record.ts'

/** One fix that was carried out. `text` replaced `surface` at `span` of the text as given. */
export interface Applied {
  readonly span: Span<'text'>
  readonly surface: string
  readonly text: string
  readonly probability: number
  readonly confidence: number
}

export interface AppliedRecord {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
  readonly surface: string
  readonly text: string
  readonly probability: number
  readonly confidence: number
}

export interface FixedRecord {
  readonly version: typeof RECORD_VERSION
  readonly id: RecordId
  /** The whole document with the fixes in it; `null` where the input could not be read. */
  readonly text: string | null
  readonly applied: readonly AppliedRecord[]
  readonly problems: readonly Problem[]
}

/** The record of a restored document; `given` is its text before the fixes. */
export function fixedRecord(
  id: RecordId,
  given: string,
  text: string,
  applied: readonly Applied[],
  problems: readonly Problem[],
): FixedRecord {
  const place = applied.length > 0 ? lineColumn(given) : undefined
  return {
    version: RECORD_VERSION,
    id,
    text,
    applied: applied.map((fix) => {
      const { line, column } = place?.(fix.span.start) ?? { line: 1, column: 1 }
      return {
        start: fix.span.start,
        end: fix.span.end,
        line,
        column,
        surface: fix.surface,
        text: fix.text,
        probability: rounded(fix.probability),
        confidence: rounded(fix.confidence),
      }
    }),
    problems: problems.map(problemRecord),
  }
}

/** The record of an input that could not be read: there is no text to give back. */
export function failedFixedRecord(id: RecordId, problems: readonly Problem[]): FixedRecord {
  return { version: RECORD_VERSION, id, text: null, applied: [], problems: problems.map(problemRecord) }
}
