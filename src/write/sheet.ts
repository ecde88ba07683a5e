/**
 * What every output format is made of: a part for each document, and a joiner that puts parts in order
 * between a start and an end.
 *
 * A part is made of one document alone, anywhere (a batch run makes them in its threads); all that a
 * format must remember between two documents (whether a comma is due) is the joiner's. So one output of
 * any length can be written as it goes, and looks the same however its parts were made. Text comes back;
 * nothing is written here.
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

/** A format. `number` is the place of a document in its output, from 0. */
export interface Form {
  document(answered: Answered, number: number): string
  /** An input that could not be read: it has no answer, but takes its place. */
  failed(id: RecordId, problem: Problem, number: number): string
  /** A fresh joiner, good for one output, by `version` of the program. */
  joiner(version: string): Joiner
}

/** Parts in the order of their documents to one output. */
export interface Joiner {
  start(): string
  add(part: string): string
  end(): string
}

/** A form that is written as its documents come. */
export interface Sheet {
  start(): string
  document(answered: Answered): string
  failed(id: RecordId, problem: Problem): string
  end(): string
}

/** A sheet for one output in `form`. */
export function sheetOf(form: Form, version: string): Sheet {
  const joiner = form.joiner(version)
  let number = 0
  return {
    start: joiner.start,
    document: (answered) => joiner.add(form.document(answered, number++)),
    failed: (id, problem) => joiner.add(form.failed(id, problem, number++)),
    end: joiner.end,
  }
}

/** Parts one after the other, between a fixed start and a fixed end. */
export const inARow = (start = '', end = ''): Joiner => ({
  start: () => start,
  add: (part) => part,
  end: () => end,
})
