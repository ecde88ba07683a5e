/**
 * Documents that are byte for byte the same as one before.
 *
 * In: the content of each record, in order. Out: where the first one of its kind stands. Of a document 16
 * bytes of its SHA-256 are kept, and its place: 24 bytes each in one table that is at most three quarters
 * full, 32 to 64 bytes a document. At the limit (ten million documents, 0.4 GB) new ones are no longer
 * remembered, and only repetitions of earlier ones are found. Two different documents are taken for the
 * same with a chance of one in 10^24 among ten million. A resumed run feeds it the records before again.
 */
import { createHash } from 'node:crypto'

/** Where a document stands: line `record + 1` of the results of `shard`. */
export interface FirstPlace {
  readonly shard: string
  readonly record: number
}

export interface Deduper {
  /** The place of an equal document seen before; undefined for a new one, which is remembered. */
  seen(content: Uint8Array | string, place: FirstPlace): FirstPlace | undefined
  /** Documents remembered. */
  readonly size: number
  /** The limit was reached: later repetitions may have been missed. */
  readonly full: boolean
}

const DEFAULT_LIMIT = 10_000_000
const FIRST_SLOTS = 1 << 12
/** Four words of the hash, the shard's index plus one (0: an empty slot), the record's number. */
const WORDS = 6

/** @throws nothing; records of a shard beyond number 4,294,967,295 are not remembered */
export function deduper(limit = DEFAULT_LIMIT): Deduper {
  const shards: string[] = []
  const shardIndex = new Map<string, number>()
  let table = new Uint32Array(FIRST_SLOTS * WORDS)
  let size = 0
  let full = false

  /** Index of the slot that holds the hash, or of the empty one where it belongs. */
  const slotOf = (words: Uint32Array, hash: Uint32Array): number => {
    const slots = words.length / WORDS
    let slot = (hash[0] ?? 0) & (slots - 1)
    for (let at = slot * WORDS; words[at + 4] !== 0; at = slot * WORDS) {
      if (hash.every((word, i) => words[at + i] === word)) return at
      slot = (slot + 1) & (slots - 1)
    }
    return slot * WORDS
  }
  const grow = (): void => {
    const larger = new Uint32Array(table.length * 2)
    for (let at = 0; at < table.length; at += WORDS) {
      if (table[at + 4] === 0) continue
      larger.set(table.subarray(at, at + WORDS), slotOf(larger, table.subarray(at, at + 4)))
    }
    table = larger
  }
  const indexOf = (shard: string): number => {
    const known = shardIndex.get(shard)
    if (known !== undefined) return known
    shards.push(shard)
    shardIndex.set(shard, shards.length - 1)
    return shards.length - 1
  }

  return {
    get size() {
      return size
    },
    get full() {
      return full
    },
    seen(content, { shard, record }) {
      const hash = hashWords(content)
      const at = slotOf(table, hash)
      const index = table[at + 4] ?? 0
      if (index !== 0) return { shard: shards[index - 1] ?? '', record: table[at + 5] ?? 0 }
      if (size >= limit || record > 0xffffffff) {
        full = true
        return undefined
      }
      table.set(hash, at)
      table[at + 4] = indexOf(shard) + 1
      table[at + 5] = record
      size += 1
      if (size * WORDS * 4 > table.length * 3) grow()
      return undefined
    },
  }
}

/** What a record's `duplicateOf` says: NAME:LINE, the line of the results that has the answer. */
export const duplicateOf = ({ shard, record }: FirstPlace): string => `${shard}:${record + 1}`

/** The first 128 bits of SHA-256. A text that no UTF-8 can hold is hashed as it lies in memory. */
function hashWords(content: Uint8Array | string): Uint32Array {
  const hash = createHash('sha256')
  if (typeof content !== 'string' || !/\p{Surrogate}/u.test(content)) hash.update(content)
  else hash.update(Buffer.from(content, 'utf16le')).update('utf-16')
  const digest = hash.digest()
  return Uint32Array.from([0, 4, 8, 12], (at) => digest.readUInt32LE(at))
}
