/**
 * Bucketed cuckoo hashing: where each item of a hash table goes.
 *
 * In: two possible buckets per item. Out: the item in every slot. An item lies in one of its two
 * buckets of four slots, so that 95 % of the slots can be used and a search looks at two places. What
 * a slot holds is the caller's business (pairs.ts, table.ts).
 */

export const SLOTS = 4
const LOAD = 0.95
const MAX_KICKS = 2_000

/** How many buckets a table for so many items has. */
export const bucketsFor = (items: number): number => Math.ceil(items / LOAD / SLOTS) + 1

/**
 * Item + 1 by slot, 0 = free; undefined when some item found no place and the table must be larger.
 * Deterministic: the random walk is seeded with a constant.
 *
 * @param firsts first bucket by item, 0 … buckets − 1
 * @param seconds second bucket by item
 */
export function cuckoo(firsts: Uint32Array, seconds: Uint32Array, buckets: number): Uint32Array | undefined {
  const holders = new Uint32Array(buckets * SLOTS)
  let random = 0x9d2c5681
  for (let item = 0; item < firsts.length; item++) {
    let homeless = item
    let avoid = -1
    for (let kick = 0; ; kick++) {
      if (kick === MAX_KICKS) return undefined
      const first = firsts[homeless] as number // an item's index, here and in the next line
      const second = seconds[homeless] as number
      const free = Math.max(freeSlot(holders, first), freeSlot(holders, second))
      if (free >= 0) {
        holders[free] = homeless + 1
        break
      }
      random ^= random << 13
      random ^= random >>> 17
      random ^= random << 5
      // Not back into the bucket it was just thrown out of.
      avoid = first === avoid ? second : second === avoid || (random & 4) === 0 ? first : second
      const slot = avoid * SLOTS + (random & 3)
      const evicted = (holders[slot] as number) - 1 // the bucket is full, so somebody was there
      holders[slot] = homeless + 1
      homeless = evicted
    }
  }
  return holders
}

function freeSlot(holders: Uint32Array, bucket: number): number {
  const from = bucket * SLOTS
  for (let slot = from; slot < from + SLOTS; slot++) if (holders[slot] === 0) return slot
  return -1
}

/** A 32-bit hash as a number in 0 … `range` − 1; exact in a double, and cheaper than a division. */
export const scaled = (hash: number, range: number): number => ((hash >>> 0) * range * 2 ** -32) >>> 0
