/**
 * The output folder of `unspin batch` to documents for a review.
 *
 * In: a run's folder. Out: a document for every record that was answered, with the text of the input it
 * was read from. A file is called by its path as seen from here, so that it is the same document as when
 * the file itself is named; other records keep their ids, and a second one of an id is called by its
 * place in the results. A duplicate takes over the answer of the document it repeats.
 */
import { realpath } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { type RunFolder, type RunResult, readingOptions, runResults } from '../batch/run-results.ts'
import type { ReadRecord } from '../batch/settings.ts'
import { decodeInput, type Problem } from '../index.ts'
import type { NewDocument } from '../review/documents.ts'
import { resultRecord } from '../review/result-record.ts'
import type { AnalysisRecord, RecordId } from '../write/record.ts'
import type { Texts } from './review-texts.ts'
import { failed, type Reviewable, unanswered } from './reviewable.ts'
import type { World } from './world.ts'

type Result = Extract<RunResult, { state: 'result' }>

/** `texts` come first where `given` says that some were named; else the inputs, where they still lie. */
export async function* runReviewables(
  run: RunFolder,
  texts: Texts,
  given: 'some' | 'none',
  world: Pick<World, 'cwd' | 'signal'>,
): AsyncGenerator<Reviewable> {
  const cwd = await realpath(world.cwd).catch(() => world.cwd)
  const known = new Set<string>()
  for await (const result of runResults(run)) {
    if (world.signal.aborted) return
    if (result.state === 'failed') {
      yield { state: 'failed', id: result.name, problem: result.problem }
      continue
    }
    const place = `${result.file.name}:${result.line}`
    const found = resultRecord(result.value)
    if (found === undefined || typeof found === 'string') {
      yield failed(place, `the results: ${found ?? 'the line is no record'}`)
      continue
    }
    const repeats = isDuplicate(result.value)
    const silent = repeats ? undefined : unanswered(found)
    if (silent !== undefined) {
      yield silent
      continue
    }
    const read = await textOf(run, result, found, texts, given)
    if ('problem' in read) {
      yield { state: 'failed', id: found.id, problem: read.problem }
      continue
    }
    const own = read.source === 'file' ? shownPath(cwd, result.file.path) : found.id
    const id = known.has(JSON.stringify(own)) ? place : own
    known.add(JSON.stringify(id))
    yield { state: 'document', document: { ...read, record: { ...found, id }, ...(repeats && { repeats }) } }
  }
}

type Read = Pick<NewDocument, 'text' | 'format' | 'name' | 'source'>

async function textOf(
  run: RunFolder,
  { file, value, document }: Result,
  { id }: AnalysisRecord,
  texts: Texts,
  given: 'some' | 'none',
): Promise<Read | { readonly problem: Problem }> {
  // The input as it is now may be shorter than the results.
  if (given === 'none' && document !== undefined && isOf(id, document)) {
    const { encoding, format = 'auto', name } = readingOptions(document, run)
    const { text } = decodeInput(document.content, encoding === undefined ? {} : { encoding })
    const source = file.container === 'document' ? 'file' : 'record'
    return { text, format, source, ...(name !== undefined && { name }) }
  }
  // It was read as an object by resultRecord.
  const found = await texts.of(id, value as Readonly<Record<string, unknown>>)
  if ('kind' in found) return { problem: found }
  const { text, path } = found
  return { text, format: 'auto', source: 'record', ...(path !== undefined && { name: path }) }
}

const isOf = (id: RecordId, document: ReadRecord): boolean => document.id === id

const isDuplicate = (value: unknown): boolean =>
  typeof (value as { readonly duplicateOf?: unknown }).duplicateOf === 'string' // an object, see above

/** From the working folder, as one would type it; absolute where it lies elsewhere. */
function shownPath(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below === '' || below === '..' || below.startsWith(`..${sep}`) ? path : below
}
