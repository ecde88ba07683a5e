/**
 * The text that a stand-off record belongs to.
 *
 * In: a record's line and the texts named with --text. Out: its text and the path it was read from, or
 * what is missing. Tried in this order: the line's own text field, --text, the id as FILE:LINE of a JSON
 * Lines file, the id as a path. Whether it is the right text is for the review to check, by the wording
 * of every finding.
 */
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { decodeInput, type Problem } from '../index.ts'
import type { RecordId } from '../write/record.ts'
import { UsageError } from './exit-codes.ts'
import type { Options } from './options.ts'
import { inputs, isJsonLines } from './read-input.ts'
import type { World } from './world.ts'

export interface FoundText {
  readonly text: string
  /** For the format; undefined for the text of a record. */
  readonly path: string | undefined
}

export interface Texts {
  of(id: RecordId, line: Readonly<Record<string, unknown>>): Promise<FoundText | Problem>
}

/** Units of text held for looking up by id; beyond, the records should carry their texts themselves. */
const MAX_HELD = 500_000_000

/** @throws UsageError when a file of --text cannot be read */
export async function textsFor(
  files: readonly string[],
  options: Options,
  world: Pick<World, 'cwd' | 'stdin'>,
): Promise<Texts> {
  const held = new Map<RecordId, FoundText>()
  const lines = new Map<string, Map<RecordId, FoundText>>()
  let whole: FoundText | undefined
  let size = 0
  const load = async (path: string, into: Map<RecordId, FoundText>): Promise<Problem | undefined> => {
    for await (const input of inputs([path], options, world)) {
      if (input.state === 'failed') {
        // A line that is none has no text, and nobody asks for it.
        if (input.id === path) return input.problem
        continue
      }
      const found = textOf(input.content, input.origin === 'record' ? undefined : path, options)
      size += found.text.length
      if (size > MAX_HELD) return tooMuch()
      into.set(input.id, found)
      if (input.origin === 'record') into.set(input.name, found)
      else whole = found
    }
    return undefined
  }
  for (const path of files) {
    const problem = await load(path, held)
    if (problem !== undefined) throw new UsageError(`--text ${path}: ${problem.message}`, problem.fix)
  }
  return {
    async of(id, line) {
      const own = Object.getOwnPropertyDescriptor(line, options.textKey)?.value as unknown
      if (typeof own === 'string') return { text: own, path: undefined }
      const given = held.get(id) ?? whole
      if (given !== undefined) return given
      if (files.length > 0) return missing(`no text of --text has the id ${JSON.stringify(id)}`)
      if (typeof id === 'number') return missing('the record has no text')
      const [, file] = /^(.+):\d+$/.exec(id) ?? []
      if (file !== undefined && isJsonLines(file, { ...options, inputFormat: 'auto' })) {
        const known = lines.get(file) ?? new Map<RecordId, FoundText>()
        if (!lines.has(file)) {
          const problem = await load(file, known)
          if (problem !== undefined) return problem
          lines.set(file, known)
        }
        return known.get(id) ?? missing(`${file} has no such line`)
      }
      return fromPath(id, options, world.cwd)
    },
  }
}

async function fromPath(path: string, options: Options, cwd: string): Promise<FoundText | Problem> {
  try {
    const file = await open(resolve(cwd, path), 'r')
    try {
      const { size } = await file.stat()
      if (size > options.maxBytes) return missing(`${size} bytes are more than ${options.maxBytes}`)
      return textOf(await file.readFile(), path, options)
    } finally {
      await file.close()
    }
  } catch {
    return missing('there is no such file to take the text from')
  }
}

function textOf(content: Uint8Array | string, path: string | undefined, { encoding }: Options): FoundText {
  return { text: decodeInput(content, encoding === undefined ? {} : { encoding }).text, path }
}

const missing = (message: string): Problem => ({
  kind: 'unreadable',
  message,
  fix: 'run in the folder of the scan, name the scanned texts with --text, or give the records a text field',
})

const tooMuch = (): Problem => ({
  kind: 'limit',
  message: `the texts have more than ${MAX_HELD} units together`,
  fix: 'give the records a text field of their own',
})
