/**
 * Questions about single UTF-16 units that several readers ask: white space, letters, blank ranges.
 *
 * In: a unit or a range of a string. Out: booleans and offsets. Plain comparisons rather than regular
 * expressions, because these run once per unit on hostile input of any length.
 */

/** White space as readers see it: Unicode spaces, line ends, control characters, zero-width space and BOM. */
export function isSpace(unit: number): boolean {
  if (unit <= 0x20 || (unit >= 0x7f && unit <= 0xa0)) return true
  if (unit < 0x1680) return false
  return (
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200b) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000 ||
    unit === 0xfeff
  )
}

export const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39

export const isAsciiLetter = (unit: number): boolean => {
  const lower = unit | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

/** First offset in [from, end) that is not white space; `end` when there is none. */
export function skipSpace(text: string, from: number, end: number): number {
  let at = from
  while (at < end && isSpace(text.charCodeAt(at))) at += 1
  return at
}

/** End of the last unit in [from, end) that is not white space; `from` when there is none. */
export function trimEnd(text: string, from: number, end: number): number {
  let at = end
  while (at > from && isSpace(text.charCodeAt(at - 1))) at -= 1
  return at
}

/** Lower-case letter at `at` (a letter that has an upper case and is not it). */
export function isLowerAt(text: string, at: number): boolean {
  const char = text.charAt(at)
  return char !== char.toUpperCase() && char === char.toLowerCase()
}

/** Upper-case letter at `at`. */
export function isUpperAt(text: string, at: number): boolean {
  const char = text.charAt(at)
  return char !== char.toLowerCase() && char === char.toUpperCase()
}
