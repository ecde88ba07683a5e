/**
 * What `batch fix` changed in a shard, one change a line, so that it can be read and undone.
 *
 *   {"version":1,"shard":…,"container":…,"compression":…}           first line
 *   {"shard":…,"record":…,"id":…,"start":…,"end":…,"before":…,"after":…,"at":…}
 *   {"shard":…,"end":true,"bytes":…}                                last line
 *
 * `start` and `end` count UTF-16 units of the record's text as given. `at` is the byte of the
 * decompressed input where the change begins; `was` and `now` are the bytes there and those written
 * instead, base64, left out where they are `before` and `after` in UTF-8. A change without `at` was
 * written together with the one before it.
 */

import { jsonLine } from '../write/jsonl.ts'
import type { RecordId } from '../write/record.ts'
import type { InputFile } from './shapes.ts'
import type { ByteEdit } from './text-place.ts'

export interface LogHead {
  readonly shard: string
  readonly container: InputFile['container']
  readonly compression: InputFile['compression']
}

/** What undoing needs of a line. */
export type LogEntry =
  | ({ readonly kind: 'head' } & LogHead)
  | { readonly kind: 'edit'; readonly at: number; readonly was: Buffer; readonly now: Buffer }
  /** Told for people only. */
  | { readonly kind: 'remark' }
  /** `bytes`: length of the decompressed input. */
  | { readonly kind: 'end'; readonly bytes: number }

export const LOG_VERSION = 1

export const logHead = ({ name, container, compression }: InputFile): string =>
  jsonLine({ version: LOG_VERSION, shard: name, container, compression })

export const logEnd = ({ name }: InputFile, bytes: number): string =>
  jsonLine({ shard: name, end: true, bytes })

/** Lines of one edit; `raw` are the bytes of its record, which begin at byte `offset` of the shard. */
export function logEdit(
  { name }: InputFile,
  record: { readonly number: number; readonly id: RecordId },
  raw: Uint8Array,
  offset: number,
  edit: ByteEdit,
): string {
  const [first, ...joined] = edit.changes
  const was = Buffer.from(raw.subarray(edit.at, edit.at + edit.length))
  const now = Buffer.from(edit.bytes)
  const apart = joined.length === 0
  const bytes = {
    at: offset + edit.at,
    ...(!(apart && was.equals(Buffer.from(first.before))) && { was: was.toString('base64') }),
    ...(!(apart && now.equals(Buffer.from(first.after))) && { now: now.toString('base64') }),
  }
  return edit.changes
    .map((change, i) =>
      jsonLine({
        shard: name,
        record: record.number,
        id: record.id,
        start: change.start,
        end: change.end,
        before: change.before,
        after: change.after,
        ...(i === 0 && bytes),
      }),
    )
    .join('')
}

/** A line of a log, which may have been written by anybody; undefined where it is none. */
export function logEntry(line: string): LogEntry | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  const fields: ReadonlyMap<string, unknown> = new Map(
    typeof value === 'object' && value !== null ? Object.entries(value) : [],
  )
  const shard = fields.get('shard')
  if (typeof shard !== 'string') return undefined
  if (fields.has('version')) {
    const container = CONTAINERS.find((known) => known === fields.get('container'))
    const compression = COMPRESSIONS.find((known) => known === fields.get('compression'))
    if (fields.get('version') !== LOG_VERSION || container === undefined || compression === undefined)
      return undefined
    return { kind: 'head', shard, container, compression }
  }
  if (fields.get('end') === true) {
    const bytes = count(fields.get('bytes'))
    return bytes === undefined ? undefined : { kind: 'end', bytes }
  }
  if (!fields.has('at')) return { kind: 'remark' }
  const at = count(fields.get('at'))
  const was = bytesOf(fields.get('was'), fields.get('before'))
  const now = bytesOf(fields.get('now'), fields.get('after'))
  return at === undefined || was === undefined || now === undefined
    ? undefined
    : { kind: 'edit', at, was, now }
}

const CONTAINERS = ['document', 'jsonl', 'csv', 'warc'] as const
const COMPRESSIONS = ['none', 'gzip', 'zstd'] as const

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

function bytesOf(base64: unknown, text: unknown): Buffer | undefined {
  if (typeof base64 === 'string') return Buffer.from(base64, 'base64')
  return base64 === undefined && typeof text === 'string' ? Buffer.from(text) : undefined
}
