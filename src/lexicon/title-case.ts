/**
 * A wording as a name or a heading is written: "bank of england" -> "Bank of England".
 *
 * In: a text in any case. Out: the same text with a capital on every word but the small ones inside;
 * letters that are capital stay so. Wildcards (`<number>`) are left alone.
 */

const SMALL_WORDS = new Set(
  'a an and as at but by for from in into nor of off on onto or over per the to up via with'.split(' '),
)

/** Is it a word that headings and names leave small inside? `key` is lower case. */
export const isSmallWord = (key: string): boolean => SMALL_WORDS.has(key)

/** `text` with the capitals of a name. Parts of a hyphenated word get theirs, too. */
export function titleCase(text: string): string {
  let isFirst = true
  return text.replace(/[^\s-]+/gu, (word) => {
    const small = !isFirst && isSmallWord(word)
    isFirst = false
    return small ? word : capital(word)
  })
}

/** The first letter capital; an opening quotation mark or bracket is passed over. */
export const capital = (text: string): string =>
  text.replace(/^(["“‘'([]?)(\p{Ll})/u, (_, mark: string, letter: string) => mark + letter.toUpperCase())
