/**
 * How far a shard has come, in a file beside its results: a line after each piece that lies safely on the
 * disk. A line says that its records are answered, where reading goes on, and how long each output was.
 *
 * The outputs are synced before their line is written, so a line never promises more than there is. A
 * line that was cut short, and all behind it, is as if it had not been written.
 */
import { open, readFile, rename, unlink } from 'node:fs/promises'
import { diskError } from './failure.ts'

/** State of a shard after some of its records. */
export interface Mark {
  /** Records answered; the number of the next one. */
  readonly records: number
  /** Where the next record is read, bytes into the decompressed input. */
  readonly offset: number
  /** Line that stands there, in inputs that have lines. */
  readonly line?: number
  /** Length of each output, bytes, in the outputs' order. */
  readonly bytes: readonly number[]
}

/** What the input was when the shard was begun. */
export interface InputStamp {
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
}

export interface Journal {
  readonly stamp: InputStamp
  /** In order of time; empty where no piece was finished. */
  readonly marks: readonly Mark[]
}

export interface JournalWriter {
  add(mark: Mark): Promise<void>
  close(): Promise<void>
}

export const journalPath = (results: string): string => `${results}.journal`

/** The journal at `path`, as far as it is whole; undefined where there is none or not even its first line. */
export async function readJournal(path: string): Promise<Journal | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    return undefined
  }
  // The part behind the last line feed was cut short.
  const [first, ...rest] = text.split('\n').slice(0, -1)
  const stamp = parsedStamp(first)
  if (stamp === undefined) return undefined
  const marks: Mark[] = []
  for (const line of rest) {
    const mark = parsedMark(line)
    if (mark === undefined) break
    marks.push(mark)
  }
  return { stamp, marks }
}

/** Writes the journal anew, with the marks that are known, and goes on with it. */
export async function openJournal(path: string, { stamp, marks }: Journal): Promise<JournalWriter> {
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw diskError(path, error)
    }
  }
  // Only the last mark matters from here on.
  const lines = [{ version: 1, ...stamp }, ...marks.slice(-1)].map((line) => `${JSON.stringify(line)}\n`)
  const fresh = `${path}.new`
  const file = await told(async () => {
    const opened = await open(fresh, 'w')
    await opened.appendFile(lines.join(''))
    // From one moment to the next: a run that ends here finds the old journal or the new one.
    await rename(fresh, path)
    return opened
  })
  return {
    add: (mark) => told(() => file.appendFile(`${JSON.stringify(mark)}\n`)),
    close: () => told(() => file.close()),
  }
}

export const removeJournal = (path: string): Promise<void> =>
  unlink(path).catch(() => {
    // It is not there, or it will be found beside finished results and be passed over.
  })

function parsedStamp(line: string | undefined): InputStamp | undefined {
  const { version, size, modified } = fields(line)
  return version === 1 && typeof size === 'number' && typeof modified === 'number'
    ? { size, modified }
    : undefined
}

function parsedMark(text: string): Mark | undefined {
  const { records, offset, line: at, bytes } = fields(text)
  if (typeof records !== 'number' || typeof offset !== 'number' || !Array.isArray(bytes)) return undefined
  const lengths: unknown[] = bytes
  if (!lengths.every((length) => typeof length === 'number')) return undefined
  return { records, offset, ...(typeof at === 'number' && { line: at }), bytes: lengths }
}

function fields(line: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line ?? '')
    // Only read by the names above.
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}
