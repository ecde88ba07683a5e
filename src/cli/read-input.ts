/**
 * Names on the command line to input documents, one at a time and in order.
 *
 * In: paths, "-" for standard input. Out: Inputs; what cannot be read is an Input too ('failed'), so
 * that the others are still processed. JSON Lines are handed out record by record; other files are read
 * whole, never beyond the size limit, whatever their length claims to be.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { jsonRecord } from '../batch/json-record.ts'
import { byteLines } from '../batch/lines.ts'
import { tooLarge, unreadable } from '../batch/problems.ts'
import type { InputFormat, Problem } from '../index.ts'
import { codeOf } from '../write/error-code.ts'
import type { FileStamp, Input } from './input.ts'
import type { Options } from './options.ts'
import type { World } from './world.ts'

/** Documents of `paths`. Failures are values; only a bug throws. */
export async function* inputs(
  paths: readonly string[],
  options: Options,
  world: Pick<World, 'cwd' | 'stdin'>,
): AsyncGenerator<Input> {
  for (const path of paths) {
    const byLine = isJsonLines(path, options)
    if (path === '-') {
      if (byLine) yield* records('-', world.stdin, options)
      else yield await wholeStream('-', world.stdin, options.maxBytes, 'stdin')
      continue
    }
    const opened = await openFile(path, world.cwd)
    if ('problem' in opened) {
      yield { state: 'failed', id: path, problem: opened.problem }
      continue
    }
    const { file, stamp } = opened
    try {
      const chunks = file.createReadStream({ autoClose: false, highWaterMark: 1 << 18 })
      if (byLine) yield* records(path, chunks, options)
      else yield await wholeStream(path, chunks, options.maxBytes, stamp)
    } finally {
      await file.close()
    }
  }
}

/** The document format to ask the engine for; records have no name to judge by. */
export function documentFormat(options: Options): InputFormat | 'auto' {
  return options.inputFormat === 'jsonl' ? 'auto' : options.inputFormat
}

export function isJsonLines(path: string, { inputFormat }: Options): boolean {
  if (inputFormat !== 'auto') return inputFormat === 'jsonl'
  const name = path.toLowerCase()
  return name.endsWith('.jsonl') || name.endsWith('.ndjson')
}

async function* records(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  options: Options,
): AsyncGenerator<Input> {
  const place = { last: 0 }
  const { maxBytes } = options
  try {
    for await (const part of byteLines(chunks, maxBytes)) {
      const { line } = part
      place.last = line
      const id = `${name}:${line}`
      if (part.state === 'too-long') {
        yield { state: 'failed', id, problem: tooLarge(`line ${line}`, part.size, maxBytes) }
        continue
      }
      const read = jsonRecord(part.bytes, name, line, options)
      yield read.state === 'failed' ? read : { ...read, name: id, origin: 'record' }
    }
  } catch (error) {
    yield { state: 'failed', id: `${name}:${place.last + 1}`, problem: unreadable(codeOf(error)) }
  }
}

async function wholeStream(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  origin: 'stdin' | FileStamp,
): Promise<Input> {
  const failed = (problem: Problem): Input => ({ state: 'failed', id: name, problem })
  // The size a file claims is believed only to refuse it early; /dev/zero claims none.
  if (origin !== 'stdin' && origin.size > maxBytes) return failed(tooLarge('the file', origin.size, maxBytes))
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > maxBytes) return failed(tooLarge('the input', undefined, maxBytes))
      parts.push(Buffer.from(chunk))
    }
  } catch (error) {
    return failed(unreadable(codeOf(error)))
  }
  return { state: 'read', id: name, name, content: Buffer.concat(parts, size), origin }
}

type Opened = { readonly file: FileHandle; readonly stamp: FileStamp } | { readonly problem: Problem }

async function openFile(path: string, cwd: string): Promise<Opened> {
  const full = resolve(cwd, path)
  let file: FileHandle | undefined
  try {
    file = await open(full, 'r')
    const { size, mtimeMs, ino, ...stat } = await file.stat()
    if (stat.mode !== undefined && (stat.mode & 0o170000) === 0o040000) {
      await file.close()
      return { problem: unreadable('EISDIR') }
    }
    return { file, stamp: { path: full, size, modified: mtimeMs, inode: ino } }
  } catch (error) {
    await file?.close()
    return { problem: unreadable(codeOf(error)) }
  }
}
