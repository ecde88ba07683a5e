/**
 * Names of inputs to paths of outputs, never outside of the output folder.
 *
 * In: a root and a name (`/` between parts). Out: a path below the root whose folders exist, or the
 * problem that forbids it. A name is refused rather than repaired: two repaired names might be one.
 * Links inside of the output folder are no way out: the real path of the folder is what counts.
 */
import { lstat, mkdir, realpath, rename, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { Problem } from '../index.ts'
import { codeOf } from '../write/error-code.ts'

/** Longest part of a path that common file systems take, bytes; our own endings need some of them. */
const MAX_PART_BYTES = 200
const MAX_NAME_BYTES = 2000
/** Names that are devices on Windows, whatever their ending. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

const refused = (fact: string): Problem => ({
  kind: 'unreadable',
  message: `this cannot be the name of an output: ${fact}`,
  fix: 'rename the file, or name its folder instead',
})

/** Why a name cannot be mirrored; undefined where it can. */
export function nameProblem(name: string): Problem | undefined {
  if (name === '') return refused('it is empty')
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return refused('it is too long')
  for (const part of name.split('/')) {
    if (part === '' || part === '.' || part === '..') return refused(`it has the part "${part}"`)
    if (part.includes('\\')) return refused('it holds a backslash')
    if (/^[a-z]:/i.test(part)) return refused('it begins like a drive')
    for (let at = 0; at < part.length; at++)
      if (part.charCodeAt(at) < 0x20) return refused('it holds a control character')
    if (part.endsWith(' ') || part.endsWith('.')) return refused('a part of it ends with a blank or a dot')
    if (Buffer.byteLength(part) > MAX_PART_BYTES) return refused('a part of it is too long')
    if (DEVICES.test(part)) return refused(`"${part}" is a device on some systems`)
  }
  return undefined
}

/** The path of `name` below `root`, with its folders made. */
export async function outputPath(
  root: string,
  name: string,
): Promise<{ readonly path: string } | { readonly problem: Problem }> {
  const problem = nameProblem(name)
  if (problem !== undefined) return { problem }
  const path = join(root, ...name.split('/'))
  try {
    await mkdir(root, { recursive: true })
    const base = await realpath(root)
    // Folder by folder: making all at once would follow a link before anybody looked at it.
    let folder = base
    for (const part of name.split('/').slice(0, -1)) {
      folder = join(folder, part)
      await mkdir(folder).catch((error: unknown) => {
        if (codeOf(error) !== 'EEXIST') throw error
      })
      if (!(await stat(folder)).isDirectory()) return { problem: notWritten('ENOTDIR') }
      if (!(await realpath(folder)).startsWith(base + sep))
        return { problem: refused('its folder is a link that leads elsewhere') }
    }
    return { path }
  } catch (error) {
    return { problem: notWritten(codeOf(error)) }
  }
}

/** Gives a finished file its name; a file of that name that is there already stays, and is a problem. */
export async function settle(temporary: string, path: string): Promise<Problem | undefined> {
  try {
    const there = await lstat(path).catch(() => undefined)
    if (there !== undefined)
      return {
        kind: 'unreadable',
        message: `not written: there is a file called ${path}`,
        fix: 'choose another folder, or remove it',
      }
    await rename(temporary, path)
    return undefined
  } catch (error) {
    return notWritten(codeOf(error))
  }
}

/** Where a file is filled before it has its name; no input is called so. */
export const temporaryPath = (path: string): string =>
  join(dirname(path), `.${path.slice(path.lastIndexOf(sep) + 1)}.unspin-part`)

export const notWritten = (code: string): Problem => ({
  kind: 'unreadable',
  message: `not written: ${code === 'ENOSPC' ? 'the disk is full' : code}`,
  fix: code === 'ENOSPC' ? 'make room, then go on with --resume' : 'check that the folder can be written',
})
