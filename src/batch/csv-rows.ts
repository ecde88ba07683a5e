/**
 * Bytes of a CSV file to the bytes of its rows, with a bound on what is held.
 *
 * A row ends at a line feed outside of quotation marks. Own rather than the parser's, because a row's
 * place in the file is needed to go on there and to write back into it, and because a quotation mark
 * that is never closed must not fill the memory. What the cells of a row say is csv-parse's business.
 */

interface Place {
  /** From 1: the line of the file on which the row begins, and the one behind its end. */
  readonly line: number
  readonly nextLine: number
  /** Byte offsets: of the row's first byte, and of the first one behind its line end. */
  readonly start: number
  readonly next: number
}

export type CsvRow =
  /** Without its line end. */
  | (Place & { readonly state: 'whole'; readonly bytes: Uint8Array })
  | (Place & { readonly state: 'too-long'; readonly size: number })
  /** Where rows can no longer be told apart: nothing follows. */
  | (Place & { readonly state: 'broken'; readonly fact: string })

export interface CsvPlace {
  readonly offset: number
  /** Line of the file that begins at `offset`. */
  readonly line: number
}

const LINE_FEED = 0x0a
const RETURN = 0x0d
const QUOTE = 0x22

/** In a cell that began without a quotation mark, in one that began with it, or behind the closing one. */
type State = 'start' | 'bare' | 'quoted' | 'closed' | 'closed-return'

/** Rows in order, none longer than `maxBytes` kept; blank ones are left out. `delimiter` is one byte. */
export async function* csvRows(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: number,
  maxBytes: number,
  from: CsvPlace = { offset: 0, line: 1 },
): AsyncGenerator<CsvRow> {
  let state: State = 'start'
  let parts: Uint8Array[] = []
  let held = 0
  let row: CsvPlace = from
  let line = from.line
  let at = from.offset
  let opened = from.line

  const take = (part: Uint8Array): void => {
    held += part.length
    if (held > maxBytes) parts = []
    else if (part.length > 0) parts.push(part)
  }
  const close = (): CsvRow | undefined => {
    const place: Place = { line: row.line, nextLine: line, start: row.offset, next: at }
    const size = held
    const bytes = withoutReturn(Buffer.concat(parts))
    parts = []
    held = 0
    state = 'start'
    row = { offset: at, line }
    if (size > maxBytes) return { state: 'too-long', ...place, size }
    return bytes.length === 0 ? undefined : { state: 'whole', ...place, bytes }
  }
  const broken = (fact: string): CsvRow => ({
    state: 'broken',
    line: row.line,
    nextLine: line,
    start: row.offset,
    next: at,
    fact,
  })

  for await (const chunk of chunks) {
    let begin = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]
      if (state === 'quoted') {
        // Most bytes of a file of texts are passed over by a search.
        const end = chunk.indexOf(QUOTE, i)
        line += lineFeeds(chunk, i, end === -1 ? chunk.length : end)
        if (end === -1) break
        i = end
        state = 'closed'
        continue
      }
      if (state === 'closed' && byte === QUOTE) state = 'quoted'
      else if (byte === LINE_FEED) {
        line += 1
        take(chunk.subarray(begin, i))
        at = row.offset + held + 1
        begin = i + 1
        const closed = close()
        if (closed !== undefined) yield closed
      } else if (byte === delimiter && state !== 'closed-return') state = 'start'
      else if (state === 'start') {
        if (byte === QUOTE) {
          state = 'quoted'
          opened = line
        } else state = 'bare'
      } else if (state === 'closed' && byte === RETURN) state = 'closed-return'
      else if (state !== 'bare') {
        yield broken(`line ${line} goes on behind a closing quotation mark`)
        return
      }
    }
    const rest = chunk.subarray(begin)
    // Copied: the stream may fill the same memory again before the row is complete.
    take(held > maxBytes ? rest : Buffer.from(rest))
  }
  at = row.offset + held
  if (state === 'quoted') yield broken(`the quotation mark opened on line ${opened} is never closed`)
  else {
    const last = held > 0 ? close() : undefined
    if (last !== undefined) yield last
  }
}

function lineFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let at = bytes.indexOf(LINE_FEED, from); at !== -1 && at < to; at = bytes.indexOf(LINE_FEED, at + 1))
    count += 1
  return count
}

function withoutReturn(bytes: Uint8Array): Uint8Array {
  return bytes[bytes.length - 1] === RETURN ? bytes.subarray(0, -1) : bytes
}
