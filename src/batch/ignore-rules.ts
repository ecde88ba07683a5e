/**
 * What is left out of a run: patterns given by hand, and those of .gitignore files.
 *
 * In: patterns or a folder. Out: tests of paths below it, `/` between parts. As with git, a deeper
 * .gitignore outranks one above, and what lies in an ignored folder cannot be brought back.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import makeIgnore, { type Ignore } from 'ignore'

/** Is the path (a folder's ends with `/`) among the patterns? Paths that leave the folder never are. */
export type Excluded = (path: string) => boolean

export function excluding(patterns: readonly string[]): Excluded {
  if (patterns.length === 0) return () => false
  const rules = makeIgnore().add([...patterns])
  return (path) => makeIgnore.isPathValid(path) && rules.ignores(path)
}

/** A .gitignore longer than this is none. */
const MAX_RULES_UNITS = 1_000_000

/** The rules of one folder; undefined where it has none. */
export async function folderRules(folder: string): Promise<Ignore | undefined> {
  try {
    const text = await readFile(join(folder, '.gitignore'), 'utf8')
    return text.length > MAX_RULES_UNITS ? undefined : makeIgnore().add(text)
  } catch {
    return undefined
  }
}

/** Rules in force in a folder, outermost first; `depth` is the number of units of the path they are for. */
export interface Scope {
  readonly rules: Ignore
  /** Length of the folder's own path, with its `/`: what stands behind is matched. */
  readonly depth: number
}

/** Does the innermost rule that says anything about `path` say: leave it out? */
export function isIgnored(path: string, scopes: readonly Scope[]): boolean {
  for (let at = scopes.length - 1; at >= 0; at--) {
    const scope = scopes[at]
    if (scope === undefined) continue
    const own = path.slice(scope.depth)
    if (!makeIgnore.isPathValid(own)) continue
    const { ignored, unignored } = scope.rules.test(own)
    if (ignored) return true
    if (unignored) return false
  }
  return false
}

/** For paths found otherwise than by walking: every folder on the way is asked, once. */
export function ignoredBelow(root: string): (path: string) => Promise<boolean> {
  const known = new Map<string, Promise<Ignore | undefined>>()
  const rulesOf = (folder: string): Promise<Ignore | undefined> => {
    const found = known.get(folder) ?? folderRules(join(root, folder))
    known.set(folder, found)
    return found
  }
  return async (path) => {
    const parts = path.split('/')
    const scopes: Scope[] = []
    let folder = ''
    for (let at = 0; at < parts.length; at++) {
      const rules = await rulesOf(folder)
      if (rules !== undefined) scopes.push({ rules, depth: folder.length })
      const end = at === parts.length - 1 ? '' : '/'
      if (isIgnored(`${folder}${parts[at]}${end}`, scopes)) return true
      folder += `${parts[at]}/`
    }
    return false
  }
}
