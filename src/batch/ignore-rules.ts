/**
 * What is left out of a run: patterns given by hand, and those of .gitignore files.
 *
 * In: patterns or a folder. Out: tests of paths below it, `/` between parts. As with git, a deeper
 * .gitignore outranks one above, and what lies in an ignored folder cannot be brought back.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import makeIgnore from 'ignore'

/** What a list of patterns says of a path (a folder's ends with `/`): leave it out, keep it, or nothing. */
export type Rules = (path: string) => 'ignored' | 'kept' | 'nothing'

/** The package remembers every path it was asked about: it starts afresh after so many. */
const REMEMBERED_PATHS = 20_000
/** A .gitignore longer than this is none. */
const MAX_RULES_UNITS = 1_000_000
/** Each one more multiplies the steps that a long name can cost; a corpus may hold any .gitignore. */
const MAX_STARS_IN_PART = 3
const MAX_DOUBLE_STARS = 2

export function rulesOf(patterns: readonly string[]): Rules {
  const fresh = () => makeIgnore().add([...patterns])
  let rules = fresh()
  let asked = 0
  return (path) => {
    // Paths that leave the folder are not its business.
    if (!makeIgnore.isPathValid(path)) return 'nothing'
    asked += 1
    if (asked % REMEMBERED_PATHS === 0) rules = fresh()
    const { ignored, unignored } = rules.test(path)
    return ignored ? 'ignored' : unignored ? 'kept' : 'nothing'
  }
}

function isCheap(pattern: string): boolean {
  const parts = pattern.split('/')
  const doubles = parts.filter((part) => part === '**')
  return (
    doubles.length <= MAX_DOUBLE_STARS &&
    parts.every((part) => part === '**' || part.split('*').length - 1 <= MAX_STARS_IN_PART)
  )
}

/** Is the path left out by hand? */
export type Excluded = (path: string) => boolean

export function excluding(patterns: readonly string[]): Excluded {
  if (patterns.length === 0) return () => false
  const rules = rulesOf(patterns)
  return (path) => rules(path) === 'ignored'
}

/** The rules of one folder; undefined where it has none. */
export async function folderRules(folder: string): Promise<Rules | undefined> {
  try {
    const text = await readFile(join(folder, '.gitignore'), 'utf8')
    return text.length > MAX_RULES_UNITS ? undefined : rulesOf(text.split(/\r?\n/).filter(isCheap))
  } catch {
    return undefined
  }
}

/** Rules in force in a folder, outermost first; `depth` is the number of units of the path they are for. */
export interface Scope {
  readonly rules: Rules
  /** Length of the folder's own path, with its `/`: what stands behind is matched. */
  readonly depth: number
}

/** Does the innermost rule that says anything about `path` say: leave it out? */
export function isIgnored(path: string, scopes: readonly Scope[]): boolean {
  for (let at = scopes.length - 1; at >= 0; at--) {
    const scope = scopes[at]
    if (scope === undefined) continue
    const says = scope.rules(path.slice(scope.depth))
    if (says !== 'nothing') return says === 'ignored'
  }
  return false
}

/** For paths found otherwise than by walking: every folder on the way is asked, once. */
export function ignoredBelow(root: string): (path: string) => Promise<boolean> {
  const known = new Map<string, Promise<Rules | undefined>>()
  const rulesIn = (folder: string): Promise<Rules | undefined> => {
    const found = known.get(folder) ?? folderRules(join(root, folder))
    known.set(folder, found)
    return found
  }
  return async (path) => {
    const parts = path.split('/')
    const scopes: Scope[] = []
    let folder = ''
    for (let at = 0; at < parts.length; at++) {
      const rules = await rulesIn(folder)
      if (rules !== undefined) scopes.push({ rules, depth: folder.length })
      const end = at === parts.length - 1 ? '' : '/'
      if (isIgnored(`${folder}${parts[at]}${end}`, scopes)) return true
      folder += `${parts[at]}/`
    }
    return false
  }
}
