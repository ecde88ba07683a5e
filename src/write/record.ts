/**
 * Analysis to record: the one JSON shape every command, the library and batch runs share.
 *
 * In: an Analysis, or the problems of an input that could not be analysed. Out: plain data, ready for
 * JSON.stringify. Numbers are rounded to four decimals so that two machines print the same bytes;
 * nothing is computed but line and column. Described for readers in docs/formats.md.
 */
import { lineColumn } from '../document/position.ts'
import type { Analysis, Evidence, Finding, Problem, Verdict } from '../types.ts'

/** Raised when a field changes meaning or goes; new fields leave it. */
export const RECORD_VERSION = 1

/** As given in the input; a path, or "file.jsonl:7", where nothing was given. */
export type RecordId = string | number

export interface FindingRecord {
  /** UTF-16 units of the text as given, half open. */
  readonly start: number
  readonly end: number
  /** From 1; the column counts UTF-16 units. */
  readonly line: number
  readonly column: number
  readonly surface: string
  /** Calibrated, 0 to 1. */
  readonly confidence: number
  readonly kind: Finding['kind']
  /** Best first, at most ten; an empty text means: delete. */
  readonly suggestions: readonly { readonly text: string; readonly probability: number }[]
  readonly evidence: readonly Evidence[]
  readonly inQuotation: boolean
}

export interface AnalysisRecord {
  readonly version: typeof RECORD_VERSION
  readonly id: RecordId
  /** `null` where the input could not be read: `problems` says why. */
  readonly verdict: Verdict | null
  /** By start, disjoint. */
  readonly findings: readonly FindingRecord[]
  readonly problems: readonly Problem[]
}

/** Four decimals: finer than any calibration, coarse enough to hide the last bit of a sum. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}

/** The record of an analysis. `id` stands in for the document's own where the input had a number. */
export function record(analysis: Analysis, id: RecordId = analysis.document.id): AnalysisRecord {
  const { document, findings, verdict, problems } = analysis
  // The line table costs a pass over the text: clean documents go without.
  const place = findings.length > 0 ? lineColumn(document.text) : undefined
  return {
    version: RECORD_VERSION,
    id,
    verdict: {
      label: verdict.label,
      probability: rounded(verdict.probability),
      spinRate: rounded(verdict.spinRate),
      density: rounded(verdict.density),
      ...(verdict.dialect !== undefined && { dialect: verdict.dialect }),
    },
    findings: findings.map((finding) => findingRecord(finding, place?.(finding.span.start))),
    problems: problems.map(problemRecord),
  }
}

/** The record of an input that was never analysed, so that outputs stay in step with inputs. */
export function failedRecord(id: RecordId, problems: readonly Problem[]): AnalysisRecord {
  return { version: RECORD_VERSION, id, verdict: null, findings: [], problems: problems.map(problemRecord) }
}

/** Fields in their documented order, whatever order the problem was built in. */
export function problemRecord({ kind, message, fix }: Problem): Problem {
  return { kind, message, fix }
}

function findingRecord(
  finding: Finding,
  place: { readonly line: number; readonly column: number } | undefined,
): FindingRecord {
  return {
    start: finding.span.start,
    end: finding.span.end,
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    surface: finding.surface,
    confidence: rounded(finding.confidence),
    kind: finding.kind,
    suggestions: finding.suggestions.map(({ text, probability }) => ({
      text,
      probability: rounded(probability),
    })),
    evidence: finding.evidence.map(({ kind, text }) => ({ kind, text })),
    inQuotation: finding.inQuotation,
  }
}
