/**
 * New text into an existing file: whole or not at all.
 *
 * In: what the file was when it was read, its bytes then, the text before and after. Out: nothing, or
 * the problem that kept it from being written. A temporary file in the same folder is filled, given the
 * old mode and renamed over the old one, so that no reader ever sees half a text. Symbolic links are not
 * followed: what they point to may lie outside of what the user meant.
 */
import { randomBytes } from 'node:crypto'
import { lstat, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Problem } from '../index.ts'
import { codeOf } from '../write/error-code.ts'
import type { FileStamp } from './input.ts'

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** Replaces the file's text; a problem means that the file is as it was. */
export async function replaceFile(
  stamp: FileStamp,
  bytes: Uint8Array,
  before: string,
  after: string,
): Promise<Problem | undefined> {
  const content = encoded(bytes, before, after)
  if (content === undefined) {
    return {
      kind: 'encoding',
      message: 'not written: the file is not UTF-8, and writing it would change its encoding',
      fix: 'convert it to UTF-8 first, or take the text from --stdout',
    }
  }
  const temporary = join(
    dirname(stamp.path),
    `.${basename(stamp.path)}.unspin-${randomBytes(6).toString('hex')}`,
  )
  try {
    const now = await lstat(stamp.path)
    if (!now.isFile()) {
      return notWritten('it is no regular file', 'name the file itself, not a link to it')
    }
    if (now.ino !== stamp.inode || now.size !== stamp.size || now.mtimeMs !== stamp.modified) {
      return notWritten('it changed while it was read', 'run again')
    }
    await written(temporary, content, now.mode & 0o7777)
    await rename(temporary, stamp.path)
    return undefined
  } catch (error) {
    await unlink(temporary).catch(() => {
      // It was never made, or is renamed already.
    })
    return notWritten(codeOf(error), 'check that its folder can be written')
  }
}

async function written(path: string, content: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.chmod(mode)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The new bytes, or nothing where encoding the old text does not give the old bytes. */
function encoded(bytes: Uint8Array, before: string, after: string): Buffer | undefined {
  const marked = UTF8_MARK.equals(bytes.subarray(0, 3)) && !before.startsWith('\ufeff')
  const bytesOf = (text: string): Buffer =>
    marked ? Buffer.concat([UTF8_MARK, Buffer.from(text, 'utf8')]) : Buffer.from(text, 'utf8')
  return bytesOf(before).equals(bytes) ? bytesOf(after) : undefined
}

function notWritten(reason: string, fix: string): Problem {
  return { kind: 'unreadable', message: `not written: ${reason}`, fix }
}
