/**
 * Bytes in chunks to lines of bytes, with a bound on what is held.
 *
 * Own rather than readline: three times as fast on JSON Lines, and a line without an end cannot fill
 * the memory. Line feeds only end lines; a carriage return before one is left to the JSON parser,
 * for which it is white space. Empty lines count but are not handed out.
 */

interface Place {
  /** From 1. */
  readonly line: number
  /** Byte offsets: of the line's first byte, and of the first one behind its line feed. */
  readonly start: number
  readonly next: number
}

export type ByteLine =
  | (Place & { readonly state: 'whole'; readonly bytes: Uint8Array })
  /** The line was longer than allowed; its bytes are gone, `size` is how many there were. */
  | (Place & { readonly state: 'too-long'; readonly size: number })

const LINE_FEED = 0x0a

/**
 * Lines of a byte stream in order; none longer than `maxBytes` is kept. `from` tells offset and line
 * number of the first byte, where the stream does not begin at the beginning.
 */
export async function* byteLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  from: { readonly offset: number; readonly line: number } = { offset: 0, line: 1 },
): AsyncGenerator<ByteLine> {
  let parts: Uint8Array[] = []
  let held = 0
  let line = from.line - 1
  let start = from.offset

  const take = (part: Uint8Array): void => {
    held += part.length
    if (held > maxBytes) parts = []
    else if (part.length > 0) parts.push(part)
  }
  /** `ended`: bytes of the line's end, 0 or 1. */
  const close = (ended: number): ByteLine | undefined => {
    line += 1
    const size = held
    const place: Place = { line, start, next: start + size + ended }
    start = place.next
    const [only, ...more] = parts
    parts = []
    held = 0
    if (size > maxBytes) return { state: 'too-long', ...place, size }
    if (only === undefined) return undefined
    const bytes = more.length === 0 ? only : Buffer.concat([only, ...more])
    return isBlank(bytes) ? undefined : { state: 'whole', ...place, bytes }
  }

  for await (const chunk of chunks) {
    let at = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, at)) {
      take(chunk.subarray(at, end))
      at = end + 1
      const closed = close(1)
      if (closed !== undefined) yield closed
    }
    const rest = chunk.subarray(at)
    // Copied: the stream may fill the same memory again before the line is complete.
    take(held > maxBytes ? rest : Buffer.from(rest))
  }
  const last = held > 0 ? close(0) : undefined
  if (last !== undefined) yield last
}

/** Line feeds in a stream: what a line number needs where reading goes on in the middle. */
export async function countLines(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let count = 0
  for await (const chunk of chunks)
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) count += 1
  return count
}

/** Blanks, tabs and carriage returns only. */
function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false
  return true
}
