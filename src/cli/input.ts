/**
 * One thing to answer, on its way from a name on the command line to a record.
 *
 * Either it was read, as bytes (the engine decodes them) or as the text of a JSON record, or it failed
 * and says why: failures travel with the rest so that answers keep the order of what was asked.
 */
import type { Problem } from '../index.ts'
import type { RecordId } from '../write/record.ts'

export type Input =
  | {
      readonly state: 'read'
      readonly id: RecordId
      /** For messages and diffs: a path, or FILE:LINE. */
      readonly name: string
      readonly content: Uint8Array | string
      readonly origin: 'stdin' | 'record' | FileStamp
    }
  | { readonly state: 'failed'; readonly id: RecordId; readonly problem: Problem }

/** What a file was when it was read; `fix --write` refuses to replace a file that is no longer that. */
export interface FileStamp {
  readonly path: string
  readonly size: number
  readonly modified: number
  readonly inode: number
}
