/**
 * The output folder of `batch fix` back to the inputs, byte for byte.
 *
 * In: DIR/cleaned and DIR/changes. Out: the inputs in another folder, each under the name it had, and
 * what became of each. A compressed input gets its content back; its compressed bytes may differ. What
 * was edited since is told from what was written, and not restored. Memory holds one change at a time.
 */
import { createReadStream } from 'node:fs'
import { open, readdir, unlink } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Problem } from '../index.ts'
import { codeOf } from '../write/error-code.ts'
import { type ByteReader, byteReader } from './byte-reader.ts'
import { type LogEntry, type LogHead, logEntry } from './change-log.ts'
import { compressed } from './compress.ts'
import { fileBytes } from './decompress.ts'
import { cleanedName } from './input-kind.ts'
import { byteLines } from './lines.ts'
import { nameProblem, notWritten, outputPath, settle, temporaryPath } from './mirror.ts'
import { Broken, malformed, unreadable } from './problems.ts'

export type Undone =
  | { readonly name: string; readonly state: 'restored' }
  /** A web archive: its input was never rewritten, so there is nothing to take back. */
  | { readonly name: string; readonly state: 'untouched' }
  | { readonly name: string; readonly state: 'failed'; readonly problem: Problem }

/** Longest line of a log: a change may be as long as a document, twice, with every byte escaped. */
const MAX_LINE_BYTES = 400_000_000
const PART_BYTES = 1 << 20
const LOG_ENDING = '.jsonl'
const PART_ENDING = '.jsonl.part'

/** Restores every shard of `outDir` below `intoDir`, in the order of their names. */
export async function* undo(outDir: string, intoDir: string): AsyncGenerator<Undone> {
  const logs = join(outDir, 'changes')
  const names = await logNames(logs)
  if ('problem' in names) {
    yield { name: relative(outDir, logs), state: 'failed', problem: names.problem }
    return
  }
  for (const log of names.list) {
    if (log.endsWith(PART_ENDING)) {
      const name = log.slice(0, -PART_ENDING.length)
      const problem = malformed('its run did not come to its end', 'finish it with --resume first')
      yield { name, state: 'failed', problem }
    } else yield await undone(join(logs, log), log.slice(0, -LOG_ENDING.length), outDir, intoDir)
  }
}

async function undone(log: string, name: string, outDir: string, intoDir: string): Promise<Undone> {
  const failed = (problem: Problem): Undone => ({ name, state: 'failed', problem })
  const entries = logEntries(log)
  let temporary: string | undefined
  try {
    const head = await entries.next()
    if (head.done || head.value.kind !== 'head' || head.value.shard !== name) return failed(NOT_A_LOG)
    if (head.value.container === 'warc') return { name, state: 'untouched' }
    const problem = nameProblem(name)
    if (problem !== undefined) return failed(problem)
    const output = await outputPath(intoDir, name)
    if ('problem' in output) return failed(output.problem)
    temporary = temporaryPath(output.path)
    const wrong = await restored(head.value, entries, outDir, temporary)
    if (wrong !== undefined) return failed(wrong)
    const unsettled = await settle(temporary, output.path)
    return unsettled === undefined ? { name, state: 'restored' } : failed(unsettled)
  } catch (error) {
    return failed(error instanceof Broken ? error.problem : notWritten(codeOf(error)))
  } finally {
    await entries.return(undefined)
    // Renamed where all went well.
    if (temporary !== undefined) await unlink(temporary).catch(() => {})
  }
}

const NOT_A_LOG = malformed('this is no log of changes to it', 'take the log as "batch fix" wrote it')
const CHANGED = malformed(
  'its cleaned copy is not as it was written; nothing was restored',
  'undo needs the folder as "batch fix" left it',
)

/** Fills `path`; a problem where the cleaned copy and the log do not belong together. */
async function restored(
  head: LogHead,
  entries: AsyncIterable<LogEntry>,
  outDir: string,
  path: string,
): Promise<Problem | undefined> {
  const cleaned = join(outDir, 'cleaned', ...cleanedName({ ...head, name: head.shard }).split('/'))
  const source = fileBytes({ path: cleaned, compression: head.compression })
  const input = byteReader(source)
  // Read before from another folder, and perhaps from another program: never over a file that is there.
  const file = await open(path, 'wx')
  let waiting: Uint8Array[] = []
  let size = 0
  let written = 0
  const flush = async (): Promise<void> => {
    await file.appendFile(await compressed(Buffer.concat(waiting), head.compression))
    waiting = []
    size = 0
  }
  const write = async (bytes: Uint8Array): Promise<void> => {
    waiting.push(bytes)
    size += bytes.length
    written += bytes.length
    if (size >= PART_BYTES) await flush()
  }
  try {
    for await (const entry of entries) {
      switch (entry.kind) {
        case 'edit': {
          if (entry.at < written || !(await copy(input, entry.at - written, write))) return CHANGED
          const now = await input.take(entry.now.length)
          if (now === undefined || !now.equals(entry.now)) return CHANGED
          await write(entry.was)
          break
        }
        case 'end': {
          if (entry.bytes < written || !(await copy(input, entry.bytes - written, write))) return CHANGED
          if ((await input.some(1)) !== undefined) return CHANGED
          await flush()
          await file.sync()
          return undefined
        }
        case 'head':
          return NOT_A_LOG
        case 'remark':
          break
      }
    }
    return malformed('the log of its changes has no end', 'finish the run with --resume first')
  } finally {
    await file.close()
    await source.return(undefined)
  }
}

/** False where there are fewer than `size` bytes. */
async function copy(
  input: ByteReader,
  size: number,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<boolean> {
  for (let left = size; left > 0; ) {
    const part = await input.some(Math.min(left, PART_BYTES))
    if (part === undefined) return false
    await write(part)
    left -= part.length
  }
  return true
}

async function* logEntries(path: string): AsyncGenerator<LogEntry> {
  for await (const part of byteLines(createReadStream(path), MAX_LINE_BYTES)) {
    const entry = part.state === 'whole' ? logEntry(Buffer.from(part.bytes).toString()) : undefined
    if (entry === undefined)
      throw new Broken(malformed(`line ${part.line} of its log is none`, NOT_A_LOG.fix))
    yield entry
  }
}

async function logNames(
  folder: string,
): Promise<{ readonly list: readonly string[] } | { readonly problem: Problem }> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true })
    const names = found
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll(sep, '/'))
      .filter((name) => name.endsWith(LOG_ENDING) || name.endsWith(PART_ENDING))
    return { list: names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) }
  } catch (error) {
    const code = codeOf(error)
    const missing = malformed('there is no log of changes', 'name the folder that was --out of "batch fix"')
    return { problem: code === 'ENOENT' ? missing : unreadable(code) }
  }
}
