/**
 * Readable text to tokens.
 *
 * In: a string. Out: kind, half-open range, key. The same keys are counted by training and matched
 * by the dictionary, so what is folded here is folded everywhere:
 *  - words: NFC, lower case, straight apostrophe; 's 're 've 'll 'd 'm are tokens of their own,
 *    "don't" stays whole; "U.S." is one word; a hyphen stands alone ("well-liked" is three tokens)
 *  - numbers: one or two digits and the years 1000–2099 stay, every other digit becomes 0 ("3.92" -> "0.00")
 *  - URLs and e-mail addresses: `<url>`, `<email>`
 */
import type { Token } from '../types.ts'
import { nextToken, scan } from './scanner.ts'
import { forgottenWords } from './words.ts'

export interface RawToken {
  readonly kind: Token['kind']
  readonly start: number
  readonly end: number
  readonly key: string
}

/** All tokens of `text` in order, disjoint; white space and soft hyphens between them. */
export function rawTokens(text: string): RawToken[] {
  const out: RawToken[] = []
  const token = scan(text, text.length, forgottenWords())
  while (nextToken(token)) {
    const { kind, start, end, key } = token
    out.push({ kind, start, end, key })
  }
  return out
}
