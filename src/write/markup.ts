/**
 * Foreign text to text inside XML or HTML: the five characters of markup become references, and what
 * XML 1.0 forbids (control characters, lone surrogates, U+FFFE, U+FFFF) becomes U+FFFD.
 *
 * Safe as content and inside quoted attribute values. One pass over characters, no regular expression.
 */

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

export function escapeMarkup(text: string): string {
  let out = ''
  for (const char of text) out += REFERENCES.get(char) ?? (isAllowed(char) ? char : '\ufffd')
  return out
}

function isAllowed(char: string): boolean {
  const point = char.codePointAt(0) ?? 0
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0d
  if (point >= 0x7f && point <= 0x9f) return false
  return !(point >= 0xd800 && point <= 0xdfff) && point !== 0xfffe && point !== 0xffff
}
