/**
 * Bytes in chunks to bytes by the number: what framed formats are read with.
 *
 * Holds what was asked for and a chunk more, nothing else. Ends are told, never thrown; what the chunks
 * throw passes through.
 */

export interface ByteReader {
  /** Bytes taken so far, counted from the offset the reader began at. */
  offset(): number
  /** Bytes read from the chunks and not taken yet. */
  held(): number
  /** Exactly `size` bytes; undefined, and nothing taken, where fewer are left. */
  take(size: number): Promise<Buffer | undefined>
  /** The next bytes there are, at least one and at most `limit`; undefined at the end. */
  some(limit: number): Promise<Buffer | undefined>
  /** Passes over `size` bytes; how many there were. */
  skip(size: number): Promise<number>
  /** Bytes up to the first `pattern`, it included; nothing taken where it is not among the next `limit`. */
  through(pattern: Uint8Array, limit: number): Promise<Buffer | undefined>
  /** Passes over everything before the next `pattern`; false where there is none, and all is passed over. */
  seek(pattern: Uint8Array): Promise<boolean>
  /** Puts bytes back in front. */
  untake(bytes: Uint8Array): void
}

export function byteReader(chunks: AsyncIterable<Uint8Array>, offset = 0): ByteReader {
  const source = chunks[Symbol.asyncIterator]()
  /** Never holds an empty one. */
  let queue: Buffer[] = []
  let held = 0
  let taken = offset

  const more = async (): Promise<boolean> => {
    const { done, value } = await source.next()
    if (done) return false
    // Copied: the stream may fill the same memory again.
    if (value.length > 0) queue.push(Buffer.from(value))
    held += value.length
    return true
  }
  const joined = (): Buffer => {
    const [first] = queue
    if (queue.length === 1 && first !== undefined) return first
    const all = Buffer.concat(queue)
    queue = all.length > 0 ? [all] : []
    return all
  }
  const drop = (size: number): void => {
    const rest = joined().subarray(size)
    queue = rest.length > 0 ? [rest] : []
    held -= size
    taken += size
  }

  return {
    offset: () => taken,
    held: () => held,
    async take(size) {
      while (held < size) if (!(await more())) return undefined
      const bytes = joined().subarray(0, size)
      drop(size)
      return bytes
    },
    async some(limit) {
      while (held === 0) if (!(await more())) return undefined
      const first = queue[0] ?? Buffer.alloc(0)
      const bytes = first.subarray(0, limit)
      if (bytes.length === first.length) queue.shift()
      else queue[0] = first.subarray(limit)
      held -= bytes.length
      taken += bytes.length
      return bytes
    },
    async skip(size) {
      let left = size
      while (left > 0) {
        const here = Math.min(left, held)
        drop(here)
        left -= here
        if (left > 0 && !(await more())) break
      }
      return size - left
    },
    async through(pattern, limit) {
      let from = 0
      while (true) {
        const at = joined().indexOf(pattern, from)
        const end = at + pattern.length
        if (at !== -1 && end <= limit) {
          const bytes = joined().subarray(0, end)
          drop(end)
          return bytes
        }
        from = Math.max(0, held - pattern.length + 1)
        if (held >= limit || !(await more())) return undefined
      }
    },
    async seek(pattern) {
      while (true) {
        const at = joined().indexOf(pattern)
        if (at !== -1) {
          drop(at)
          return true
        }
        drop(Math.max(0, held - pattern.length + 1))
        if (!(await more())) {
          drop(held)
          return false
        }
      }
    },
    untake(bytes) {
      if (bytes.length === 0) return
      queue.unshift(Buffer.from(bytes))
      held += bytes.length
      taken -= bytes.length
    },
  }
}
