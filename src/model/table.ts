/**
 * Trigrams and 4-grams: a hash table that stores 16-bit fingerprints instead of the n-grams.
 *
 * In: two 32-bit hashes per n-gram. Out: a slot number, into which the caller's value columns go. A
 * wrong hit happens once in 8,000 misses; as an n-gram is asked only after its context and its suffix
 * were found (ngrams.ts), that is rare enough, and half the size of exact storage.
 */
import { bucketsFor, cuckoo, SLOTS, scaled } from './cuckoo.ts'

/** Hash lanes of the empty n-gram. Lane A chooses buckets, lane B gives the fingerprint. */
export const LANE_A = 0x2545f491
export const LANE_B = 0x5bd1e995

/** Lane A of an n-gram with `id` put before its first word. Words are added from the last to the first. */
export function laneA(lane: number, id: number): number {
  const mixed = Math.imul(lane ^ (id + 1), 0x9e3779b1)
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) ^ (mixed >>> 13)
}

/** Lane B, as lane A. */
export function laneB(lane: number, id: number): number {
  const mixed = Math.imul(lane ^ (id + 1), 0xc2b2ae35)
  return Math.imul(mixed ^ (mixed >>> 16), 0x27d4eb2f) ^ (mixed >>> 14)
}

/**
 * The slot that holds the n-gram with these lanes, or −1. Allocates nothing.
 *
 * @param fingerprints four a bucket; 0 = free
 */
export function slotOf(fingerprints: Uint16Array, a: number, b: number): number {
  const buckets = fingerprints.length >>> 2
  const mark = fingerprint(b)
  for (let at = scaled(a, buckets) << 2, end = at + SLOTS; at < end; at++) {
    if (fingerprints[at] === mark) return at
  }
  for (let at = scaled(secondHash(a, b), buckets) << 2, end = at + SLOTS; at < end; at++) {
    if (fingerprints[at] === mark) return at
  }
  return -1
}

/** How many slots a table for so many n-grams has. */
export const tableSlots = (items: number): number => SLOTS * bucketsFor(items)

/**
 * Places every n-gram. Deterministic.
 *
 * @param as lane A by n-gram
 * @param bs lane B by n-gram
 * @returns the fingerprints by slot, and the slot by n-gram
 */
export function placed(as: Uint32Array, bs: Uint32Array): { fingerprints: Uint16Array; slots: Uint32Array } {
  for (let buckets = bucketsFor(as.length); ; buckets += Math.ceil(buckets / 400)) {
    const firsts = as.map((a) => scaled(a, buckets))
    const seconds = as.map((a, i) => scaled(secondHash(a, bs[i] ?? 0), buckets))
    const holders = cuckoo(firsts, seconds, buckets)
    if (holders === undefined) continue
    const fingerprints = new Uint16Array(holders.length)
    const slots = new Uint32Array(as.length)
    for (const [slot, holder] of holders.entries()) {
      if (holder === 0) continue
      fingerprints[slot] = fingerprint(bs[holder - 1] ?? 0)
      slots[holder - 1] = slot
    }
    return { fingerprints, slots }
  }
}

/** 1 … 65,535. */
function fingerprint(b: number): number {
  const mark = b >>> 16
  return mark === 0 ? 1 : mark
}

function secondHash(a: number, b: number): number {
  const mixed = Math.imul(a ^ (b << 16) ^ 0x5851f42d, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}
