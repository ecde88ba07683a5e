/**
 * A shard of web archive records to documents: the answers of servers that are HTML or plain text.
 *
 * In: how to get its bytes. Out: BatchRecords in order, named by their address, with the character
 * encoding the server declared. `resource` and `conversion` records (extracted text) are read as well;
 * requests, metadata, images and the like are passed over and have no number.
 */
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { AsyncIterReader, WARCParser, type WARCRecord } from 'warcio'
import type { Problem } from '../index.ts'
import { codeOf } from '../write/error-code.ts'
import { malformed, tooLarge } from './problems.ts'
import type { Opening } from './read-jsonl.ts'
import { type BatchRecord, END_OF_SHARD } from './shapes.ts'
import { type WarcFrame, warcFrames } from './warc-frames.ts'

const TYPES: ReadonlySet<string> = new Set(['response', 'resource', 'conversion'])
const HTML: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml'])

export async function* readWarc(opening: Opening): AsyncGenerator<BatchRecord> {
  const { maxBytes, offset } = opening
  let { number } = opening
  for await (const frame of warcFrames(opening.bytes(offset), maxBytes, isText, offset)) {
    const id = (frame.head && targetUri(frame.head)) ?? `${opening.name}@${frame.start}`
    const next = frame.state === 'broken' && frame.last ? END_OF_SHARD : frame.next
    const place = { number, id, start: frame.start, next }
    const read = await answer(frame, id, maxBytes)
    yield 'problem' in read
      ? { ...place, state: 'failed', problem: read.problem }
      : { ...place, state: 'read', ...read }
    number += 1
  }
}

type Content = Pick<Extract<BatchRecord, { state: 'read' }>, 'format' | 'content' | 'encoding'>

async function answer(
  frame: WarcFrame,
  id: string,
  maxBytes: number,
): Promise<Content | { readonly problem: Problem }> {
  switch (frame.state) {
    case 'too-long':
      return { problem: tooLarge('the record', frame.size, maxBytes) }
    case 'broken': {
      const place = `the record at byte ${frame.start} (${id.slice(0, 200)})`
      return { problem: malformed(`${place} is damaged: ${frame.fact}`, 'fetch the file again') }
    }
    case 'whole': {
      const record = await parsed(frame.head, frame.block)
      const kind = contentKind(frame.head, frame.block)
      if (record === undefined || kind === undefined)
        return { problem: malformed('its header cannot be read', 'fetch the file again') }
      const content = await payload(record, maxBytes)
      if ('problem' in content) return content
      return {
        content: content.bytes,
        format: HTML.has(kind.type) ? 'html' : 'text',
        ...(kind.charset !== undefined && { encoding: kind.charset }),
      }
    }
  }
}

/** The record's body as the server meant it: chunks joined, compression undone, within the limit. */
async function payload(
  record: WARCRecord,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array } | { readonly problem: Problem }> {
  const raw = await record.readFully(false)
  const header = (name: string): string => record.httpHeaders?.headers.get(name)?.trim().toLowerCase() ?? ''
  const chunked = header('transfer-encoding') === 'chunked'
  const bytes = chunked ? await new AsyncIterReader([raw], null, true).readFully() : raw
  const coding = header('content-encoding')
  const limit = { maxOutputLength: maxBytes }
  try {
    switch (coding) {
      case '':
      case 'identity':
        return { bytes }
      case 'gzip':
      case 'x-gzip':
        // Crawlers often store the body undone and leave the header.
        return { bytes: bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, limit) : bytes }
      case 'br':
        return { bytes: brotliDecompressSync(bytes, limit) }
      case 'deflate':
        return {
          bytes: ((bytes[0] ?? 0) & 15) === 8 ? inflateSync(bytes, limit) : inflateRawSync(bytes, limit),
        }
      default:
        return {
          problem: malformed(`its content coding "${coding.slice(0, 40)}" is not known`, 'store it plain'),
        }
    }
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE')
      return { problem: tooLarge('its decompressed body', undefined, maxBytes) }
    return { problem: malformed(`its ${coding} body is damaged (${codeOf(error)})`, 'fetch it again') }
  }
}

function isText(head: Buffer, begin: Buffer): boolean {
  const type = contentKind(head, begin)?.type
  return type !== undefined && (HTML.has(type) || type === 'text/plain')
}

/** Type and charset of a record that holds a document; undefined for all other records. */
function contentKind(
  head: Buffer,
  begin: Buffer,
): { readonly type: string; readonly charset: string | undefined } | undefined {
  if (!TYPES.has(headerValue(head, 'warc-type') ?? '')) return undefined
  const own = headerValue(head, 'content-type') ?? ''
  const http = begin.subarray(0, begin.indexOf('\r\n\r\n') + 2)
  const value = own.toLowerCase().startsWith('application/http') ? headerValue(http, 'content-type') : own
  const charset = /charset[ \t]{0,8}=[ \t]{0,8}["']?([\w.:-]{1,40})/i.exec(value ?? '')?.[1]
  return { type: (value?.split(';', 1)[0] ?? '').trim().toLowerCase(), charset }
}

/** wget once wrote addresses in angle brackets. */
function targetUri(head: Buffer): string | undefined {
  const uri = headerValue(head, 'warc-target-uri')
  return uri?.startsWith('<') && uri.endsWith('>') ? uri.slice(1, -1) : uri
}

/** Value of a header field, at most 4,000 characters of it. */
function headerValue(
  head: Buffer,
  name: 'warc-type' | 'warc-target-uri' | 'content-type',
): string | undefined {
  return HEADERS[name].exec(head.toString())?.[1]?.trim()
}

const HEADERS = {
  'warc-type': /^warc-type:([^\r\n]{0,4000})/im,
  'warc-target-uri': /^warc-target-uri:([^\r\n]{0,4000})/im,
  'content-type': /^content-type:([^\r\n]{0,4000})/im,
} as const

/** warcio's reading of a record that is known to be whole, or of its beginning. */
async function parsed(head: Buffer, block: Buffer): Promise<WARCRecord | undefined> {
  try {
    // Told that nothing is compressed, it prepares no decompressor for each record.
    const bytes = new AsyncIterReader(block.length === 0 ? [head] : [head, block], null)
    return (await new WARCParser(bytes).parse()) ?? undefined
  } catch {
    return undefined
  }
}
