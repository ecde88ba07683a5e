/**
 * Wordings put side by side as a person would write them: a space between words, none before a comma,
 * after a bracket, around the hyphen of a compound.
 */
import type { Token } from '../types.ts'

const NO_SPACE_BEFORE = /^(?:['’]|[-.,;:!?%)\]}…]|$)/
const NO_SPACE_AFTER = /(?:[-([{$£€#]|^)$/

/** `left` and `right` as one text. `joined`: the source has no space between them. */
export function glued(left: string, right: string, joined = false): string {
  if (NO_SPACE_BEFORE.test(right) || NO_SPACE_AFTER.test(left)) return left + right
  return joined && !fuses(left, right) ? left + right : `${left} ${right}`
}

/** Would the two run together into one word? */
export const fuses = (left: string, right: string): boolean =>
  /[\p{L}\p{M}\p{N}]$/u.test(left) && /^[\p{L}\p{N}]/u.test(right)

/** Tokens as read, with the spaces of the text. */
export function surfaceOf(tokens: readonly Token[]): string {
  let text = ''
  for (const token of tokens) text += text === '' || token.joined ? token.surface : ` ${token.surface}`
  return text
}
