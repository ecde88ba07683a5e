/**
 * Files of the built page, and of nothing else.
 *
 * In: the path of a request. Out: bytes and type of a file below the folder, or nothing. Every part of
 * the path must be a plain name, and what it leads to must lie in the folder after links are followed.
 * There are no listings.
 */
import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export interface StaticFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.json', 'application/json; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
])

const NAME = /^[\w-][\w.-]{0,199}$/

/** The file that `path` ("/", "/assets/page.js") names, if it is one that may be given out. */
export async function staticFile(folder: string, path: string): Promise<StaticFile | undefined> {
  const names = path === '/' ? ['index.html'] : path.split('/').slice(1)
  const type = TYPES.get(extname(names.at(-1) ?? '').toLowerCase())
  if (type === undefined || !names.every((name) => NAME.test(name))) return undefined
  try {
    const root = await realpath(folder)
    const file = await realpath(join(root, ...names))
    if (!file.startsWith(root + sep) || !(await stat(file)).isFile()) return undefined
    return { bytes: new Uint8Array(await readFile(file)), type }
  } catch {
    // It is not there, or may not be read: to the outside both are the same.
    return undefined
  }
}
