/**
 * What passes between `unspin serve` and the threads that read texts; nothing here runs.
 */
import type { ModelFiles } from '../index.ts'
import type { InputFormat } from '../types.ts'
import type { RecordId } from '../write/record.ts'

/** One text to answer. `report` gives the HTML page, the others a record as JSON. */
export interface Job {
  readonly kind: 'scan' | 'fix' | 'report'
  readonly id: RecordId
  readonly content: string | Uint8Array
  readonly format: InputFormat | 'auto'
  /** Character encoding of bytes, where a header tells it. */
  readonly encoding?: string
  readonly minConfidence?: number
  /** For `fix`. */
  readonly applyAbove?: number
}

/** How all texts are read, whoever sends them. */
export interface ReadSetting {
  /** Wordings never flagged, lower case. */
  readonly allow: readonly string[]
  readonly minConfidence?: number
  readonly applyAbove?: number
  /** Of the program; reports name it. */
  readonly version: string
}

/** What a thread is started with. */
export interface WorkerSetting extends ReadSetting {
  /** Shared by all threads; null only for threads that bring their own knowledge. */
  readonly files: ModelFiles | null
}

/** From a thread: once that it is ready or why not, then an answer to every job. */
export type WorkerMessage =
  | { readonly state: 'ready' }
  | { readonly state: 'unusable'; readonly message: string; readonly fix: string }
  /** Body of the answer: JSON or HTML. */
  | { readonly state: 'answered'; readonly body: string }
  | { readonly state: 'failed'; readonly message: string }

/** What became of a job. */
export type Outcome =
  | { readonly state: 'answered'; readonly body: string }
  /** The queue is full. */
  | { readonly state: 'busy' }
  /** It waited, or was read, for longer than allowed. */
  | { readonly state: 'too-late'; readonly while: 'waiting' | 'reading' }
  /** The thread failed on it; a new one takes its place. */
  | { readonly state: 'failed'; readonly message: string }
  /** No thread can be started, or the server is being closed. */
  | { readonly state: 'closed' }
