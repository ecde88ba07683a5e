/**
 * `unspin dict import`: a public list to a file of candidate entries, for a person to review.
 *
 * The sound lines are imported whatever the others are; a broken line makes the exit code 1, a line
 * that is left out with a reason does not.
 */
import { resolve } from 'node:path'
import {
  type DraftHeader,
  draftsAsEntries,
  draftsAsHabits,
  guessFormat,
  IMPORT_FORMATS,
  type ImportFormat,
  importList,
} from '../index.ts'
import { counted, readBounded, tell, writeWhole } from './dict.ts'
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts'
import type { World } from './world.ts'

export interface DictImportRequest {
  readonly path: string
  readonly from: ImportFormat | undefined
  /** .yaml or .tsv; standard output when left out. */
  readonly out: string | undefined
  /** What the head of the new file says; see draftHeader. */
  readonly header: HeaderRequest
}

export interface HeaderRequest {
  readonly origin: string | undefined
  readonly licence: string | undefined
  readonly date: string | undefined
}

export async function dictImport(request: DictImportRequest, world: World): Promise<ExitCode> {
  const { path, out } = request
  const file = { name: path, text: await readBounded(resolve(world.cwd, path), path) }
  const format = request.from ?? guessFormat(file)
  if (format === undefined) {
    throw new UsageError(
      `${path}: its first line tells no format`,
      `pass --from ${IMPORT_FORMATS.join(' or ')}`,
    )
  }
  const { drafts, problems } = importList(file, format)
  const header = draftHeader(request.header, `imported from ${path} (${format}), not reviewed`)
  const habits = out === undefined ? format !== 'tortured-csv' : isHabits(out)
  const written = habits
    ? draftsAsHabits(drafts, header, path)
    : { text: draftsAsEntries(drafts, header), problems: [] }
  const failed = await tell([...problems, ...written.problems], world)
  await give(written.text, out, world)
  const left = problems.length + written.problems.length
  await world.stderr.write(
    `${path}: ${counted(drafts.length, 'candidate')} (${format}), ${counted(left, 'line')} left out\n`,
  )
  return failed ? EXIT.failed : EXIT.nothing
}

/** @throws UsageError where the ending names neither kind of file */
export function isHabits(out: string): boolean {
  if (out.endsWith('.tsv')) return true
  if (out.endsWith('.yaml') || out.endsWith('.yml')) return false
  throw new UsageError(`--out ${out}: the ending says neither entries nor habits`, 'name it .yaml or .tsv')
}

/** A list without a licence cannot be passed on, so the head says that it has to be filled in. */
export function draftHeader({ origin, licence, date }: HeaderRequest, made: string): DraftHeader {
  const today = new Date().toISOString().slice(0, 10)
  if (date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    throw new UsageError(`--date ${date} is no date`, 'write YYYY-MM-DD')
  }
  return {
    origin: origin ?? made,
    licence: licence ?? 'unknown, fill in that of the source',
    date: date ?? today,
  }
}

/** To a file, or to standard output. */
export async function give(text: string, out: string | undefined, world: World): Promise<void> {
  if (out === undefined) await world.stdout.write(text)
  else await writeWhole(resolve(world.cwd, out), new TextEncoder().encode(text))
}
