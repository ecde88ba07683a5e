/**
 * The outputs of one shard: they grow together, piece by piece, and get their names together.
 *
 * In: for each record, what it adds to each output. After some records the pieces are written, then
 * synced, then marked in the journal; a run that is killed anywhere in between goes on at the last mark,
 * with every output cut to what it was then. Where pieces end depends on the shard alone, so that a
 * resumed run gives the same bytes as one that was never stopped.
 */
import { assemble, type Whole } from './assemble.ts'
import { compressed } from './compress.ts'
import { BatchError } from './failure.ts'
import {
  type InputStamp,
  type JournalWriter,
  journalPath,
  type Mark,
  openJournal,
  readJournal,
  removeJournal,
} from './journal.ts'
import {
  complete,
  type Disk,
  openPart,
  type PartFile,
  partPath,
  partSize,
  removed,
  sizeOf,
} from './part-file.ts'
import type { Compression, ReadPosition } from './shapes.ts'

export interface Output {
  /** Absolute, without ".part". */
  readonly path: string
  readonly compression: Compression
  /** What its parts are joined to in the end, when they go; without it, the output gets its name. */
  readonly becomes?: Whole
}

/** The results come first: when they have their name, the shard is done. */
export type Outputs = readonly [results: Output, ...others: Output[]]

/** How far the shard has come in an earlier run. */
export type Progress =
  | { readonly state: 'done' }
  /** `mark` is undefined where there is nothing to go on with. */
  | { readonly state: 'open'; readonly mark: Mark | undefined }

/** A piece is written after this many records, or this many bytes of input. */
const PIECE_RECORDS = 64
const PIECE_INPUT = 1 << 18
/** More of one record is written before the record is complete, bytes. */
const MOST_HELD = 1 << 21

/** What an earlier run left of a shard. @throws BatchError where its input is not the same any more */
export async function progressOf(outputs: Outputs, name: string, stamp: InputStamp): Promise<Progress> {
  const [results] = outputs
  const path = journalPath(results.path)
  if ((await sizeOf(results.path)) !== undefined && (await sizeOf(partPath(results.path))) === undefined) {
    // Left behind by a run that ended between the two steps.
    await removeParts(outputs)
    await removeJournal(path)
    return { state: 'done' }
  }
  const journal = await readJournal(path)
  if (journal === undefined) return { state: 'open', mark: undefined }
  if (journal.stamp.size !== stamp.size || journal.stamp.modified !== stamp.modified) {
    throw new BatchError(
      'failed',
      `${name}: changed since the run began`,
      'start again with another --out; half of its results are of the file as it was',
    )
  }
  const sizes: number[] = []
  for (const output of outputs) sizes.push(await partSize(output.path))
  const isThere = (mark: Mark): boolean =>
    mark.bytes.length === sizes.length && mark.bytes.every((length, i) => length <= (sizes[i] ?? 0))
  return { state: 'open', mark: journal.marks.findLast(isThere) }
}

/** Where reading goes on. */
export const positionAfter = (mark: Mark | undefined): ReadPosition =>
  mark === undefined
    ? { number: 0, offset: 0, line: 1 }
    : {
        number: mark.records,
        offset: mark.offset,
        ...(mark.line !== undefined && { line: mark.line }),
      }

/** Parts that were joined; only when the results have their name are they not asked for again. */
async function removeParts(outputs: Outputs): Promise<void> {
  for (const { path, becomes } of outputs) if (becomes !== undefined) await removed(partPath(path))
}

export interface ShardWriter {
  /** Adds to each output, in their order; belongs to the record that is done next. */
  append(pieces: readonly (string | Uint8Array)[]): Promise<void>
  /** The record in hand is complete; reading goes on at `next`. */
  recordDone(place: { readonly next: number; readonly nextLine?: number | undefined }): Promise<void>
  /** Writes what is left and gives the outputs their names. */
  finish(): Promise<void>
  /** Writes and marks what is there; the shard can be gone on with. */
  pause(): Promise<void>
  /** Closes the files as they are, after an error. */
  abandon(): Promise<void>
}

/** Goes on at `mark`, or begins. @throws BatchError when the disk refuses, as every method does */
export async function openShard(
  outputs: Outputs,
  stamp: InputStamp,
  mark: Mark | undefined,
  disk: Disk,
): Promise<ShardWriter> {
  const files: PartFile[] = []
  for (const [i, { path }] of outputs.entries()) files.push(await openPart(path, mark?.bytes[i] ?? 0, disk))
  const path = journalPath(outputs[0].path)
  const marks = mark === undefined ? [] : [mark]
  const journal: JournalWriter = await openJournal(path, { stamp, marks })
  const pending = outputs.map((): Buffer[] => [])
  const held = outputs.map(() => 0)
  let reached = { ...positionAfter(mark) }
  let marked = reached

  /** Writes what is held for an output; it counts when it is marked. */
  async function spill(i: number): Promise<void> {
    const piece = Buffer.concat(pending[i] ?? [])
    pending[i] = []
    held[i] = 0
    if (piece.length > 0) await files[i]?.add(await compressed(piece, outputs[i]?.compression ?? 'none'))
  }

  async function flush(): Promise<void> {
    for (const i of outputs.keys()) await spill(i)
    await Promise.all(files.map((file) => file.sync()))
    const { number: records, offset, line } = reached
    const bytes = files.map(({ size }) => size)
    await journal.add({ records, offset, ...(line !== undefined && { line }), bytes })
    marked = reached
  }

  async function close(): Promise<void> {
    await journal.close()
    for (const file of files) await file.close()
  }

  return {
    async append(pieces) {
      for (const [i, piece] of pieces.entries()) {
        // Copied: a part may lie in memory that is filled again.
        pending[i]?.push(typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece))
        held[i] = (held[i] ?? 0) + piece.length
        if ((held[i] ?? 0) >= MOST_HELD) await spill(i)
      }
    },
    async recordDone({ next, nextLine }) {
      reached = {
        number: reached.number + 1,
        offset: next,
        ...(nextLine !== undefined && { line: nextLine }),
      }
      const isFull = reached.number - marked.number >= PIECE_RECORDS || next - marked.offset >= PIECE_INPUT
      if (isFull) await flush()
    },
    async finish() {
      for (const [i, file] of files.entries()) {
        await spill(i)
        // Nothing at all is no gzip file.
        const { compression } = outputs[i] ?? { compression: 'none' }
        if (file.size === 0) await file.add(await compressed(new Uint8Array(0), compression))
        await file.sync()
      }
      await close()
      for (const output of outputs.toReversed()) {
        const { path: whole, compression, becomes } = output
        if (becomes === undefined) await complete(whole)
        else await assemble({ path: partPath(whole), compression }, becomes, disk)
      }
      await removeParts(outputs)
      await removeJournal(path)
    },
    async pause() {
      if (reached.number > marked.number) await flush()
      await close()
    },
    async abandon() {
      await close().catch(() => {
        // The error that led here is the one to tell.
      })
    },
  }
}
