/**
 * What every output format is made of: a start, a part for each document in order, an end.
 *
 * A sheet remembers only what its format needs between two documents (whether a comma is due), so that
 * a run of any length can be written as it goes. It gives text back and writes nowhere.
 */
import type { Analysis, Problem } from '../types.ts'
import type { RecordId } from './record.ts'

/** One document with its answer. */
export interface Answered {
  readonly id: RecordId
  /** For diffs: a path, or FILE:LINE. */
  readonly name: string
  readonly analysis: Analysis
  /** The text with the safe fixes in it; asked for by `diff` only. */
  readonly restored?: string
}

export interface Sheet {
  start(): string
  document(answered: Answered): string
  /** An input that could not be read: it has no answer, but takes its place. */
  failed(id: RecordId, problem: Problem): string
  end(): string
}
