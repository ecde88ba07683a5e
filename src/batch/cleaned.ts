/**
 * A shard and the answers to its records to the shard's cleaned copy and its change log.
 *
 * In: the records in order, each with what was restored of it. Out: parts to append to two files, nothing
 * is written here. The shard is read a second time, beside the readers: what no record covers (column
 * names, empty lines, lines that are too long) is copied, so that only what was fixed differs. All places
 * are bytes of the decompressed input; so going on needs nothing but where the records go on. Web
 * archives are not written back; their documents become lines of {id, text}.
 */
import { type AppliedFix, decodeInput, type Problem } from '../index.ts'
import { jsonLine } from '../write/jsonl.ts'
import { type ByteReader, byteReader } from './byte-reader.ts'
import { logEdit, logEnd, logHead } from './change-log.ts'
import { textChanges } from './changes.ts'
import { type CsvHeader, csvHeader, HEADER_BYTES } from './csv-header.ts'
import { fileBytes } from './decompress.ts'
import type { RecordKeys } from './json-record.ts'
import { Broken, malformed } from './problems.ts'
import { readWarc } from './read-warc.ts'
import { type BatchRecord, END_OF_SHARD, type InputFile, type ReadPosition } from './shapes.ts'
import { csvPlace } from './splice-csv.ts'
import { documentPlace } from './splice-document.ts'
import { jsonPlace } from './splice-jsonl.ts'
import type { TextPlace } from './text-place.ts'

export interface CleanOptions extends RecordKeys {
  readonly maxBytes: number
  /** --encoding; that of a record comes first. */
  readonly encoding?: string
  readonly from?: ReadPosition
  readonly maxRatio?: number
}

/** What is appended. A part is at most a record, or a stretch of 256 kB between records. */
export interface CleanedPart {
  readonly cleaned: Uint8Array
  readonly changes: string
  /** Why the record stays as it was although there was something to fix. */
  readonly problem?: Problem
}

/** What the answer to a record says of its text. */
export interface Fixes {
  readonly text?: string
  readonly applied?: readonly AppliedFix[]
}

/** Of a record no more is needed than where it is. */
export type CleanedRecord = Pick<BatchRecord, 'state' | 'number' | 'id' | 'start' | 'next'> & {
  readonly encoding?: string
}

export interface Cleaner {
  /** Everything up to the end of the record; records come in order, none left out. */
  record(record: CleanedRecord, fixes: Fixes): AsyncGenerator<CleanedPart>
  /** Everything behind the last record, and the last line of the log. */
  end(): AsyncGenerator<CleanedPart>
  /** Lets the file go; after `end`, or to give up. */
  close(): Promise<void>
}

const PART_BYTES = 1 << 18
const NONE = new Uint8Array(0)

/** Why an input cannot be cleaned; undefined where it can. */
export function cleaningProblem({ path }: InputFile): Problem | undefined {
  if (path !== '-') return undefined
  return {
    kind: 'unreadable',
    message: 'standard input cannot be read twice, as cleaning must',
    fix: 'use "unspin fix - --format jsonl", or name a file',
  }
}

