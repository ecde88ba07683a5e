/**
 * A folder to the files in it and below, sorted, without what .gitignore names or begins with a dot.
 *
 * In: an absolute path. Out: files and problems, in the order of their names. Links to folders are not
 * followed, so that no loop can hold the walk and nothing outside of the folder is met; a link to a file
 * is, if the file lies inside. A stack rather than recursion: folders may be nested as deep as they like.
 */
import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Problem } from '../index.ts'
import { codeOf } from '../write/error-code.ts'
import { type Excluded, folderRules, isIgnored, type Scope } from './ignore-rules.ts'
import { unreadable } from './problems.ts'

/** `name` is relative to the folder, `/` between parts. */
export type Met =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly problem: Problem }

interface Folder {
  /** Ends with `/`, but for the root, which is empty. */
  readonly name: string
  readonly scopes: readonly Scope[]
}

export async function* walkFolder(root: string, excluded: Excluded): AsyncGenerator<Met> {
  // Where it has gone since it was looked at, reading it says so.
  const real = await realpath(root).catch(() => root)
  const waiting: (Folder | Met)[] = [{ name: '', scopes: [] }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!('scopes' in next)) {
      yield next
      continue
    }
    const { name, scopes } = await withOwnRules(root, next)
    const entries = await entriesOf(join(root, name))
    if ('problem' in entries) {
      yield { name: name.slice(0, -1), problem: entries.problem }
      continue
    }
    const found: (Folder | Met)[] = []
    for (const entry of entries.list) {
      const path = name + entry.name
      const asked = entry.isDirectory() ? `${path}/` : path
      if (entry.name.startsWith('.') || excluded(asked) || isIgnored(asked, scopes)) continue
      if (entry.isDirectory()) found.push({ name: asked, scopes })
      else if (entry.isFile()) found.push({ name: path, path: join(root, path) })
      else if (entry.isSymbolicLink()) found.push(...(await linked(root, real, path)))
    }
    // The stack gives back the last one first.
    waiting.push(...found.reverse())
  }
}

async function withOwnRules(root: string, { name, scopes }: Folder): Promise<Folder> {
  const rules = await folderRules(join(root, name))
  return rules === undefined ? { name, scopes } : { name, scopes: [...scopes, { rules, depth: name.length }] }
}

async function entriesOf(path: string): Promise<{ readonly list: Dirent[] } | { readonly problem: Problem }> {
  try {
    const list = await readdir(path, { withFileTypes: true })
    return { list: list.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) }
  } catch (error) {
    return { problem: unreadable(codeOf(error)) }
  }
}

async function linked(root: string, real: string, name: string): Promise<readonly Met[]> {
  const path = join(root, name)
  try {
    const target = await stat(path)
    if (!target.isFile()) return []
    if ((await realpath(path)).startsWith(real + sep)) return [{ name, path }]
  } catch (error) {
    const code = codeOf(error)
    // A loop of links is no file, nor is a link to nothing; neither keeps a run from its files.
    return code === 'ELOOP' || code === 'ENOENT' ? [] : [{ name, problem: unreadable(code) }]
  }
  const problem: Problem = {
    kind: 'unreadable',
    message: 'this link leads out of the folder and was not followed',
    fix: 'name the file itself if it is meant',
  }
  return [{ name, problem }]
}
