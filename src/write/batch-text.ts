/**
 * The sums of a batch run as a person reads them in a terminal.
 *
 * In: a BatchSummary, which is also what summary.json holds. Out: some twenty lines. Foreign texts are
 * made harmless.
 */
import type { Problem } from '../types.ts'
import type { RecordId } from './record.ts'
import { shortened, visible } from './visible.ts'

export interface BatchSummary {
  readonly version: 1
  readonly action: 'scan' | 'fix'
  /** Inputs whose records are counted here. */
  readonly shards: number
  /** Records: those that failed and duplicates included. */
  readonly documents: number
  readonly labels: {
    readonly clean: number
    readonly doubtful: number
    readonly spun: number
    readonly failed: number
  }
  /** Documents with at least one finding. */
  readonly flagged: number
  /** Documents that stand for an earlier one; in no label. */
  readonly duplicates: number
  /** Inputs that could not be opened. */
  readonly unreadInputs: number
  readonly findings: number
  /** `fix`: places changed. */
  readonly changed?: number
  /** Documents by findings per 1,000 words; `to` is not in the bin, null is no limit. */
  readonly density: readonly {
    readonly from: number
    readonly to: number | null
    readonly documents: number
  }[]
  /** Most frequent first; a count may be too high by `error`. */
  readonly phrases: readonly {
    readonly surface: string
    readonly suggestion: string
    readonly count: number
    readonly error: number
  }[]
  readonly problems: {
    readonly byKind: readonly { readonly kind: string; readonly count: number }[]
    /** The first hundred. */
    readonly first: readonly (Problem & { readonly id: RecordId })[]
  }
}

const PHRASES = 10
const PROBLEMS = 5
const WIDTH = 40

export function batchText(summary: BatchSummary): string {
  const { labels, documents, findings, changed, phrases, problems, duplicates, unreadInputs } = summary
  const share = (count: number): string =>
    `${number(count).padStart(12)}  ${documents === 0 ? '' : `${((100 * count) / documents).toFixed(1)} %`}`
  const lines = [
    `documents    ${number(documents).padStart(12)}  in ${number(summary.shards)} ${summary.shards === 1 ? 'input' : 'inputs'}`,
    `  reads clean${share(labels.clean)}`,
    `  doubtful   ${share(labels.doubtful)}`,
    `  likely spun${share(labels.spun)}`,
    ...(duplicates > 0 ? [`  duplicates ${share(duplicates)}`] : []),
    ...(labels.failed > 0 ? [`  no answer  ${share(labels.failed)}`] : []),
    `findings     ${number(findings).padStart(12)}`,
    ...(changed === undefined ? [] : [`changed      ${number(changed).padStart(12)}`]),
    ...(unreadInputs > 0 ? [`inputs that could not be read: ${number(unreadInputs)}`] : []),
  ]
  if (phrases.length > 0) {
    lines.push('', 'most frequent:')
    for (const { surface, suggestion, count } of phrases.slice(0, PHRASES)) {
      lines.push(`${number(count).padStart(10)}  ${short(surface)} -> ${short(suggestion) || '(delete)'}`)
    }
  }
  if (problems.byKind.length > 0) {
    lines.push(
      '',
      `problems: ${problems.byKind.map(({ kind, count }) => `${kind} ${number(count)}`).join(', ')}`,
    )
    for (const { id, message, fix } of problems.first.slice(0, PROBLEMS)) {
      lines.push(`  ${short(String(id))}: ${visible(message)}`, `    fix: ${visible(fix)}`)
    }
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

/** 1234567 as 1,234,567. */
export const number = (value: number): string => value.toLocaleString('en-US')

const short = (text: string): string => visible(shortened(text, WIDTH))
