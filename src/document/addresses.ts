/**
 * URLs and e-mail addresses: where does the one that begins here end?
 *
 * In: the place of a letter or digit. Out: the end of the address, or its start where none begins. Most
 * words are told apart by their second unit or by the lack of an "@" nearby.
 */
import { CLASS, classAt } from './unit-classes.ts'

const MAX_URL = 2048
const MAX_NAME = 64
const EMAIL = /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/
/** The longest text that EMAIL can take. */
const MAX_EMAIL = 64 + 1 + 63 + 8 * 64

/** End of the URL at `at`, `limit` at most; `at` when there is none. */
export function urlEnd(text: string, at: number, limit: number): number {
  const first = text.charCodeAt(at) | 0x20
  const second = text.charCodeAt(at + 1) | 0x20
  // "ht" or "ww".
  if (!(first === 0x68 && second === 0x74) && !(first === 0x77 && second === 0x77)) return at
  const head = text.slice(at, Math.min(limit, at + 8)).toLowerCase()
  if (!head.startsWith('http://') && !head.startsWith('https://') && !head.startsWith('www.')) return at
  let end = at
  const last = Math.min(limit, at + MAX_URL)
  while (end < last && classAt(text, end, limit) !== CLASS.space && !'<>"”)'.includes(text.charAt(end)))
    end += 1
  while (end > at && ".,;:!?'’".includes(text.charAt(end - 1))) end -= 1
  return end
}

/** End of the e-mail address at `at`; `at` when there is none. `sign` is the place of the next "@", −1 for none. */
export function emailEnd(text: string, at: number, limit: number, sign: number): number {
  if (sign < 0 || sign >= limit || sign - at > MAX_NAME) return at
  const found = EMAIL.exec(text.slice(at, Math.min(limit, at + MAX_EMAIL)))
  return found === null ? at : at + found[0].length
}
