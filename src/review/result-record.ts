/**
 * Foreign JSON to an analysis record, as `unspin scan --format jsonl` writes it.
 *
 * In: one parsed line. Out: the record with its fields in their documented order, or what is wrong with
 * it; undefined where the line does not claim to be a record (then it may hold a text to be scanned).
 */
import type { Finding, Problem, Verdict } from '../index.ts'
import { type AnalysisRecord, type FindingRecord, RECORD_VERSION } from '../write/record.ts'

const KINDS: readonly Finding['kind'][] = ['word', 'phrase', 'name', 'number', 'insertion', 'markup']
const EVIDENCE = ['entry', 'thesaurus', 'context', 'document', 'form'] as const
const LONGEST_NAME = 200
const MOST_MARKS = 100
const LABELS = ['clean', 'doubtful', 'spun'] as const
const PROBLEMS: readonly Problem['kind'][] = [
  'encoding',
  'binary',
  'empty',
  'too-large',
  'markup',
  'unreadable',
  'record',
  'limit',
]

export function resultRecord(value: unknown): AnalysisRecord | string | undefined {
  if (!isRecord(value) || !Array.isArray(value.findings) || value.verdict === undefined) return undefined
  const { version, id } = value
  if (version !== RECORD_VERSION) return `"version" is ${JSON.stringify(version)}, not ${RECORD_VERSION}`
  if (typeof id !== 'string' && typeof id !== 'number') return '"id" is neither text nor number'
  const judged = verdict(value.verdict)
  if (typeof judged === 'string') return judged
  const findings: FindingRecord[] = []
  for (const [i, one] of value.findings.entries()) {
    const read = finding(one)
    if (typeof read === 'string') return `finding ${i + 1}: ${read}`
    findings.push(read)
  }
  return { version: RECORD_VERSION, id, verdict: judged, findings, problems: problems(value.problems) }
}

function verdict(value: unknown): Verdict | null | string {
  if (value === null) return null
  if (!isRecord(value)) return '"verdict" is no object'
  const label = LABELS.find((one) => one === value.label)
  const { probability, spinRate, density } = value
  if (label === undefined || !isShare(probability) || !isShare(spinRate) || !isNumber(density))
    return '"verdict" has no label, probability, spinRate and density'
  const seen = dialect(value.dialect)
  return { label, probability, spinRate, density, ...(seen !== undefined && { dialect: seen }) }
}

/** What is not understood is left out, as remarks are: it decides nothing. */
function dialect(value: unknown): Verdict['dialect'] {
  if (!isRecord(value)) return undefined
  const { name, title, marks } = value
  if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME) return undefined
  if (typeof title !== 'string' || title.length > LONGEST_NAME || !Array.isArray(marks)) return undefined
  return { name, title, marks: marks.filter((one) => typeof one === 'string').slice(0, MOST_MARKS) }
}

function finding(value: unknown): FindingRecord | string {
  if (!isRecord(value)) return 'it is no object'
  const { start, end, line, column, surface, confidence, inQuotation } = value
  const kind = KINDS.find((one) => one === value.kind)
  if (!isNumber(start) || !isNumber(end)) return '"start" and "end" are no numbers'
  if (typeof surface !== 'string' || surface === '') return '"surface" is no text'
  if (!isShare(confidence)) return '"confidence" is not from 0 to 1'
  if (kind === undefined) return `"kind" is none of ${KINDS.join(', ')}`
  const suggestions = suggestionList(value.suggestions)
  const evidence = evidenceList(value.evidence)
  if (suggestions === undefined) return '"suggestions" are not {text, probability}'
  if (evidence === undefined || evidence.length === 0) return '"evidence" is not {kind, text}, at least one'
  return {
    start,
    end,
    line: isNumber(line) ? line : 1,
    column: isNumber(column) ? column : 1,
    surface,
    confidence,
    kind,
    suggestions,
    evidence,
    inQuotation: inQuotation === true,
  }
}

function suggestionList(value: unknown): FindingRecord['suggestions'] | undefined {
  if (!Array.isArray(value)) return undefined
  const out = value.filter(isRecord).map(({ text, probability }) => ({ text, probability }))
  return out.length === value.length && out.every(isSuggestion) ? out : undefined
}

const isSuggestion = (value: {
  readonly text: unknown
  readonly probability: unknown
}): value is {
  text: string
  probability: number
} => typeof value.text === 'string' && isShare(value.probability)

function evidenceList(value: unknown): FindingRecord['evidence'] | undefined {
  if (!Array.isArray(value)) return undefined
  const out = value.filter(isRecord).flatMap(({ kind, text }) => {
    const known = EVIDENCE.find((one) => one === kind)
    return known === undefined || typeof text !== 'string' ? [] : [{ kind: known, text }]
  })
  return out.length === value.length ? out : undefined
}

/** Remarks only: one that is not understood is left out. */
function problems(value: unknown): Problem[] {
  if (!Array.isArray(value)) return []
  return value.filter(isRecord).flatMap(({ kind, message, fix }) => {
    const known = PROBLEMS.find((one) => one === kind)
    if (known === undefined || typeof message !== 'string' || typeof fix !== 'string') return []
    return [{ kind: known, message, fix }]
  })
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

const isShare = (value: unknown): value is number => isNumber(value) && value >= 0 && value <= 1
