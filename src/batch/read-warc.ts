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
import { codeOf, malformed, tooLarge } from './problems.ts'
import type { Opening } from './read-jsonl.ts'
import { type BatchRecord, END_OF_SHARD } from './shapes.ts'
import { type WarcFrame, warcFrames } from './warc-frames.ts'

const TYPES: ReadonlySet<string> = new Set(['response', 'resource', 'conversion'])
const HTML: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml'])

export async function* readWarc(opening: Opening): AsyncGenerator<BatchRecord> {
  const { maxBytes, offset } = opening
  let { number } = opening
  for await (const frame of warcFrames(opening.bytes(offset), maxBytes, isText, offset)) {
    const record = frame.head === undefined ? undefined : await parsed(frame.head, Buffer.alloc(0))
    const id = record?.warcTargetURI ?? `${opening.name}@${frame.start}`
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
      const kind = record === undefined ? undefined : contentType(record)
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

async function isText(head: Buffer, begin: Buffer): Promise<boolean> {
  const record = await parsed(head, begin)
  const type = record === undefined ? undefined : contentType(record)?.type
  return type !== undefined && (HTML.has(type) || type === 'text/plain')
}

/** Type and charset of a record that holds a document; undefined for all other records. */
function contentType(
  record: WARCRecord,
): { readonly type: string; readonly charset: string | undefined } | undefined {
  if (!TYPES.has(record.warcType ?? '')) return undefined
  const own = record.warcContentType ?? ''
  const http = own.toLowerCase().startsWith('application/http')
  const value = (http ? record.httpHeaders?.headers.get('content-type') : own) ?? ''
  const charset = /charset[ \t]{0,8}=[ \t]{0,8}["']?([\w.:-]{1,40})/i.exec(value.slice(0, 1000))?.[1]
  return { type: (value.split(';', 1)[0] ?? '').trim().toLowerCase(), charset }
}

/** warcio's reading of a record that is known to be whole, or of its beginning. */
async function parsed(head: Buffer, block: Buffer): Promise<WARCRecord | undefined> {
  try {
    return (await new WARCParser(block.length === 0 ? [head] : [head, block]).parse()) ?? undefined
  } catch {
    return undefined
  }
}
