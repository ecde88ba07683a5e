/**
 * Columns of whole numbers in a compiled dictionary, as narrow as their values allow.
 *
 * In: numbers when compiling, the stored sections when running. Out: sections; number `at`. A plain column
 * is as wide as its largest number. Ascending numbers (offsets, first indices) take half of that: each is
 * its distance from the first of its block. Both are read in place, so loading parses nothing.
 */

export type Numbers = Uint8Array | Uint16Array | Uint32Array

export interface Section {
  readonly name: string
  readonly bytes: Uint8Array
  /** Bytes of one number; 1 for text. */
  readonly width: 1 | 2 | 4
}

/** Integers 0 ≤ n < 2³². */
export function numberSection(name: string, values: ArrayLike<number>): Section {
  let largest = 0
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i] as number) // i < length
  const width = largest < 0x100 ? 1 : largest < 0x10000 ? 2 : 4
  const Type = width === 1 ? Uint8Array : width === 2 ? Uint16Array : Uint32Array
  return { name, bytes: new Uint8Array(Type.from(values).buffer), width }
}

/** Numbers that never fall, 0 ≤ n < 2³². */
export interface Ascending {
  readonly length: number
  /** Number `at`, 0 ≤ at < length. */
  at(at: number): number
}

/** 64 to a block: distances stay below 65,536, and the firsts cost a sixteenth of a byte for each number. */
const BLOCK_BITS = 6

const firstsOf = (name: string): string => `${name}.firsts`

/** Two sections that `ascending(…, name)` reads; `values` never fall. */
export function ascendingSections(name: string, values: readonly number[]): readonly [Section, Section] {
  const firsts = values.filter((_, at) => at % (1 << BLOCK_BITS) === 0)
  const distances = values.map((value, at) => value - (firsts[at >>> BLOCK_BITS] ?? 0))
  return [numberSection(name, distances), numberSection(firstsOf(name), firsts)]
}

export function ascending(numbers: (name: string) => Numbers, name: string): Ascending {
  const distances = numbers(name)
  const firsts = numbers(firstsOf(name))
  return {
    length: distances.length,
    at: (at) => (firsts[at >>> BLOCK_BITS] as number) + (distances[at] as number), // at < length
  }
}
