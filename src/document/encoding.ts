/**
 * What bytes say about their own encoding.
 *
 * In: bytes. Out: the charset a page declares, whether they are UTF-8 and where they are not, and the
 * byte order of UTF-16 without a mark. Only looks; `decode` decides.
 */

const DECLARATION_BYTES = 4096

/** Charset named by `<meta charset=…>`, a `content` attribute or an XML declaration in the first 4 KB. */
export function declaredCharset(bytes: Uint8Array): string | undefined {
  let head = ''
  for (const byte of bytes.subarray(0, DECLARATION_BYTES)) head += String.fromCharCode(byte)
  const xml = /^<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}["']?([\w.:-]{1,40})/i.exec(head)?.[1]
  const meta = /<meta[^>]{0,400}?charset\s{0,8}=\s{0,8}["']?\s{0,8}([\w.:-]{1,40})/i.exec(head)?.[1]
  const name = (meta ?? xml)?.toLowerCase()
  // A page whose declaration can be read as ASCII cannot be UTF-16, whatever it says (HTML standard).
  return name?.startsWith('utf-16') ? 'utf-8' : name
}

/** The bytes as UTF-8 without the mark; undefined under 'fatal' when they are not UTF-8. */
export function utf8(bytes: Uint8Array, onError: 'fatal' | 'replace'): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: onError === 'fatal' }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Bytes that belong to no UTF-8 sequence: how many, the first offset (−1: none), and how many good sequences of several bytes. */
export function invalidUtf8(bytes: Uint8Array): { count: number; first: number; multibyte: number } {
  let count = 0
  let first = -1
  let multibyte = 0
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    if (length > 1) multibyte += 1
    if (length === 0) {
      if (first < 0) first = at
      count += 1
      at += 1
    } else at += length
  }
  return { count, first, multibyte }
}

/** Length of the well-formed sequence at `at` (Unicode standard, table 3-7); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0
    const low = i > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const high = i > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    if (byte < low || byte > high) return 0
  }
  return length
}

/** UTF-16 without a mark shows zeros at every other byte of western text. */
export function unmarkedUtf16(sample: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = sample.length >> 1
  if (pairs < 2) return undefined
  let even = 0
  let odd = 0
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) even += 1
    if (sample[at + 1] === 0) odd += 1
  }
  if (odd > pairs * 0.4 && even < pairs * 0.02) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.02) return 'utf-16be'
  return undefined
}
