/**
 * Where the inputs of a run lie, kept beside its results: `inputs.jsonl`, a line for each input.
 *
 * In: the inputs of a run. Out: the list, and read back the same inputs. Paths are written relative to the
 * output folder, so that folder and inputs can be moved together; whoever reads the results later (a
 * review) finds the text of every record again.
 */
import { createReadStream } from 'node:fs'
import { open, realpath, rename } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { codeOf } from '../write/error-code.ts'
import { jsonLine } from '../write/jsonl.ts'
import { diskError } from './failure.ts'
import { byteLines } from './lines.ts'
import { nameProblem } from './mirror.ts'
import type { Compression, Container, InputFile } from './shapes.ts'

const LIST_NAME = 'inputs.jsonl'
const MAX_LINE_BYTES = 100_000
/** Units of text written at a time. */
const PIECE_UNITS = 1 << 16

const CONTAINERS: readonly Container[] = ['document', 'jsonl', 'csv', 'warc']
const COMPRESSIONS: readonly Compression[] = ['none', 'gzip', 'zstd']

/** Writes the list whole or leaves the old one. @throws BatchError when the disk refuses */
export async function writeInputList(out: string, files: readonly InputFile[]): Promise<void> {
  const path = join(out, LIST_NAME)
  try {
    const from = await realpath(out)
    const file = await open(`${path}.new`, 'w')
    try {
      let piece = ''
      for (const { name, path: at, container, compression } of files) {
        const shown = at === '-' ? at : relative(from, at).replaceAll(sep, '/')
        piece += jsonLine({ name, path: shown, container, compression })
        if (piece.length < PIECE_UNITS) continue
        await file.appendFile(piece)
        piece = ''
      }
      await file.appendFile(piece)
    } finally {
      await file.close()
    }
    await rename(`${path}.new`, path)
  } catch (error) {
    throw diskError(path, error)
  }
}

/**
 * The inputs of the run in `out`, in its order, with absolute paths; undefined where there is no list (a
 * run of an earlier version). A line that is none ends the list with an Error that says so.
 */
export async function readInputList(out: string): Promise<readonly InputFile[] | undefined> {
  const files: InputFile[] = []
  try {
    const from = await realpath(out)
    for await (const part of byteLines(createReadStream(join(out, LIST_NAME)), MAX_LINE_BYTES)) {
      const file = part.state === 'whole' ? inputFile(parsed(part.bytes), from) : undefined
      if (file === undefined) throw new Error(`${LIST_NAME}:${part.line}: this is no input of a run`)
      files.push(file)
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  return files
}

/** Foreign by the time it is read: a name that leads elsewhere is no name of an input. */
function inputFile(value: unknown, from: string): InputFile | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { name, path, ...kind } = value as Readonly<Record<string, unknown>> // checked member by member
  const container = CONTAINERS.find((one) => one === kind.container)
  const compression = COMPRESSIONS.find((one) => one === kind.compression)
  if (typeof name !== 'string' || typeof path !== 'string') return undefined
  if (container === undefined || compression === undefined || nameProblem(name) !== undefined)
    return undefined
  const at = path === '-' || isAbsolute(path) ? path : resolve(from, path)
  return { name, path: at, container, compression }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}
