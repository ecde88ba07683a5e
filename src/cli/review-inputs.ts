/**
 * Arguments of `unspin review` to documents with findings: records of a scan with their texts, or texts
 * that are scanned here and now.
 *
 * In: files, folders, "-". Out: one document or failure at a time, in order; folders are walked by name,
 * hidden files and links left out. JSON Lines may hold records of a scan, texts, or both: each line says
 * what it is.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { createGunzip } from 'node:zlib'
import { glob } from 'tinyglobby'
import type { Engine, Problem } from '../index.ts'
import type { NewDocument } from '../review/documents.ts'
import { resultRecord } from '../review/result-record.ts'
import { type RecordId, record } from '../write/record.ts'
import { codeOf } from './config.ts'
import type { Input } from './input.ts'
import { jsonRecord, tooLong } from './json-record.ts'
import { byteLines } from './lines.ts'
import type { Options } from './options.ts'
import { documentFormat, inputs, isJsonLines } from './read-input.ts'
import { textsFor } from './review-texts.ts'
import { analyzeOptions, isFatal, loadEngine, type ReadInput } from './run-documents.ts'
import type { World } from './world.ts'

export type Reviewable =
  | { readonly state: 'document'; readonly document: NewDocument }
  | { readonly state: 'failed'; readonly id: RecordId; readonly problem: Problem }

const ENDINGS = 'txt,text,md,markdown,html,htm,xhtml,jsonl,ndjson,jsonl.gz,ndjson.gz'

/** Failures are values; a model that cannot be loaded throws RunError. */
export async function* reviewables(
  paths: readonly string[],
  textFiles: readonly string[],
  options: Options,
  world: World,
): AsyncGenerator<Reviewable> {
  const texts = await textsFor(textFiles, options, world)
  let engine: Engine | undefined
  const scanned = async (input: Input): Promise<Reviewable> => {
    if (input.state === 'failed') return input
    engine ??= await loadEngine(options, world)
    return analysed(engine, input, options, world)
  }
  for (const path of await filesOf(paths, world.cwd)) {
    if (!isJsonLines(path.replace(/\.gz$/i, ''), options)) {
      for await (const input of inputs([path], options, world)) yield await scanned(input)
      continue
    }
    for await (const line of linesOf(path, options, world)) {
      if (world.signal.aborted) return
      if ('state' in line) {
        yield line
        continue
      }
      const found = resultRecord(line.value)
      if (found === undefined) yield await scanned(jsonRecord(line.bytes, path, line.line, options))
      else if (typeof found === 'string') yield failed(`${path}:${line.line}`, found)
      else if (found.verdict === null || found.problems.some(isFatal))
        yield { state: 'failed', id: found.id, problem: found.problems[0] ?? NOT_JUDGED }
      else {
        // It was read as an object by resultRecord.
        const text = await texts.of(found.id, line.value as Readonly<Record<string, unknown>>)
        if ('kind' in text) yield { state: 'failed', id: found.id, problem: text }
        else yield { state: 'document', document: documentOf(found, text, options) }
      }
    }
  }
}

function documentOf(
  found: NewDocument['record'],
  { text, path }: { readonly text: string; readonly path: string | undefined },
  options: Options,
): NewDocument {
  return {
    record: found,
    text,
    format: documentFormat(options),
    ...(path !== undefined && { name: path }),
    source: path !== undefined && path === found.id ? 'file' : 'record',
  }
}

function analysed(engine: Engine, input: ReadInput, options: Options, { api }: World): Reviewable {
  const analysis = api.analyze(engine, input.content, analyzeOptions(input, options))
  const { document, problems } = analysis
  const fatal = problems.find(isFatal)
  if (fatal !== undefined) return { state: 'failed', id: input.id, problem: fatal }
  return {
    state: 'document',
    document: {
      record: record(analysis, input.id),
      text: document.text,
      format: document.format,
      source: typeof input.origin === 'object' ? 'file' : 'record',
    },
  }
}

interface Line {
  readonly line: number
  readonly bytes: Uint8Array
  readonly value: unknown
}

/** Lines as JSON; a line that is none is a failure that says so. */
async function* linesOf(
  path: string,
  options: Options,
  { cwd, stdin }: World,
): AsyncGenerator<Line | Extract<Reviewable, { state: 'failed' }>> {
  try {
    for await (const part of byteLines(chunksOf(path, cwd, stdin), options.maxBytes)) {
      if (part.state === 'too-long') {
        const { id, problem } = tooLong(path, part.line, part.size, options.maxBytes) as FailedInput // it is one by name
        yield { state: 'failed', id, problem }
        continue
      }
      let value: unknown
      try {
        value = JSON.parse(new TextDecoder().decode(part.bytes))
      } catch {
        value = undefined
      }
      yield { line: part.line, bytes: part.bytes, value }
    }
  } catch (error) {
    yield failed(path, `cannot be read (${codeOf(error)})`)
  }
}

type FailedInput = Extract<Input, { state: 'failed' }>

function chunksOf(path: string, cwd: string, stdin: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (path === '-') return stdin
  const file = createReadStream(resolve(cwd, path), { highWaterMark: 1 << 18 })
  if (!/\.gz$/i.test(path)) return file
  const plain = createGunzip()
  file.on('error', (error) => plain.destroy(error))
  return file.pipe(plain)
}

/** Folders become the files in them, relative as they were named. */
async function filesOf(paths: readonly string[], cwd: string): Promise<string[]> {
  const out: string[] = []
  for (const path of paths) {
    if (path === '-' || !(await isFolder(resolve(cwd, path)))) {
      out.push(path)
      continue
    }
    const found = await glob(`**/*.{${ENDINGS}}`, {
      cwd: resolve(cwd, path),
      caseSensitiveMatch: false,
      followSymbolicLinks: false,
      absolute: true,
    })
    const root = resolve(cwd, path)
    // join also takes "./" away: a file has one name, however its folder was called.
    out.push(...found.map((file) => join(path, relative(root, file))).sort())
  }
  return out
}

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

const failed = (id: RecordId, message: string): Extract<Reviewable, { state: 'failed' }> => ({
  state: 'failed',
  id,
  problem: { kind: 'record', message, fix: 'make the records with unspin scan --format jsonl' },
})

const NOT_JUDGED: Problem = {
  kind: 'record',
  message: 'the scan has no verdict on it',
  fix: 'scan it again',
}
