/**
 * The only file of the model that touches the disk: whole files into shared memory, and texts line by
 * line for training. A line longer than a million units is handed on in parts, so that memory stays
 * bounded whatever the input is.
 */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'

const MAX_LINE = 1 << 20

/**
 * All bytes of a file in shared memory, ready to hand to worker threads.
 *
 * @throws Error that names a missing file, else the file system's (EACCES, EISDIR)
 */
export function loadBytes(path: string): SharedArrayBuffer {
  const file = opened(path)
  try {
    const buffer = new SharedArrayBuffer(fstatSync(file).size)
    const bytes = new Uint8Array(buffer)
    let at = 0
    while (at < bytes.length) {
      const read = readSync(file, bytes, at, bytes.length - at, at)
      if (read === 0) throw new Error(`${path}: became shorter while it was read\n  fix: run again`)
      at += read
    }
    return buffer
  } finally {
    closeSync(file)
  }
}

/** @throws Error in words where there is no such file: the system's says it in its own. */
function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (!existsSync(path)) throw new Error(`there is no file ${path}`, { cause: error })
    throw error
  }
}

/** The same, or nothing where there is no such file. */
export const loadIfThere = (path: string): SharedArrayBuffer | undefined =>
  existsSync(path) ? loadBytes(path) : undefined

/** A whole UTF-8 text: word lists and weights. @throws the file system's Error */
export const loadText = (path: string): string => readFileSync(path, 'utf8')

/** The lines of several UTF-8 files, one after the other; a file's last line ends with the file. */
export async function* fileLines(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    const file = await open(path, 'r')
    try {
      yield* linesOf(file.createReadStream({ highWaterMark: 1 << 18, autoClose: false }))
    } finally {
      await file.close()
    }
  }
}

/** The lines of a byte stream in UTF-8 (standard input, a file), without their line ends. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const text = rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))
    let from = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      yield text.slice(from, text.charCodeAt(end - 1) === 0x0d && end > from ? end - 1 : end)
      from = end + 1
    }
    rest = text.slice(from)
    while (rest.length > MAX_LINE) {
      const space = rest.lastIndexOf(' ', MAX_LINE)
      const cut = space > 0 ? space : MAX_LINE
      yield rest.slice(0, cut)
      rest = rest.slice(cut)
    }
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}
