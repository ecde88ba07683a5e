/**
 * Steps of a run to batches that are worth sending: handing one short document at a time to a thread
 * costs ten times as much as handing over 64.
 */
import type { ReadRecord } from './settings.ts'
import type { BatchRecord } from './shapes.ts'

/** What happens next in the run, in input order, across shards. */
export type Step<Shard> =
  | {
      readonly kind: 'record'
      readonly shard: Shard
      readonly record: BatchRecord
      /** Id of the record that has the answer to this one, too. */
      readonly duplicateOf?: string
    }
  | { readonly kind: 'end'; readonly shard: Shard }

export interface Batch<Shard> {
  readonly steps: readonly Step<Shard>[]
  /** The documents among the steps that want an answer, in order. */
  readonly documents: readonly ReadRecord[]
}

/** Enough that handing over costs nothing beside the work; few enough that all threads are busy and a stop is soon. */
const DOCUMENTS = 64
/** Bytes of documents, or UTF-16 units where they are text already. */
const SIZE = 1 << 14

/** Batches of at most 64 documents; a batch ends with the document that brings it to 16 kB. */
export async function* batches<Shard>(steps: AsyncIterable<Step<Shard>>): AsyncGenerator<Batch<Shard>> {
  let held: Step<Shard>[] = []
  let documents: ReadRecord[] = []
  let size = 0
  for await (const step of steps) {
    held.push(step)
    if (step.kind === 'record' && wantsAnswer(step)) {
      documents.push(step.record)
      size += step.record.content.length
    }
    // Records that failed are steps as well: a file of nothing else must not be held as a whole.
    if (held.length < 2 * DOCUMENTS && documents.length < DOCUMENTS && size < SIZE) continue
    yield { steps: held, documents }
    held = []
    documents = []
    size = 0
  }
  if (held.length > 0) yield { steps: held, documents }
}

export function wantsAnswer<Shard>(
  step: Extract<Step<Shard>, { kind: 'record' }>,
): step is Extract<Step<Shard>, { kind: 'record' }> & { readonly record: ReadRecord } {
  return step.record.state === 'read' && step.duplicateOf === undefined
}
