/**
 * One thing that a review takes in, or why it cannot: what the ways of reading arguments have in common.
 */
import type { Problem } from '../index.ts'
import type { NewDocument } from '../review/documents.ts'
import { isFatal } from '../write/problem.ts'
import type { AnalysisRecord, RecordId } from '../write/record.ts'

export type Failed = { readonly state: 'failed'; readonly id: RecordId; readonly problem: Problem }
export type Reviewable = { readonly state: 'document'; readonly document: NewDocument } | Failed

/** A line that is no record. */
export const failed = (id: RecordId, message: string): Failed => ({
  state: 'failed',
  id,
  problem: { kind: 'record', message, fix: 'make the records with unspin scan --format jsonl' },
})

/** Why a record has nothing to review; undefined where it has an answer. */
export function unanswered({ id, verdict, problems }: AnalysisRecord): Failed | undefined {
  if (verdict !== null && !problems.some(isFatal)) return undefined
  return { state: 'failed', id, problem: problems[0] ?? NOT_JUDGED }
}

const NOT_JUDGED: Problem = {
  kind: 'record',
  message: 'the scan has no verdict on it',
  fix: 'scan it again',
}
