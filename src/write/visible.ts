/**
 * Foreign text to text that is safe to print: what would steer a terminal is written as an escape.
 *
 * In: any string, hostile ones included. Out: the same string with control characters, bidirectional
 * overrides, invisible marks and lone surrogates as \xNN or \uNNNN. Line breaks and tabs become a
 * space, since an excerpt is one line. One pass over code units, no regular expression.
 */

/** `text` on one line, harmless to a terminal. */
export function visible(text: string): string {
  let out = ''
  let clean = 0
  for (let at = 0; at < text.length; at++) {
    const replacement = escapeAt(text, at)
    if (replacement === undefined) continue
    out += text.slice(clean, at) + replacement
    clean = at + 1
  }
  return clean === 0 ? text : out + text.slice(clean)
}

/** At most `limit` units of `text`, cut between characters, an ellipsis for the rest. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, characterStart(text, limit))}…`
}

/** `at`, moved back by one where it would fall between the halves of a surrogate pair. */
export function characterStart(text: string, at: number): number {
  return isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1)) ? at - 1 : at
}

function escapeAt(text: string, at: number): string | undefined {
  const unit = text.charCodeAt(at)
  if (unit === 0x0a || unit === 0x0d || unit === 0x09) return ' '
  if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) return `\\x${hex(unit, 2)}`
  if (unit < 0x200b) return undefined
  if (isHigh(unit)) return isLow(text.charCodeAt(at + 1)) ? undefined : `\\u${hex(unit, 4)}`
  if (isLow(unit)) return isHigh(text.charCodeAt(at - 1)) ? undefined : `\\u${hex(unit, 4)}`
  return steers(unit) ? `\\u${hex(unit, 4)}` : undefined
}

/** Zero-width marks, line and paragraph separator, embeddings, overrides, isolates, byte order mark. */
function steers(unit: number): boolean {
  return (
    (unit >= 0x200b && unit <= 0x200f) ||
    (unit >= 0x2028 && unit <= 0x202e) ||
    (unit >= 0x2060 && unit <= 0x206f) ||
    unit === 0xfeff
  )
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
const hex = (unit: number, digits: number): string => unit.toString(16).padStart(digits, '0')
