/**
 * Exports into a folder: cleaned documents under their own names, the rest under fixed ones.
 *
 * In: a review and a folder. Out: files, each written whole beside its place and renamed into it, and
 * what could not be written. Nothing is written outside of the folder, whatever a document calls
 * itself and whatever links lie in the folder; an original is never replaced.
 */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { codeOf } from '../write/error-code.ts'
import { jsonLine } from '../write/jsonl.ts'
import type { ExportName } from './api-types.ts'
import type { StoredDocument } from './documents.ts'
import type { ReviewProblem } from './problem.ts'
import type { Store } from './store.ts'

export interface WrittenOut {
  /** Paths written, in order. */
  readonly files: readonly string[]
  readonly problems: readonly ReviewProblem[]
}

/** Cleaned records, which have no file of their own, go into this one. */
export const RECORDS_FILE = 'cleaned.jsonl'

/** `cwd` is what the paths of the documents are relative to. */
export function writeExport(store: Store, what: ExportName, folder: string, cwd: string): WrittenOut {
  try {
    mkdirSync(folder, { recursive: true })
    if (what === 'cleaned') return writeCleaned(store, realpathSync(folder), cwd)
    const { fileName, parts } = store.export(what)
    const path = join(realpathSync(folder), fileName)
    writeWhole(path, parts)
    return { files: [path], problems: [] }
  } catch (error) {
    return { files: [], problems: [notWritten(folder, codeOf(error))] }
  }
}

function writeCleaned(store: Store, root: string, cwd: string): WrittenOut {
  const files: string[] = []
  const problems: ReviewProblem[] = []
  const taken = new Set<string>([RECORDS_FILE])
  for (const { document, text } of store.cleaned('file')) {
    const relative = safePath(document.name)
    // Some file systems take "A.txt" and "a.txt" for one.
    const key = relative?.toLowerCase() ?? ''
    if (relative === undefined || taken.has(key)) {
      problems.push({
        message: `${document.name}: not written: ${relative === undefined ? 'its name leads out of the folder' : 'another document has its name'}`,
        fix: 'take it from --export cleaned without --out, as JSON Lines',
      })
      continue
    }
    taken.add(key)
    const problem = writeInto(root, relative, text, resolve(cwd, document.name), document)
    if (problem === undefined) files.push(join(root, relative))
    else problems.push(problem)
  }
  if (store.cleaned('record')[Symbol.iterator]().next().done !== true) {
    writeWhole(join(root, RECORDS_FILE), recordLines(store))
    files.push(join(root, RECORDS_FILE))
  }
  return { files, problems }
}

function* recordLines(store: Store): Generator<string> {
  for (const { document, text } of store.cleaned('record')) yield jsonLine({ id: document.id, text })
}

function writeInto(
  root: string,
  relative: string,
  text: string,
  original: string,
  { name }: StoredDocument,
): ReviewProblem | undefined {
  const path = join(root, relative)
  try {
    mkdirSync(dirname(path), { recursive: true })
    const real = realpathSync(dirname(path))
    if (real !== root && !real.startsWith(root + sep))
      return notWritten(name, `${dirname(relative)} is a link out of the folder`)
    const target = join(real, basename(path))
    if (existsSync(target) && existsSync(original) && realpathSync(target) === realpathSync(original))
      return notWritten(name, 'it would replace the original')
    writeWhole(target, [text])
    return undefined
  } catch (error) {
    return notWritten(name, codeOf(error))
  }
}

/** Parts of a path below a folder; undefined where there is none. */
export function safePath(name: string): string | undefined {
  const parts = name
    .replace(/^[a-z]:/i, '')
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.')
  if (parts.length === 0 || parts.some((part) => part === '..' || !isPlainName(part))) return undefined
  return parts.join('/')
}

/** No control characters, no stream of Windows (a:b), none of its devices, not too long for a disk. */
const isPlainName = (part: string): boolean =>
  !/[\p{Cc}:]/u.test(part) &&
  !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(part) &&
  Buffer.byteLength(part) <= 200

/** UTF-8; a reader sees the old file or the new one, never half of it. */
export function writeWhole(path: string, parts: Iterable<string>): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  try {
    const file = openSync(temporary, 'wx', 0o644)
    try {
      for (const part of parts) writeAll(file, Buffer.from(part, 'utf8'))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

const notWritten = (name: string, reason: string): ReviewProblem => ({
  message: `${name}: not written: ${reason}`,
  fix: 'name another folder with --out',
})
