/**
 * A path or record id to a URI reference (RFC 3986): what SARIF asks for in place of a path.
 *
 * Everything but unreserved characters and "/" is percent-encoded as UTF-8, so no id can be taken for
 * a scheme, a query or a fragment. An absolute path becomes file:///….
 */
export function uriOf(path: string): string {
  const encoded = path.split('/').map(segment).join('/')
  return encoded.startsWith('/') ? `file://${encoded}` : encoded
}

function segment(text: string): string {
  let out = ''
  for (const byte of new TextEncoder().encode(text)) {
    out += isUnreserved(byte)
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}

/** Letters, digits, "-", ".", "_", "~". */
function isUnreserved(byte: number): boolean {
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
  const isDigit = byte >= 0x30 && byte <= 0x39
  return isLetter || isDigit || byte === 0x2d || byte === 0x2e || byte === 0x5f || byte === 0x7e
}
