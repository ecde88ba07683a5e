/**
 * `unspin dict`: compile the word lists, say why a phrase matches; reading the lists for all of `dict`.
 *
 * In: word list files by name, or a folder with habits/, phrases/, terms/ and inflection/ in it. Problems go to
 * standard error as place, fact, fix; an error stops the build, so that a dictionary file always
 * stands for lists that passed.
 */
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { unreadable } from '../batch/problems.ts'
import type { DictFile, DictProblem, Inflector } from '../index.ts'
import { codeOf } from '../write/error-code.ts'
import { plain } from '../write/plain.ts'
import { visible } from '../write/visible.ts'
import { EXIT, type ExitCode, RunError } from './exit-codes.ts'
import type { World } from './world.ts'

export interface DictRequest {
  /** Folder of the word lists; the package's own by default. */
  readonly wordlists: string | undefined
  /** Files to take instead of the folder's habits, phrases and terms. */
  readonly files: readonly string[]
}

export interface Sources {
  readonly files: readonly DictFile[]
  /** Where each file lies, absolute. */
  readonly paths: readonly string[]
  readonly inflector: Inflector
}

const ENDINGS = ['.tsv', '.yaml', '.yml'] as const

export async function dictBuild(
  request: DictRequest & { readonly out: string | undefined },
  world: World,
): Promise<ExitCode> {
  const { files, inflector } = await sources(request, world)
  const { dictionary, problems, stats } = world.api.compileDictionary(files, inflector)
  if (await tell(problems, world)) return EXIT.failed
  const out = request.out === undefined ? world.api.dictionaryPath() : resolve(world.cwd, request.out)
  await writeWhole(out, dictionary)
  await world.stderr.write(
    `${out}: ${stats.entries} entries, ${stats.pairs} pairs, ${stats.terms} terms, ${stats.bytes} bytes\n`,
  )
  return EXIT.nothing
}

export async function dictWhy(phrase: string, request: DictRequest, world: World): Promise<ExitCode> {
  const { api } = world
  const { files, inflector } = await sources(request, world)
  const { dictionary, problems } = api.compileDictionary(files, inflector)
  if (await tell(problems, world)) return EXIT.failed
  await world.stdout.write(plain(api.why(api.dictionary(dictionary), phrase)))
  return EXIT.nothing
}

/** Further dictionary files to compiled dictionaries, one each; a file with an error stops the run. */
export async function userDictionaries(
  paths: readonly string[],
  world: World,
): Promise<readonly Uint8Array[]> {
  const out: Uint8Array[] = []
  for (const path of paths) {
    const { files, inflector } = await sources(
      { wordlists: undefined, files: [relative(world.cwd, path)] },
      world,
    )
    const { dictionary, problems } = world.api.compileDictionary(files, inflector)
    if (await tell(problems, world)) {
      throw new RunError(`${path}: the dictionary has errors`, 'correct them, or leave --dictionary out')
    }
    out.push(dictionary)
  }
  return out
}

export async function sources({ wordlists, files }: DictRequest, { api, cwd }: World): Promise<Sources> {
  const folder = wordlists === undefined ? api.wordlistsPath() : resolve(cwd, wordlists)
  const table = (name: string): Promise<string> =>
    text(join(folder, 'inflection', `irregular-${name}.tsv`), '')
  const [verbs, nouns, adjectives] = await Promise.all([table('verbs'), table('nouns'), table('adjectives')])
  const named =
    files.length > 0
      ? files.map((file) => ({ name: file, path: resolve(cwd, file) }))
      : await listed(folder, wordlists ?? 'wordlists')
  const read: DictFile[] = []
  for (const { name, path } of named) read.push({ name, text: await text(path) })
  return {
    files: read,
    paths: named.map(({ path }) => path),
    inflector: api.inflector({ verbs, nouns, adjectives }),
  }
}

/** Habits, phrases and terms below `folder`, in code unit order: the build must not depend on the disk. */
async function listed(folder: string, shown: string): Promise<{ name: string; path: string }[]> {
  const out: string[] = []
  for (const part of ['habits', 'phrases', 'terms']) {
    const names = await readdir(join(folder, part)).catch((): string[] => [])
    out.push(
      ...names.filter((name) => ENDINGS.some((end) => name.endsWith(end))).map((name) => join(part, name)),
    )
  }
  if (out.length === 0) {
    throw new RunError(
      `${shown}: no word lists in habits/, phrases/ or terms/`,
      'name the folder with --wordlists',
    )
  }
  return out.sort().map((name) => ({ name: join(shown, name), path: join(folder, name) }))
}

/** A file's text; `missing` stands for one that is not there. */
async function text(path: string, missing?: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' && missing !== undefined) return missing
    throw new RunError(`${relative('.', path)}: ${unreadable(code).message}`, 'check the path')
  }
}

const MAX_FILE_BYTES = 100_000_000

/** A file from outside, not beyond 100 MB. */
export async function readBounded(path: string, shown: string): Promise<string> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw new RunError(`${shown}: ${unreadable(codeOf(error)).message}`, 'check the path')
  })
  if (size > MAX_FILE_BYTES) {
    throw new RunError(`${shown}: ${size} bytes, more than ${MAX_FILE_BYTES}`, 'split the file')
  }
  return text(path)
}

/** Prints the problems; true if one of them is an error. */
export async function tell(problems: readonly DictProblem[], { api, stderr }: World): Promise<boolean> {
  for (const problem of problems) {
    const { severity } = problem
    const lines = api.problemText(problem).split('\n').map(visible).join('\n')
    await stderr.write(severity === 'error' ? `${lines}\n` : `warning: ${lines}\n`)
  }
  return problems.some(({ severity }) => severity === 'error')
}

export function counts(problems: readonly DictProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return `${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}`
}

export const counted = (count: number, thing: string, things = `${thing}s`): string =>
  `${count} ${count === 1 ? thing : things}`

/** Fills a file beside and renames it: an interrupted build leaves the old one. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.part`, bytes)
    await rename(`${path}.part`, path)
  } catch (error) {
    throw new RunError(`${path}: cannot be written (${codeOf(error)})`, 'check the folder')
  }
}
