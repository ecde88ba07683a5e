/**
 * The output folder of a run read back: every result beside the record of the input that it answers.
 *
 * In: a folder that `unspin batch` made. Out: one line of the results after the other, in the run's
 * order, with the record as its reader gives it; what cannot be read is told and the rest goes on. Input
 * and results are read in step, so memory holds about one document, however large the run.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '../index.ts'
import { fileBytes } from './decompress.ts'
import { readInputList } from './input-list.ts'
import { byteLines } from './lines.ts'
import { resultsPath } from './out-folder.ts'
import { partPath, sizeOf } from './part-file.ts'
import { malformed, problemOf } from './problems.ts'
import { records } from './read-records.ts'
import { documentOptions, type ReadRecord, type Settings } from './settings.ts'
import type { BatchRecord, InputFile } from './shapes.ts'

/** A run's folder and what is needed to read it. */
export interface RunFolder {
  /** Absolute. */
  readonly path: string
  readonly settings: ReadSettings
  readonly files: readonly InputFile[]
}

export type RunResult =
  | {
      readonly state: 'result'
      readonly file: InputFile
      /** Of the results file, from 1. */
      readonly line: number
      /** The line as JSON; undefined where it is none. */
      readonly value: unknown
      /** The document it answers; undefined where the input has no such record any more. */
      readonly document: ReadRecord | undefined
    }
  | { readonly state: 'failed'; readonly name: string; readonly problem: Problem }

type ReadSettings = Pick<Settings, 'textKey' | 'idKey' | 'maxBytes' | 'inputFormat' | 'encoding' | 'compress'>

/** A line of results holds what was found in one document. */
const MAX_LINE_BYTES = 400_000_000
const FORMATS = ['auto', 'text', 'html', 'md', 'jsonl'] as const
const COMPRESSIONS = ['none', 'gzip', 'zstd'] as const

/**
 * The run in a folder; undefined where it holds none, or one without a list of its inputs.
 *
 * @throws Error when the list of inputs is damaged
 */
export async function runFolder(path: string): Promise<RunFolder | undefined> {
  const settings = readSettings(await readFile(join(path, 'run.json'), 'utf8').catch(() => ''))
  if (settings === undefined) return undefined
  const files = await readInputList(path)
  return files === undefined ? undefined : { path, settings, files }
}

/** Every result of the run that is complete, shard after shard. Never throws for what a file holds. */
export async function* runResults({ path, settings, files }: RunFolder): AsyncGenerator<RunResult> {
  for (const file of files) {
    const results = resultsPath(path, file, settings.compress)
    if ((await sizeOf(results)) === undefined && (await sizeOf(partPath(results))) !== undefined) {
      const problem = malformed('the run has not come to its end', 'finish it with --resume first')
      yield { state: 'failed', name: file.name, problem }
      continue
    }
    yield* shardResults(file, results, settings)
  }
}

async function* shardResults(
  file: InputFile,
  path: string,
  settings: ReadSettings,
): AsyncGenerator<RunResult> {
  const bytes = fileBytes({ path, compression: settings.compress }, { maxRatio: Number.POSITIVE_INFINITY })
  // Standard input cannot be asked again.
  const source = file.path === '-' ? undefined : records(file, settings)
  try {
    for await (const part of byteLines(bytes, MAX_LINE_BYTES)) {
      const { line } = part
      const next = await source?.next()
      const record = next?.done === true ? undefined : next?.value
      const value = part.state === 'whole' ? parsed(part.bytes) : undefined
      yield { state: 'result', file, line, value, document: readRecord(record) }
    }
  } catch (error) {
    yield { state: 'failed', name: file.name, problem: problemOf(error) }
  } finally {
    await source?.return(undefined)
  }
}

const readRecord = (record: BatchRecord | undefined): ReadRecord | undefined =>
  record?.state === 'read' ? record : undefined

/** How the run read the document: format, name and encoding, as the library wants them. */
export const readingOptions = (
  record: ReadRecord,
  { settings }: RunFolder,
): Pick<ReturnType<typeof documentOptions>, 'format' | 'name' | 'encoding'> =>
  documentOptions(record, { ...settings, content: null, minConfidence: null, allow: [] })

/** What run.json says about reading; undefined where it is no run of ours. */
function readSettings(text: string): ReadSettings | undefined {
  const run = members(parsed(Buffer.from(text)))
  const settings = members(run.get('settings'))
  const [textKey, idKey, maxBytes] = ['textKey', 'idKey', 'maxBytes'].map((name) => settings.get(name))
  const inputFormat = FORMATS.find((one) => one === settings.get('inputFormat'))
  const compress = COMPRESSIONS.find((one) => one === settings.get('compress'))
  const encoding = settings.get('encoding')
  if (run.get('version') !== 1 || inputFormat === undefined || compress === undefined) return undefined
  if (typeof textKey !== 'string' || typeof idKey !== 'string' || typeof maxBytes !== 'number')
    return undefined
  return {
    textKey,
    idKey,
    maxBytes,
    inputFormat,
    compress,
    encoding: typeof encoding === 'string' ? encoding : null,
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}

const members = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
