/**
 * Token keys to ids: a hash table that lies ready in the compiled dictionary.
 *
 * In: the list of keys when compiling, the stored table when running. Out: slots; an id for a key. No Map
 * is filled when a dictionary is loaded and no key is decoded when one is asked for, so that loading
 * costs nothing and a further thread no memory.
 */
import type { Texts } from './layout.ts'
import type { Numbers } from './numbers.ts'

/** Free slots for 100 keys: the fewer, the longer the way of a key that no pattern has. */
const SLACK = 50

/** Slots of a table for `keys`: index + 1 of the key that lies there, 0 where none does. */
export function keySlots(keys: readonly string[]): Uint32Array {
  let size = 16
  while (size * 100 < keys.length * (100 + SLACK)) size *= 2
  const slots = new Uint32Array(size)
  for (const [at, key] of keys.entries()) {
    let slot = hashOf(key) & (size - 1)
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1)
    slots[slot] = at + 1
  }
  return slots
}

/** Index of `key` in the list that `slots` was made for; −1 when it is not there. */
export function keyIndex(slots: Numbers, keys: Texts, key: string): number {
  const mask = slots.length - 1
  for (let slot = hashOf(key) & mask; ; slot = (slot + 1) & mask) {
    const found = slots[slot] as number // in range by the mask; a third of the slots is free
    if (found === 0) return -1
    if (keys.equals(found - 1, key)) return found - 1
  }
}

/** FNV-1a over UTF-16 units, its high bits folded into the low ones that choose the slot. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return hash ^ (hash >>> 15)
}
