/**
 * Changes of a document to edits of its bytes, in the encoding it was read in, byte order mark and all.
 *
 * In: the bytes of a document and what is known of their encoding. Out: a TextPlace. A document whose
 * bytes are not what encoding its text gives (a few broken bytes, a guess that went wrong) is left as it
 * was: to write it would be to change bytes that nobody meant to change.
 */
import iconv from 'iconv-lite'
import { decodeInput } from '../index.ts'
import { type ByteEdit, type TextPlace, unwritable } from './text-place.ts'

const MARKS: ReadonlyMap<string, Uint8Array> = new Map([
  ['utf-8', Uint8Array.of(0xef, 0xbb, 0xbf)],
  ['utf-16le', Uint8Array.of(0xff, 0xfe)],
  ['utf-16be', Uint8Array.of(0xfe, 0xff)],
])

export function documentPlace(bytes: Uint8Array, known: string | undefined): TextPlace {
  const { text, encoding = 'utf-8' } = decodeInput(bytes, known === undefined ? {} : { encoding: known })
  const mark = MARKS.get(encoding) ?? Uint8Array.of()
  const marked = mark.every((byte, at) => bytes[at] === byte) && !text.startsWith('\ufeff')
  const encoded = (part: string): Buffer => iconv.encode(part, encoding)
  return {
    text,
    edits(changes) {
      const edits: ByteEdit[] = []
      let at = marked ? mark.length : 0
      let unit = 0
      /** Passes over the bytes of a stretch of text, if they are what its encoding gives. */
      const pass = (end: number): boolean => {
        const part = encoded(text.slice(unit, end))
        const isSame = part.equals(bytes.subarray(at, at + part.length))
        at += part.length
        unit = end
        return isSame
      }
      for (const change of changes) {
        if (!pass(change.start)) return notAlike(encoding)
        const start = at
        if (!pass(change.end)) return notAlike(encoding)
        const replacement = encoded(change.after)
        if (iconv.decode(Buffer.from(replacement), encoding, { stripBOM: false }) !== change.after)
          return unwritable(
            `${JSON.stringify(change.after.slice(0, 40))} cannot be written in ${encoding}`,
            'convert the file to UTF-8 first',
          )
        edits.push({ at: start, length: at - start, bytes: replacement, changes: [change] })
      }
      return pass(text.length) && at === bytes.length ? edits : notAlike(encoding)
    },
  }
}

const notAlike = (encoding: string) =>
  unwritable(`it holds bytes that are not ${encoding}`, 'convert the file to UTF-8 first, or pass --encoding')
