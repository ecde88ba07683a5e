/**
 * Bytes of a WARC file to its records, told apart by their lengths, with a bound on what is held.
 *
 * Own rather than the parser's, which believes every length it is told: one that is too large makes it
 * wait for ever, one that is too small makes it lose its way without a word. Here a record must be
 * followed by its two line ends; where it is not, it is a frame with a fact, and reading goes on at the
 * next record that can be made out.
 */
import { type ByteReader, byteReader } from './byte-reader.ts'

interface Place {
  /** Byte offsets: of the record's first byte, and of the first one behind its two line ends. */
  readonly start: number
  readonly next: number
}

export type WarcFrame =
  | (Place & { readonly state: 'whole'; readonly head: Buffer; readonly block: Buffer })
  /** Wanted, and longer than allowed; its bytes are gone. */
  | (Place & { readonly state: 'too-long'; readonly head: Buffer; readonly size: number })
  /** `last`: nothing can be read behind it. */
  | (Place & { readonly state: 'broken'; readonly head: Buffer | undefined; readonly fact: string } & {
      readonly last: boolean
    })

/** Looks at a record's head and the first bytes of its block: is the rest worth holding? */
export type Wanted = (head: Buffer, begin: Buffer) => boolean

const HEAD_BYTES = 65_536
const LINE_END = Buffer.from('\r\n')
const ENDS = Buffer.from('\r\n\r\n')
const NEXT_RECORD = Buffer.from('\r\nWARC/1.')

/** Wanted frames in order, and broken ones. */
export async function* warcFrames(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  wanted: Wanted,
  offset = 0,
): AsyncGenerator<WarcFrame> {
  const input = byteReader(chunks, offset)
  while (true) {
    await passLineEnds(input)
    const start = input.offset()
    const frame = await nextFrame(input, maxBytes, wanted)
    if (frame === 'end') return
    if (frame === 'unwanted') continue
    if (frame.state !== 'broken') {
      yield { ...frame, start, next: input.offset() }
      continue
    }
    const found = await input.seek(NEXT_RECORD)
    if (found) await input.skip(LINE_END.length)
    yield { ...frame, start, next: input.offset(), last: !found }
    if (!found) return
  }
}

type WithoutPlace<F> = F extends WarcFrame ? Omit<F, keyof Place | 'last'> : never

async function nextFrame(
  input: ByteReader,
  maxBytes: number,
  wanted: Wanted,
): Promise<WithoutPlace<WarcFrame> | 'unwanted' | 'end'> {
  const head = await input.through(ENDS, HEAD_BYTES)
  if (head === undefined) {
    if (input.held() === 0) return 'end'
    return { state: 'broken', head, fact: 'what stands here is no WARC record' }
  }
  const length = /^WARC\/1\.\d\r\n/.test(head.toString('latin1', 0, 10)) ? declaredLength(head) : 'no record'
  if (length === 'no record')
    return { state: 'broken', head: undefined, fact: 'what stands here is no WARC record' }
  if (length === undefined) return { state: 'broken', head, fact: 'its Content-Length is no number' }

  const begin = await input.take(Math.min(length, HEAD_BYTES))
  const cut = { state: 'broken', head, fact: `the file ends before the ${length} bytes it declares` } as const
  if (begin === undefined) return cut
  const isWanted = wanted(head, begin)
  const rest = length - begin.length
  const held = isWanted && length <= maxBytes
  const more = held ? await input.take(rest) : undefined
  if (held && more === undefined) {
    // A length that is too large: the records it would swallow are still there.
    input.untake(begin)
    return cut
  }
  if (!held && (await input.skip(rest)) < rest) return cut
  const block = more === undefined ? begin : Buffer.concat([begin, more])
  const ends = await input.take(ENDS.length)
  if (ends === undefined ? input.held() > 0 : !ends.equals(ENDS)) {
    if (ends !== undefined) input.untake(ends)
    // The next record may begin inside of what was taken for this one.
    if (held || rest === 0) input.untake(block)
    return { state: 'broken', head, fact: `it is not as long as it declares (${length} bytes)` }
  }
  if (!isWanted) return 'unwanted'
  return held ? { state: 'whole', head, block } : { state: 'too-long', head, size: length }
}

/** Undefined where there is none, or no number. */
function declaredLength(head: Buffer): number | undefined {
  const digits = /\r\ncontent-length:[ \t]{0,8}(\d{1,15})[ \t]{0,8}\r\n/i.exec(head.toString('latin1'))?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Some writers put more line ends between records than two. */
async function passLineEnds(input: ByteReader): Promise<void> {
  for (let two = await input.take(2); two !== undefined; two = await input.take(2))
    if (!two.equals(LINE_END)) {
      input.untake(two)
      return
    }
}
