/**
 * Where a text lies in the bytes of its record, as far as writing changes back needs it.
 *
 * In: bytes, a range of them, how many bytes and UTF-16 units each character of the range takes. Out:
 * the bytes at which given units begin. All bytes that no change touches stay what they are.
 */
import type { Problem } from '../index.ts'
import type { TextChange } from './changes.ts'

/** New bytes for [at, at + length) of a record's bytes. */
export interface ByteEdit {
  readonly at: number
  readonly length: number
  readonly bytes: Uint8Array
  /** What it carries out; several only where they cannot be written apart. */
  readonly changes: readonly [TextChange, ...TextChange[]]
}

export interface TextPlace {
  /** The text as given. */
  readonly text: string
  /** Ordered and disjoint, as the changes are. */
  edits(changes: readonly TextChange[]): readonly ByteEdit[] | { readonly problem: Problem }
}

export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** One character of a text in its encoded form. */
export interface Step {
  readonly bytes: number
  readonly units: number
}

/** The character that begins with `lead` in UTF-8. */
export const utf8Step = (lead: number): Step =>
  lead < 0x80 ? ONE : lead < 0xe0 ? TWO : lead < 0xf0 ? THREE : FOUR

const ONE: Step = { bytes: 1, units: 1 }
const TWO: Step = { bytes: 2, units: 1 }
const THREE: Step = { bytes: 3, units: 1 }
const FOUR: Step = { bytes: 4, units: 2 }

/** One edit for each change; undefined where a change does not begin and end between characters. */
export function editsWithin(
  bytes: Uint8Array,
  range: ByteRange,
  changes: readonly TextChange[],
  step: (at: number) => Step,
  encoded: (text: string) => Uint8Array,
): readonly ByteEdit[] | undefined {
  const edits: ByteEdit[] = []
  let at = range.start
  let unit = 0
  const reach = (wanted: number): boolean => {
    while (unit < wanted && at < range.end) {
      const { bytes: size, units } = step(at)
      at += size
      unit += units
    }
    return unit === wanted && at <= range.end
  }
  for (const change of changes) {
    if (!reach(change.start)) return undefined
    const start = at
    if (!reach(change.end)) return undefined
    edits.push({ at: start, length: at - start, bytes: encoded(change.after), changes: [change] })
  }
  return at <= bytes.length ? edits : undefined
}

export const unwritable = (fact: string, fix: string): { readonly problem: Problem } => ({
  problem: { kind: 'encoding', message: `left as it was: ${fact}`, fix },
})
