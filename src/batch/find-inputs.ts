/**
 * Arguments to the files of a batch run.
 *
 * In: files, folders, patterns, `-`, perhaps a file with one path a line. Out: InputFiles in the order of
 * the arguments, sorted within a folder or pattern, and problems. Every real file comes once, whatever
 * leads to it; names are such that no two outputs can be the same file.
 */
import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import type { Problem } from '../index.ts'
import { codeOf } from '../write/error-code.ts'
import { excluding, ignoredBelow } from './ignore-rules.ts'
import { inputKind } from './input-kind.ts'
import { nameGiver } from './input-names.ts'
import { nameProblem } from './mirror.ts'
import { unreadable } from './problems.ts'
import type { Container, InputFile } from './shapes.ts'
import { walkFolder } from './walk-folder.ts'

export interface FindOptions {
  readonly cwd: string
  /** Patterns as in .gitignore, for the paths below each folder and for shown paths of files. */
  readonly exclude?: readonly string[]
  /** A file with one path a line; empty lines are passed over. */
  readonly fileList?: string
  /** What a named file with an unknown ending holds: default `document`. */
  readonly otherwise?: Container
  /** What standard input holds: default `jsonl`. */
  readonly stdin?: Container
}

export interface Found {
  readonly files: readonly InputFile[]
  readonly problems: readonly { readonly id: string; readonly problem: Problem }[]
}

/** A file list that is longer belongs on disk as a folder. */
const MAX_LIST_BYTES = 400_000_000

export async function findInputs(args: readonly string[], options: FindOptions): Promise<Found> {
  const { cwd, exclude = [], fileList, otherwise = 'document', stdin = 'jsonl' } = options
  const files: InputFile[] = []
  const problems: { id: string; problem: Problem }[] = []
  const seen = new Set<string>()
  const named = nameGiver()
  const excluded = excluding(exclude)

  const refuse = (id: string, problem: Problem): void => {
    problems.push({ id, problem })
  }
  /** `path` is absolute and a regular file; `wish` is what its outputs would be called. */
  const add = async (path: string, wish: string, how: 'named' | 'met'): Promise<void> => {
    const real = await realpath(path).catch(() => undefined)
    if (real === undefined) return refuse(wish, unreadable('ENOENT'))
    if (seen.has(real) || excluded(wish)) return
    const { container, compression } = inputKind(path)
    if (container === undefined && how === 'met') return
    seen.add(real)
    const problem = nameProblem(wish)
    if (problem !== undefined) return refuse(wish, problem)
    files.push(named({ name: wish, path: real, container: container ?? otherwise, compression }))
  }
  const addFolder = async (folder: string, shown: string): Promise<void> => {
    for await (const met of walkFolder(folder, excluded)) {
      if ('problem' in met) refuse(met.name === '' ? shown : `${shown}/${met.name}`, met.problem)
      else await add(met.path, met.name, 'met')
    }
  }
  const addPath = async (arg: string): Promise<void> => {
    const path = resolve(cwd, arg)
    const kind = await kindOf(path)
    if (kind === 'folder') await addFolder(path, arg)
    else if (kind === 'file') await add(path, shownName(path, cwd), 'named')
    else refuse(arg, kind)
  }
  const addPattern = async (pattern: string): Promise<void> => {
    let matched = 0
    for (const path of await matches(pattern, cwd)) {
      matched += 1
      if ((await kindOf(path)) === 'file') await add(path, shownName(path, cwd), 'named')
    }
    if (matched === 0)
      refuse(pattern, {
        kind: 'unreadable',
        message: 'no file matches this pattern',
        fix: 'check the pattern; files that .gitignore names do not match',
      })
  }

  for (const arg of args) {
    if (arg === '-') {
      if (!seen.has('-'))
        files.push(named({ name: 'stdin', path: '-', container: stdin, compression: 'none' }))
      seen.add('-')
    } else if (isDynamicPattern(arg) && typeof (await kindOf(resolve(cwd, arg))) === 'object')
      await addPattern(arg)
    else await addPath(arg)
  }
  if (fileList !== undefined) {
    const listed = await listedPaths(resolve(cwd, fileList))
    if ('problem' in listed) refuse(fileList, listed.problem)
    else for (const path of listed.paths) await addPath(path)
  }
  return { files, problems }
}

async function kindOf(path: string): Promise<'file' | 'folder' | Problem> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return 'folder'
    if (found.isFile()) return 'file'
    return {
      kind: 'unreadable',
      message: 'this is no regular file',
      fix: 'pipe it in, and name it with -',
    }
  } catch (error) {
    return unreadable(codeOf(error))
  }
}

/** Absolute paths, sorted; what a .gitignore of the working folder or below names is left out. */
async function matches(pattern: string, cwd: string): Promise<readonly string[]> {
  const paths = await glob(pattern, {
    cwd,
    absolute: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    expandDirectories: false,
  })
  const ignored = ignoredBelow(cwd)
  const kept: string[] = []
  for (const path of paths) {
    const name = slashed(relative(cwd, resolve(path)))
    if (name.startsWith('../') || !(await ignored(name))) kept.push(resolve(path))
  }
  return kept.sort(byCodeUnit)
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const slashed = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'))

/** A file's path below the working folder; its own name where it lies elsewhere. */
function shownName(path: string, cwd: string): string {
  const below = relative(cwd, path)
  const outside = below === '' || isAbsolute(below) || below === '..' || below.startsWith(`..${sep}`)
  return slashed(outside ? path.slice(path.lastIndexOf(sep) + 1) : below)
}

async function listedPaths(
  path: string,
): Promise<{ readonly paths: readonly string[] } | { readonly problem: Problem }> {
  try {
    const { size } = await stat(path)
    if (size > MAX_LIST_BYTES)
      return { problem: { kind: 'too-large', message: `the list has ${size} bytes`, fix: 'split it' } }
    const text = await readFile(path, 'utf8')
    const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    return { paths: lines.filter((line) => line.trim() !== '') }
  } catch (error) {
    return { problem: unreadable(codeOf(error)) }
  }
}
