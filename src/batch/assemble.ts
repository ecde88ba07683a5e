/**
 * The parts of a shard in a further form to the one file they become.
 *
 * In: the parts, a JSON string a line, in the order of the records. Out: the whole under its name, all at
 * once. Read and written as streams: what is held is one part, and what the form's joiner must remember.
 * It is done again from the beginning where a run was killed meanwhile.
 */
import type { Joiner } from '../write/sheet.ts'
import { compressed } from './compress.ts'
import { fileBytes } from './decompress.ts'
import { BatchError } from './failure.ts'
import { byteLines } from './lines.ts'
import { complete, type Disk, openPart } from './part-file.ts'
import { problemOf } from './problems.ts'
import type { Compression } from './shapes.ts'

/** What parts become. */
export interface Whole {
  /** Absolute. */
  readonly path: string
  readonly joiner: () => Joiner
}

/** UTF-16 units that are compressed and written at a time. */
const PIECE = 1 << 20
/** One document's part: its text and its findings. */
const MAX_LINE_BYTES = 400_000_000

/** Parts and whole are compressed alike. @throws BatchError when the disk refuses or the parts are damaged */
export async function assemble(
  parts: { readonly path: string; readonly compression: Compression },
  { path, joiner }: Whole,
  disk: Disk,
): Promise<void> {
  const file = await openPart(path, 0, disk)
  const { start, add, end } = joiner()
  let held = start()
  const write = async (text: string): Promise<void> =>
    file.add(await compressed(Buffer.from(text), parts.compression))
  try {
    for await (const part of partsOf(parts)) {
      held += add(part)
      if (held.length < PIECE) continue
      await write(held)
      held = ''
    }
    held += end()
    // Nothing at all is no gzip file.
    if (held !== '' || file.size === 0) await write(held)
    await file.sync()
  } finally {
    await file.close()
  }
  await complete(path)
}

async function* partsOf(parts: {
  readonly path: string
  readonly compression: Compression
}): AsyncGenerator<string> {
  const broken = (fact: string): BatchError =>
    new BatchError(
      'failed',
      `${parts.path}: cannot be joined: ${fact}`,
      'delete this file and its .journal and run again with --resume; its input is then answered anew',
    )
  try {
    for await (const line of byteLines(
      fileBytes(parts, { maxRatio: Number.POSITIVE_INFINITY }),
      MAX_LINE_BYTES,
    )) {
      if (line.state !== 'whole') throw broken(`line ${line.line} is longer than ${MAX_LINE_BYTES} bytes`)
      // Our own lines, read back.
      yield JSON.parse(Buffer.from(line.bytes).toString()) as string
    }
  } catch (error) {
    if (error instanceof BatchError) throw error
    throw broken(error instanceof SyntaxError ? 'a line is not JSON' : problemOf(error).message)
  }
}
