/**
 * A bounded memory of values by number.
 *
 * Numbers lie anywhere in a wide range and few of them are asked for, again and again. The values stand in
 * blocks that are made when one of theirs is; a Map takes three times as long to answer.
 */
export interface Remembered<Value> {
  /** Undefined for what was never set, or is forgotten. */
  get(number: number): Value | undefined
  /** `number` ≥ 0 has no value now. */
  set(number: number, value: Value): void
}

const BLOCK_BITS = 6
const BLOCK = 1 << BLOCK_BITS

/** Keeps up to `most` values; one more, and all before it are forgotten. */
export function remembered<Value>(most: number): Remembered<Value> {
  const blocks: (Value | undefined)[][] = []
  let size = 0
  return {
    get: (number) => blocks[number >> BLOCK_BITS]?.[number & (BLOCK - 1)],
    set(number, value) {
      if (size >= most) {
        blocks.length = 0
        size = 0
      }
      size += 1
      const at = number >> BLOCK_BITS
      while (blocks.length <= at) blocks.push([])
      const block = blocks[at] as (Value | undefined)[] // pushed above
      while (block.length < BLOCK) block.push(undefined)
      block[number & (BLOCK - 1)] = value
    },
  }
}
