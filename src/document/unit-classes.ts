/**
 * What a tokenizer asks of a character: white space, letter, digit or something else?
 *
 * In: a place in a text. Out: one of four classes. Those of Latin text stand in a table; the rest is
 * decided by Unicode property.
 */

export const CLASS = { space: 0, letter: 1, digit: 2, other: 3 } as const
export type UnitClass = (typeof CLASS)[keyof typeof CLASS]

/** Units below this have their class in `LATIN`. */
export const LATIN_END = 0x250
const PROPERTIES: readonly (readonly [RegExp, UnitClass])[] = [
  [/[\p{L}\p{M}]/gu, CLASS.letter],
  [/\p{Nd}/gu, CLASS.digit],
  [/[\s\p{Z}\p{Cc}\u200b\ufeff\u00ad]/gu, CLASS.space],
]

/** Class of each unit below `LATIN_END`. */
export const LATIN = latinClasses()

/** Each property is asked once for all characters: a tenth of the time of asking for each. */
function latinClasses(): Uint8Array {
  const all = String.fromCharCode(...Array.from({ length: LATIN_END }, (_, unit) => unit))
  const out = new Uint8Array(LATIN_END).fill(CLASS.other)
  for (const [property, value] of PROPERTIES)
    for (const { index } of all.matchAll(property)) out[index] = value
  return out
}

function classify(char: string): UnitClass {
  return PROPERTIES.find(([property]) => char.search(property) === 0)?.[1] ?? CLASS.other
}

/** Class of the character at `at` < `limit`; a surrogate pair cut by `limit` is two lone units. */
export function classAt(text: string, at: number, limit: number): UnitClass {
  const unit = text.charCodeAt(at)
  if (unit < LATIN_END) return LATIN[unit] as UnitClass
  // Dashes and quotation marks.
  if (unit >= 0x2010 && unit <= 0x201f) return CLASS.other
  return classify(text.slice(at, at + unitsAt(text, at, limit)))
}

/** Units that the character at `at` < `limit` takes: 1 or 2. */
export function unitsAt(text: string, at: number, limit: number): number {
  const unit = text.charCodeAt(at)
  if (unit < 0xd800 || unit > 0xdbff || at + 1 === limit) return 1
  const next = text.charCodeAt(at + 1)
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1
}

/** Straight or typographic. */
export const isApostrophe = (unit: number): boolean => unit === 0x27 || unit === 0x2019
