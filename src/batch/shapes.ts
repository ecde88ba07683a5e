/**
 * The shapes that pass between the parts of a batch run; nothing here runs (but one constant).
 *
 *   InputFile[] -> BatchRecord (in input order) -> Answer -> results file, change log, cleaned file
 *
 * One input file is one shard. A record knows its number in the shard and the place of its text there,
 * so that an answer can be written back without reading the rest again.
 */
import type { AppliedFix, InputFormat, Problem } from '../index.ts'
import type { RecordId } from '../write/record.ts'
import type { Format } from '../write/renderer.ts'

/** What one input file holds. `text` kinds are one document a file; the others many. */
export type Container = 'document' | 'jsonl' | 'csv' | 'warc'
/** Forms a run can write besides its lines of JSON. */
export type FurtherForm = Exclude<Format, 'pretty' | 'jsonl'>
export type Compression = 'none' | 'gzip' | 'zstd'

/** One input file, found from the arguments; a shard of the run. */
export interface InputFile {
  /** As shown and as used for output names: relative to the folder it was found in, `/` between parts, no `..`. */
  readonly name: string
  /** Absolute. `-` is standard input. */
  readonly path: string
  readonly container: Container
  readonly compression: Compression
}

/** `next` of a shard's last record where nothing behind it can be read: going on from here gives no record. */
export const END_OF_SHARD = Number.MAX_SAFE_INTEGER

/** Where a reader may go on. All counts are of the decompressed shard. */
export interface ReadPosition {
  /** Number of the record that comes next. */
  readonly number: number
  /** Its first byte: `next` of the record before. */
  readonly offset: number
  /** `nextLine` of the record before. Without it, lines before `offset` are counted again, which costs a pass. */
  readonly line?: number
}

/** A document as it lies in its shard, or why it cannot be read. Numbers count from 0 without gaps. */
export type BatchRecord =
  | {
      readonly state: 'read'
      readonly number: number
      readonly id: RecordId
      /** File name for the format, where there is one. */
      readonly name?: string
      readonly format: InputFormat | 'auto'
      /** Undecoded bytes, or the text of a field. */
      readonly content: Uint8Array | string
      /** Encoding told by a header, where there is one. */
      readonly encoding?: string
      /** First byte of this record in the decompressed shard; the end of the record before where left out. */
      readonly start?: number
      /** First byte after this record in the decompressed shard: where a reader may go on. */
      readonly next: number
      /** Line that stands at `next`, from 1, in containers that have lines. */
      readonly nextLine?: number
    }
  | {
      readonly state: 'failed'
      readonly number: number
      readonly id: RecordId
      readonly problem: Problem
      readonly start?: number
      readonly next: number
      readonly nextLine?: number
    }

/** What a worker gives back for a record. */
export interface Answer {
  readonly number: number
  /** A line of the results file: the JSON of an AnalysisRecord or FixedRecord, without line end. */
  readonly line: string
  /** In a further form, where one is asked for: what joins to its file. */
  readonly part?: string
  readonly label: 'clean' | 'doubtful' | 'spun' | 'failed'
  /** Only for `fix`: the restored text where something was applied. */
  readonly text?: string
  readonly applied?: readonly AppliedFix[]
}
