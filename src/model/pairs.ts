/**
 * The bigrams: an exact hash table in 32 bits a slot.
 *
 * Bigrams stop most queries, so a wrong hit here would be answered as a wrong cost; longer n-grams are
 * asked only after the bigram was found. Instead of a fingerprint a slot holds the rest of the pair
 * that its bucket does not tell (quotienting): a pair of ids is shuffled reversibly into a number below
 * words², the bucket is its quotient and the slot keeps the remainder, in 16 bits.
 *
 *   31 … 16 remainder + 1 (0 = free) | 15 in its second bucket | 14 … 0 the caller's payload
 */
import { bucketsFor, cuckoo, SLOTS, scaled } from './cuckoo.ts'

const MAX_RANGE = 65_535

/** How many slots a table of so many pairs takes: enough buckets that the remainders fit 16 bits. */
export const pairSlots = (items: number, words: number): number => SLOTS * leastBuckets(items, words)

const leastBuckets = (items: number, words: number): number =>
  Math.max(bucketsFor(items), Math.ceil((words * words) / MAX_RANGE))

/**
 * A table of pairs. Deterministic.
 *
 * @param firsts first id of each pair; no pair twice
 * @param payloads 15 bits each
 * @param words number of ids, at most 2^18
 */
export function pairTable(
  firsts: Uint32Array,
  seconds: Uint32Array,
  payloads: Uint16Array,
  words: number,
): Uint32Array {
  for (let buckets = leastBuckets(firsts.length, words); ; buckets += Math.ceil(buckets / 400)) {
    const range = rangeOf(words, buckets)
    const homes = new Uint32Array(firsts.length)
    const others = new Uint32Array(firsts.length)
    const rests = new Uint32Array(firsts.length)
    for (let i = 0; i < firsts.length; i++) {
      const key = shuffled(firsts[i] as number, seconds[i] as number, words) // i < length throughout
      const home = Math.floor(key / range)
      const rest = key - home * range
      homes[i] = home
      rests[i] = rest
      others[i] = otherBucket(home, rest, buckets)
    }
    const holders = cuckoo(homes, others, buckets)
    if (holders === undefined) continue
    return holders.map((holder, slot) => {
      if (holder === 0) return 0
      const i = holder - 1
      const away = Math.floor(slot / SLOTS) === homes[i] ? 0 : 0x8000
      return (((rests[i] as number) + 1) * 0x10000 + away + (payloads[i] as number)) >>> 0
    })
  }
}

/** Looks pairs up: the payload, or −1 when the pair is not in the table. Exact; allocates nothing. */
export type PairLookup = (first: number, second: number) => number

/**
 * The lookup of a table. Most questions are about pairs that are not there, and each would wait for two
 * buckets far apart in memory; so 32 bits are kept beside the table for every bucket, a byte a pair. They
 * tell the remainders, modulo 16, of the pairs whose home it is: the low half of those that lie there, the
 * high half of those that lie elsewhere. Four in five misses end at these bits, and a bucket is seldom
 * read for nothing.
 */
export function pairLookup(slots: Uint32Array, words: number): PairLookup {
  const buckets = slots.length >>> 2
  const range = rangeOf(words, buckets)
  const homes = remainders(slots, buckets)
  return (first, second) => {
    const key = shuffled(first, second, words)
    const home = Math.floor(key / range)
    const rest = key - home * range
    const bits = (homes[home] as number) >>> (rest & 15)
    if ((bits & 0x10001) === 0) return -1
    const mark = (rest + 1) << 1
    // Every slot below is in range: both buckets are.
    if ((bits & 1) !== 0)
      for (let at = home << 2, end = at + SLOTS; at < end; at++) {
        const value = slots[at] as number
        if (value >>> 15 === mark) return value & 0x7fff
      }
    if ((bits & 0x10000) !== 0)
      for (let at = otherBucket(home, rest, buckets) << 2, end = at + SLOTS; at < end; at++) {
        const value = slots[at] as number
        if (value >>> 15 === mark + 1) return value & 0x7fff
      }
    return -1
  }
}

/** By home: bit r of the half that tells where, for each pair with a remainder of r modulo 16. */
function remainders(slots: Uint32Array, buckets: number): Uint32Array {
  const out = new Uint32Array(buckets)
  for (let slot = 0; slot < slots.length; slot++) {
    const value = slots[slot] as number // in range, as are the homes below
    if (value === 0) continue
    const rest = (value >>> 16) - 1
    const away = (value >>> 15) & 1
    const home = away === 0 ? slot >>> 2 : homeOf(slot >>> 2, rest, buckets)
    out[home] = (out[home] as number) | (1 << ((rest & 15) + 16 * away))
  }
  return out
}

/** How many pairs share a first bucket. */
const rangeOf = (words: number, buckets: number): number => Math.ceil((words * words) / buckets)

/** A permutation of all pairs, as a number below words²: three rounds of a Feistel network. */
function shuffled(first: number, second: number, words: number): number {
  const b = rotated(second, mixed(first, 0x9e3779b1), words)
  const a = rotated(first, mixed(b, 0x85ebca6b), words)
  return a * words + rotated(b, mixed(a, 0xc2b2ae35), words)
}

/** Moved on by a share of `range` that the hash gives, round the end. */
function rotated(value: number, hash: number, range: number): number {
  const sum = value + scaled(hash, range)
  return sum >= range ? sum - range : sum
}

function mixed(value: number, factor: number): number {
  const product = Math.imul(value + 1, factor)
  return Math.imul(product ^ (product >>> 15), 0x2c1b3c6d)
}

/** Depends on home and remainder alone, and for one remainder is a bijection: the slot tells the pair. */
const otherBucket = (home: number, rest: number, buckets: number): number =>
  rotated(home, mixed(rest, 0x27d4eb2f), buckets)

/** The home of a pair that lies in its other bucket. */
function homeOf(other: number, rest: number, buckets: number): number {
  const moved = other - scaled(mixed(rest, 0x27d4eb2f), buckets)
  return moved < 0 ? moved + buckets : moved
}
