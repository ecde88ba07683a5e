/**
 * Bytes in chunks to lines of bytes, with a bound on what is held.
 *
 * Own rather than readline: three times as fast on JSON Lines, and a line without an end cannot fill
 * the memory. Line feeds only end lines; a carriage return before one is left to the JSON parser,
 * for which it is white space. Empty lines count but are not handed out.
 */

export type ByteLine =
  | { readonly state: 'whole'; readonly line: number; readonly bytes: Uint8Array }
  /** The line was longer than allowed; its bytes are gone, `size` is how many there were. */
  | { readonly state: 'too-long'; readonly line: number; readonly size: number }

const LINE_FEED = 0x0a

/** Lines of a byte stream in order, numbered from 1; none longer than `maxBytes` is kept. */
export async function* byteLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<ByteLine> {
  let parts: Uint8Array[] = []
  let held = 0
  let line = 0

  const take = (part: Uint8Array): void => {
    held += part.length
    if (held > maxBytes) parts = []
    else if (part.length > 0) parts.push(part)
  }
  const close = (): ByteLine | undefined => {
    line += 1
    const size = held
    const [only, ...more] = parts
    parts = []
    held = 0
    if (size > maxBytes) return { state: 'too-long', line, size }
    if (only === undefined) return undefined
    const bytes = more.length === 0 ? only : Buffer.concat([only, ...more])
    return isBlank(bytes) ? undefined : { state: 'whole', line, bytes }
  }

  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      take(chunk.subarray(from, end))
      from = end + 1
      const closed = close()
      if (closed !== undefined) yield closed
    }
    // Copied: the stream may fill the same memory again before the line is complete.
    if (from < chunk.length) take(Buffer.from(chunk.subarray(from)))
  }
  const last = held > 0 ? close() : undefined
  if (last !== undefined) yield last
}

/** Blanks, tabs and carriage returns only. */
function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false
  return true
}
