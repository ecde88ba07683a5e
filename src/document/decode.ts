/**
 * Bytes to text.
 *
 * In: bytes, and what is known about them. Out: text, the name of the encoding, and problems; nothing
 * throws. Order of belief: byte order mark, what the caller says, what the page says (`<meta charset>`),
 * valid UTF-8, the zero bytes of unmarked UTF-16, and last a guess from statistics, which is often wrong
 * between the western code pages and therefore always reported.
 */

import { createRequire } from 'node:module'
import type { Problem } from '../types.ts'
import { declaredCharset, invalidUtf8, unmarkedUtf16, utf8 } from './encoding.ts'

const require = createRequire(import.meta.url)
// Loaded when bytes are not plain UTF-8, which is seldom: every start would wait for them. The types are the packages' own.
const guesser = (): typeof import('chardet') => require('chardet')
const iconv = (): typeof import('iconv-lite') => require('iconv-lite')

export interface Decoded {
  readonly text: string
  /** Lower-case name, "utf-8" style. */
  readonly encoding: string
  readonly problems: readonly Problem[]
}

export interface DecodeHint {
  /** What the caller knows: a flag, an HTTP header. */
  readonly encoding?: string
  /** Look for `<meta charset>`; when left out, only if the bytes begin with "<". */
  readonly html?: boolean
}

/** Bytes looked at for a guess, and for control characters. */
const SAMPLE_BYTES = 65_536
/** V8 strings end near 2^29 units. */
const MAX_BYTES = 400_000_000

export function decode(bytes: Uint8Array, hint: DecodeHint = {}): Decoded {
  if (bytes.length === 0) return { text: '', encoding: 'utf-8', problems: [EMPTY] }
  if (bytes.length > MAX_BYTES) return { text: '', encoding: 'utf-8', problems: [tooLarge(bytes.length)] }
  const problems: Problem[] = []
  const marked = byteOrderMark(bytes)
  const asked = marked ?? known(hint.encoding, problems)
  const declared = asked ?? known(pageCharset(bytes, hint), [])
  const read =
    declared !== undefined && declared !== 'utf-8'
      ? decodeAs(bytes, declared, problems)
      : decodeUtf8OrGuess(bytes, declared ?? unmarkedUtf16(bytes.subarray(0, SAMPLE_BYTES)), asked, problems)
  const binary = binaryProblem(read.text)
  if (binary) problems.push(binary)
  return { ...read, problems }
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return undefined
}

/** The canonical form of a name we can decode; an unknown name is reported and passed over. */
function known(name: string | undefined, problems: Problem[]): string | undefined {
  if (name === undefined) return undefined
  const canonical = name.trim().toLowerCase()
  if (canonical === 'utf8' || canonical === 'utf-8') return 'utf-8'
  if (canonical !== '' && iconv().encodingExists(canonical)) return canonical
  problems.push({
    kind: 'encoding',
    message: `the encoding "${name.slice(0, 40)}" is not known; it was passed over`,
    fix: 'name one such as utf-8, windows-1252 or shift_jis',
  })
  return undefined
}

function pageCharset(bytes: Uint8Array, hint: DecodeHint): string | undefined {
  const html = hint.html ?? bytes[0] === 0x3c
  return html ? declaredCharset(bytes) : undefined
}

function decodeAs(bytes: Uint8Array, encoding: string, problems: Problem[]): Omit<Decoded, 'problems'> {
  const text = iconv().decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding)
  let count = 0
  const first = text.indexOf('\ufffd')
  for (let at = first; at !== -1; at = text.indexOf('\ufffd', at + 1)) count += 1
  if (count > 0 && encoding !== 'utf-16le' && encoding !== 'utf-16be')
    problems.push({
      kind: 'encoding',
      message: `${amount(count, 'place is', 'places are')} not ${encoding} (first at character ${grouped(first)})`,
      fix: 'pass --encoding if this is wrong',
    })
  return { text, encoding }
}

function decodeUtf8OrGuess(
  bytes: Uint8Array,
  belief: string | undefined,
  asked: string | undefined,
  problems: Problem[],
): Omit<Decoded, 'problems'> {
  if (belief !== undefined && belief !== 'utf-8') return decodeAs(bytes, belief, problems)
  const text = utf8(bytes, 'fatal')
  if (text !== undefined) return { text, encoding: 'utf-8' }
  const { count, first, multibyte } = invalidUtf8(bytes)
  // A few broken bytes among many good sequences: the text is UTF-8, guessing would garble the rest.
  const damaged = asked === 'utf-8' || multibyte > count
  const start = Math.max(0, first - 1024)
  const guess = damaged
    ? undefined
    : guesser()
        .detect(bytes.subarray(start, start + SAMPLE_BYTES))
        ?.toLowerCase()
  const usable =
    guess !== undefined && guess !== 'utf-8' && guess !== 'ascii' && iconv().encodingExists(guess)
  const encoding = damaged ? 'utf-8' : usable ? guess : 'windows-1252'
  problems.push({
    kind: 'encoding',
    message: `${amount(count, 'byte is', 'bytes are')} not UTF-8 (first at byte ${grouped(first)}); ${
      damaged ? 'read as U+FFFD' : `read as ${encoding}`
    }`,
    fix: 'pass --encoding if this is wrong',
  })
  if (damaged) return { text: utf8(bytes, 'replace') ?? '', encoding }
  return decodeAs(bytes, encoding, problems)
}

const EMPTY: Problem = {
  kind: 'empty',
  message: 'there is no text to read',
  fix: 'pass a file with text in it',
}

const tooLarge = (size: number): Problem => ({
  kind: 'too-large',
  message: `${grouped(size)} bytes are more than one text can hold (${grouped(MAX_BYTES)})`,
  fix: 'split the file',
})

/** A zero byte, or one unit in ten a control character: not a text anybody reads. */
function binaryProblem(text: string): Problem | undefined {
  const end = Math.min(text.length, SAMPLE_BYTES)
  let control = 0
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09 && unit !== 0x0c) control += 1
  }
  const zero = text.indexOf('\0')
  if (zero === -1 && control * 10 < end) return undefined
  return {
    kind: 'binary',
    message:
      zero === -1
        ? `${grouped(control)} of the first ${grouped(end)} characters are control characters; this looks like a binary file`
        : `a zero character stands at character ${grouped(zero)}; this looks like a binary file`,
    fix: 'pass a text, Markdown or HTML file, or --encoding if the encoding was misread',
  }
}

const grouped = (n: number): string => n.toLocaleString('en-US')
const amount = (n: number, one: string, many: string): string => `${grouped(n)} ${n === 1 ? one : many}`
