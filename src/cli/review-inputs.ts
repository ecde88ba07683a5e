/**
 * Arguments of `unspin review` to documents with findings: records of a scan with their texts, or texts
 * that are scanned here and now.
 *
 * In: files, folders, "-". Out: one document or failure at a time, in order; folders are walked by name,
 * hidden files and links left out; a folder that a batch run made is read as its results.
 * JSON Lines may hold records of a scan, texts, or both: each line says what it is.
 */
import { stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { glob } from 'tinyglobby'
import { fileBytes } from '../batch/decompress.ts'
import { inputKind, withoutCompression } from '../batch/input-kind.ts'
import { jsonRecord } from '../batch/json-record.ts'
import { byteLines } from '../batch/lines.ts'
import { problemOf, tooLarge } from '../batch/problems.ts'
import { type RunFolder, runFolder } from '../batch/run-results.ts'
import type { AnalyzeOptions, Engine } from '../index.ts'
import type { NewDocument } from '../review/documents.ts'
import { resultRecord } from '../review/result-record.ts'
import { isFatal } from '../write/problem.ts'
import { record } from '../write/record.ts'
import { UsageError } from './exit-codes.ts'
import type { Input } from './input.ts'
import type { Options } from './options.ts'
import { documentFormat, inputs, isJsonLines } from './read-input.ts'
import { runReviewables } from './review-batch.ts'
import { textsFor } from './review-texts.ts'
import { type Failed, failed, type Reviewable, unanswered } from './reviewable.ts'
import { analyzeOptions, loadEngine, type ReadInput } from './run-documents.ts'
import type { World } from './world.ts'

const JSON_LINES = ['jsonl', 'ndjson'].flatMap((one) => [one, `${one}.gz`, `${one}.zst`])
const ENDINGS = ['txt', 'text', 'md', 'markdown', 'html', 'htm', 'xhtml', ...JSON_LINES].join(',')

/** Failures are values; a model that cannot be loaded throws RunError. */
export async function* reviewables(
  paths: readonly string[],
  textFiles: readonly string[],
  options: Options,
  world: World,
): AsyncGenerator<Reviewable> {
  const texts = await textsFor(textFiles, options, world)
  const optionsOf = analyzeOptions(options, world)
  let engine: Engine | undefined
  const scanned = async (input: Input): Promise<Reviewable> => {
    if (input.state === 'failed') return input
    engine ??= await loadEngine(options, world)
    return analysed(engine, input, optionsOf(input), world)
  }
  for (const path of await filesOf(paths, world.cwd)) {
    if (typeof path === 'object') {
      yield* runReviewables(path, texts, textFiles.length > 0 ? 'some' : 'none', world)
      continue
    }
    if (!isJsonLines(withoutCompression(path), options)) {
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
      if (found === undefined) {
        const read = jsonRecord(line.bytes, path, line.line, options)
        yield await scanned(
          read.state === 'failed' ? read : { ...read, name: `${path}:${line.line}`, origin: 'record' },
        )
      } else if (typeof found === 'string') yield failed(`${path}:${line.line}`, found)
      else {
        const silent = unanswered(found)
        if (silent !== undefined) {
          yield silent
          continue
        }
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

function analysed(engine: Engine, input: ReadInput, asked: AnalyzeOptions, { api }: World): Reviewable {
  const analysis = api.analyze(engine, input.content, asked)
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
): AsyncGenerator<Line | Failed> {
  const file = {
    path: path === '-' ? path : resolve(cwd, path),
    compression: path === '-' ? 'none' : inputKind(path).compression,
  } as const
  try {
    for await (const part of byteLines(fileBytes(file, { stdin }), options.maxBytes)) {
      if (part.state === 'too-long') {
        const problem = tooLarge(`line ${part.line}`, part.size, options.maxBytes)
        yield { state: 'failed', id: `${path}:${part.line}`, problem }
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
    yield { state: 'failed', id: path, problem: problemOf(error) }
  }
}

/** Folders become the files in them, relative as they were named; those of a batch run stay whole. */
async function filesOf(paths: readonly string[], cwd: string): Promise<(string | RunFolder)[]> {
  const out: (string | RunFolder)[] = []
  for (const path of paths) {
    if (path === '-' || !(await isFolder(resolve(cwd, path)))) {
      out.push(path)
      continue
    }
    const run = await batchRun(path, cwd)
    if (run !== undefined) {
      out.push(run)
      continue
    }
    const found = await glob(`**/*.{${ENDINGS}}`, {
      cwd: resolve(cwd, path),
      caseSensitiveMatch: false,
      followSymbolicLinks: false,
      absolute: true,
    })
    const root = resolve(cwd, path)
    const runs = await runsBelow(root)
    // join also takes "./" away: a file has one name, however its folder was called.
    out.push(
      ...found
        .filter((file) => !runs.some((run) => resolve(file).startsWith(run + sep)))
        .map((file) => join(path, relative(root, file)))
        .sort(),
    )
  }
  return out
}

/** What a run wrote is about the texts and none of them; it is read when it is named itself. */
async function runsBelow(root: string): Promise<string[]> {
  const out: string[] = []
  const found = await glob('**/run.json', { cwd: root, followSymbolicLinks: false, absolute: true })
  for (const file of found) {
    const folder = resolve(dirname(file))
    if ((await runFolder(folder).catch(() => undefined)) !== undefined) out.push(folder)
  }
  return out
}

async function batchRun(path: string, cwd: string): Promise<RunFolder | undefined> {
  try {
    return await runFolder(resolve(cwd, path))
  } catch (error) {
    const fact = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${path}: ${fact}`, 'run the batch once more with --resume: it writes the list anew')
  }
}

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