/** `from` is where the records begin; without it, or at record 0, the log gets its first line. */
export function cleaner(file: InputFile, options: CleanOptions): Cleaner {
  const { from = { number: 0, offset: 0 }, maxBytes } = options
  const source = fileBytes(file, { ...options, offset: Math.min(from.offset, END_OF_SHARD) })
  const input = byteReader(source, from.offset)
  const state = { begun: from.number > 0 }
  const head = (): string => {
    const line = state.begun ? '' : logHead(file)
    state.begun = true
    return line
  }
  const header = once(() => readHeader(file, options))

  async function* copied(until: number): AsyncGenerator<CleanedPart> {
    try {
      while (input.offset() < until) {
        const cleaned = await input.some(Math.min(PART_BYTES, until - input.offset()))
        if (cleaned === undefined) return
        // An archive's bytes are passed over: its copy holds texts.
        if (file.container !== 'warc') yield { cleaned, changes: head() }
      }
    } catch (error) {
      // The reader of the records has met the same damage and told of it.
      if (!(error instanceof Broken)) throw error
    }
  }

  async function* record(record: CleanedRecord, fixes: Fixes): AsyncGenerator<CleanedPart> {
    if (!state.begun) yield { cleaned: NONE, changes: head() }
    const { start = input.offset(), next } = record
    const isArchive = file.container === 'warc'
    if (record.state === 'failed' || (fixes.text === undefined && !isArchive)) return yield* copied(next)
    yield* copied(start)
    const offset = input.offset()
    const raw = await rest(input, next, maxBytes)
    if (raw === undefined) return yield* copied(next)
    if (isArchive) yield archived(await archivedText(raw, offset, file, options), record, fixes)
    else yield spliced(raw, offset, record, fixes, await place(raw, offset, record))
  }

  async function place(
    raw: Buffer,
    offset: number,
    { encoding }: CleanedRecord,
  ): Promise<TextPlace | undefined> {
    const line = withoutLineEnd(raw)
    switch (file.container) {
      case 'document':
        return documentPlace(raw, encoding ?? options.encoding)
      case 'jsonl':
        return jsonPlace(line, options.textKey, offset === 0)
      case 'csv': {
        const columns = await header()
        return columns && csvPlace(line, columns.textColumn, columns.delimiter)
      }
      case 'warc':
        return undefined
    }
  }

  function spliced(
    raw: Buffer,
    offset: number,
    record: CleanedRecord,
    { text, applied = [] }: Fixes,
    found: TextPlace | undefined,
  ): CleanedPart {
    const asItWas = (problem: Problem): CleanedPart => ({ cleaned: raw, changes: '', problem })
    if (found === undefined || text === undefined)
      return asItWas(
        malformed('left as it was: its text is not where it was read', 'run again; did the file change?'),
      )
    const changes = textChanges(found.text, text, applied)
    const edits = found.edits(changes)
    if ('problem' in edits) return asItWas(edits.problem)
    const parts: Uint8Array[] = []
    let at = 0
    for (const edit of edits) {
      parts.push(raw.subarray(at, edit.at), edit.bytes)
      at = edit.at + edit.length
    }
    parts.push(raw.subarray(at))
    const log = edits.map((edit) => logEdit(file, record, raw, offset, edit))
    return { cleaned: Buffer.concat(parts), changes: log.join('') }
  }

  return {
    record,
    async *end() {
      if (!state.begun) yield { cleaned: NONE, changes: head() }
      yield* copied(END_OF_SHARD)
      const length = from.offset < END_OF_SHARD ? input.offset() : await lengthOf(file, options)
      yield { cleaned: NONE, changes: logEnd(file, length) }
    },
    async close() {
      await source.return(undefined)
    },
  }
}

/** How many bytes can be read of a shard: what was not counted, where a run goes on behind its end. */
async function lengthOf(file: InputFile, options: CleanOptions): Promise<number> {
  let length = 0
  try {
    for await (const chunk of fileBytes(file, options)) length += chunk.length
  } catch (error) {
    if (!(error instanceof Broken)) throw error
  }
  return length
}

/** The bytes of a record up to `next`; undefined where they are more than a record may have. */
async function rest(input: ByteReader, next: number, maxBytes: number): Promise<Buffer | undefined> {
  // Only a document has no end of its own: it is all there is.
  const size = next === END_OF_SHARD ? maxBytes + 1 : next - input.offset()
  const bytes = await input.take(size)
  if (bytes !== undefined) return next === END_OF_SHARD ? back(input, bytes) : bytes
  return input.take(input.held())
}

function back(input: ByteReader, bytes: Buffer): undefined {
  input.untake(bytes)
}

function archived(given: string | undefined, { id }: CleanedRecord, { text }: Fixes): CleanedPart {
  const own = text ?? given
  return { cleaned: own === undefined ? NONE : Buffer.from(jsonLine({ id, text: own })), changes: '' }
}

/** The text of an archive's record as given; undefined where it is none after all. */
async function archivedText(
  raw: Buffer,
  offset: number,
  file: InputFile,
  { maxBytes, encoding }: CleanOptions,
): Promise<string | undefined> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield raw
  }
  const opening = { name: file.name, maxBytes, number: 0, offset, line: 1, once: true, bytes }
  for await (const record of readWarc(opening)) {
    if (record.state === 'failed') return undefined
    const known = record.encoding ?? encoding
    return decodeInput(record.content, known === undefined ? {} : { encoding: known }).text
  }
  return undefined
}

async function readHeader(file: InputFile, options: CleanOptions): Promise<CsvHeader | undefined> {
  const input = byteReader(fileBytes(file, options))
  const head = (await input.take(HEADER_BYTES)) ?? (await input.take(input.held())) ?? NONE
  const header = await csvHeader(head, file.name, options)
  return 'problem' in header ? undefined : header
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

function withoutLineEnd(raw: Buffer): Buffer {
  let end = raw.length
  if (raw[end - 1] === 0x0a) end -= 1
  if (raw[end - 1] === 0x0d) end -= 1
  return raw.subarray(0, end)
}
