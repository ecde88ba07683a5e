/**
 * The folder that a run writes to: what lies where, whose it is, and with which options it was begun.
 *
 *   run.json         options, inputs and model of the run
 *   inputs.jsonl     where each input lies (input-list.ts)
 *   results/NAME.jsonl   one line for each record of input NAME (with .part and .journal while it grows)
 *   reports/NAME.…   with `--format`: the same in another form
 *   cleaned/NAME     `fix`: the input with the fixes in it
 *   changes/NAME.jsonl   `fix`: what was changed, for undoing it
 *   summary.json, report.html
 */
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, sep } from 'node:path'
import { compressedEnding } from './compress.ts'
import { BatchError, diskError } from './failure.ts'
import { formEnding } from './forms.ts'
import { sizeOf } from './part-file.ts'
import { difference, type Settings } from './settings.ts'
import type { Compression, FurtherForm, InputFile } from './shapes.ts'

/** What a run is, as run.json holds it. */
export interface RunRecord {
  readonly version: 1
  /** Version of the program. */
  readonly program: string
  /** Fingerprint of the model and dictionaries. */
  readonly model: string
  readonly settings: Settings
  readonly inputs: { readonly count: number; readonly digest: string }
}

export interface OutFolder {
  /** Results were there already. */
  readonly resumed: boolean
  /** Lets another run have the folder. */
  release(): Promise<void>
}

export const resultsPath = (out: string, { name }: InputFile, compression: Compression): string =>
  inside(out, 'results', `${name}.jsonl${compressedEnding(compression)}`)

/** The results of an input in a further form. */
export const formPath = (
  out: string,
  { name }: InputFile,
  { form, compression }: { readonly form: FurtherForm; readonly compression: Compression },
): string => inside(out, 'reports', `${name}${formEnding(form)}${compressedEnding(compression)}`)

/** `name` is that of the copy, which differs from the input's for web archives. */
export const cleanedPath = (out: string, name: string): string => inside(out, 'cleaned', name)

export const changesPath = (out: string, { name }: InputFile): string =>
  inside(out, 'changes', `${name}.jsonl`)

/** Names and kinds of the inputs in a digest: a run is resumed with the inputs it began with. */
export function inputsRecord(files: readonly InputFile[]): RunRecord['inputs'] {
  const hash = createHash('sha256')
  for (const { name, container, compression } of files) hash.update(`${name}\0${container}\0${compression}\0`)
  return { count: files.length, digest: hash.digest('hex') }
}

/**
 * Takes the folder for a run: a new one, or with `resume` the one that was begun there.
 *
 * @throws BatchError when there is a run and `resume` was not asked for, when it was another run, or when
 *   somebody else is at it
 */
export async function takeFolder(out: string, run: RunRecord, resume: boolean): Promise<OutFolder> {
  const path = join(out, 'run.json')
  const stored = await readFile(path, 'utf8').catch(() => undefined)
  const held = stored !== undefined || (await sizeOf(join(out, 'results'))) !== undefined
  if (held && !resume) {
    throw new BatchError(
      'usage',
      `${out}: already holds the results of a run`,
      'pass --resume to go on with it, or name another folder',
    )
  }
  if (stored !== undefined) checkSame(path, stored, run)
  else if (held) {
    throw new BatchError(
      'usage',
      `${out}: holds results, but no run.json that says whose they are`,
      'name another folder',
    )
  }
  try {
    await mkdir(out, { recursive: true })
    const release = await locked(join(out, 'run.lock'))
    if (stored === undefined) {
      await writeFile(`${path}.new`, `${JSON.stringify(run, null, 2)}\n`)
      await rename(`${path}.new`, path)
    }
    return { resumed: held, release }
  } catch (error) {
    throw diskError(out, error)
  }
}

function checkSame(path: string, stored: string, run: RunRecord): void {
  const before = members(parsed(stored))
  const other = (fact: string, fix: string): BatchError =>
    new BatchError('usage', `${path}: ${fact}`, `${fix}, or begin a new run in another --out`)
  if (before.get('version') !== run.version) throw other('not a run of this program', 'remove the folder')
  const changed = difference(before.get('settings'), run.settings)
  if (changed !== undefined) throw other(`the run began with other options: ${changed}`, 'pass the same ones')
  if (JSON.stringify(before.get('inputs')) !== JSON.stringify(run.inputs)) {
    throw other('the run began with other inputs', 'name the same ones')
  }
  if (before.get('program') !== run.program) {
    throw other(`the run began with version ${String(before.get('program'))}`, 'use that version')
  }
  if (before.get('model') !== run.model) {
    throw other('the run began with another model or dictionary', 'use the same files')
  }
}

/** One run at a time in a folder; a lock whose process is gone is nobody's. */
async function locked(path: string): Promise<() => Promise<void>> {
  const own = { pid: process.pid, host: hostname() }
  for (let tries = 0; tries < 2; tries++) {
    try {
      const file = await open(path, 'wx')
      await file.writeFile(JSON.stringify(own))
      await file.close()
      return () =>
        unlink(path).catch(() => {
          // Somebody cleared the folder up.
        })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const holder = members(parsed(await readFile(path, 'utf8').catch(() => '')))
    if (isAtWork(holder, own)) {
      throw new BatchError(
        'usage',
        `${path}: another run is at work in this folder (process ${String(holder.get('pid'))} on ${String(holder.get('host'))})`,
        'wait for it; if it is gone, delete this file',
      )
    }
    await unlink(path).catch(() => {
      // The other one was faster.
    })
  }
  throw new BatchError('usage', `${path}: another run is at work in this folder`, 'wait for it')
}

function isAtWork(
  holder: ReadonlyMap<string, unknown>,
  own: { readonly pid: number; readonly host: string },
): boolean {
  const [pid, host] = [holder.get('pid'), holder.get('host')]
  if (typeof pid !== 'number' || pid === own.pid) return false
  if (host !== own.host) return true
  try {
    // Signal 0 asks whether the process is there and does nothing to it.
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** `parts` below `folder`, and nowhere else. */
function inside(folder: string, ...parts: readonly string[]): string {
  const path = join(folder, ...parts)
  if (path.startsWith(`${join(folder)}${sep}`) && !path.includes('\0')) return path
  throw new BatchError('failed', `${parts.join('/')}: lies outside of the output folder`, 'rename the input')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const members = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
