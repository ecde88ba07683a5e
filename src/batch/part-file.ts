/**
 * A file that grows piece by piece under NAME.part and gets its name when it is complete: whoever finds
 * NAME finds all of it. What was added after the last `sync` may be lost; what was before may not.
 */
import { mkdir, open, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { diskError } from './failure.ts'

/** A file as far as it is needed here; a test puts one in its place that is full. */
export interface DiskFile {
  write(bytes: Uint8Array, at: number): Promise<void>
  truncate(size: number): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

export interface Disk {
  /** Opens for writing, makes the file and its folder where they are missing. */
  open(path: string): Promise<DiskFile>
}

export interface PartFile {
  /** Length so far, bytes. */
  readonly size: number
  add(bytes: Uint8Array): Promise<void>
  /** Returns when everything added lies on the disk. */
  sync(): Promise<void>
  close(): Promise<void>
}

export const partPath = (path: string): string => `${path}.part`

/**
 * Opens the part of `path` and cuts it to its first `keep` bytes.
 *
 * @throws BatchError when the disk refuses
 */
export async function openPart(path: string, keep: number, disk: Disk): Promise<PartFile> {
  const file = await told(path, async () => {
    const opened = await disk.open(partPath(path))
    await opened.truncate(keep)
    return opened
  })
  let size = keep
  return {
    get size() {
      return size
    },
    add: (bytes) =>
      told(path, async () => {
        await file.write(bytes, size)
        size += bytes.length
      }),
    sync: () => told(path, () => file.sync()),
    close: () => told(path, () => file.close()),
  }
}

/** Gives the part its name, for good. */
export const complete = (path: string): Promise<void> =>
  told(path, async () => {
    await rename(partPath(path), path)
    await syncFolder(dirname(path))
  })

/** Length of the part in bytes; a file that got its name too early is a part again. */
export async function partSize(path: string): Promise<number> {
  const size = await sizeOf(partPath(path))
  if (size !== undefined) return size
  const whole = await sizeOf(path)
  if (whole === undefined) return 0
  await told(path, () => rename(path, partPath(path)))
  return whole
}

/** Takes a file away that is not needed any more. */
export const removed = (path: string): Promise<void> =>
  unlink(path).catch(() => {
    // It is not there, or will be passed over.
  })

/** Bytes of a file; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch {
    return undefined
  }
}

export const realDisk: Disk = {
  async open(path) {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'a').then(async (made) => {
      await made.close()
      return open(path, 'r+')
    })
    return {
      async write(bytes, at) {
        let done = 0
        while (done < bytes.length) {
          const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done)
          done += bytesWritten
        }
      },
      truncate: (size) => file.truncate(size),
      // Contents and length: times may come later.
      sync: () => file.datasync(),
      close: () => file.close(),
    }
  },
}

/** A rename is only safe when the folder is written, too. Where folders cannot be synced, it is the system's affair. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  try {
    await folder?.sync()
  } catch {
    // Some file systems refuse; the rename itself is done.
  } finally {
    await folder?.close()
  }
}

async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw diskError(path, error)
  }
}
