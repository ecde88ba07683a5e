/**
 * The options of a run that its results depend on, as plain data: they travel to threads and queue
 * workers, and lie in run.json so that a run is only resumed with the options it began with.
 */
import { createHash } from 'node:crypto'
import {
  type AllowList,
  type AnalyzeOptions,
  allowList,
  type InputFormat,
  type ModelFiles,
} from '../index.ts'
import type { BatchRecord, Compression, FurtherForm } from './shapes.ts'

export interface Settings {
  readonly action: 'scan' | 'fix'
  /** null: the model's own. */
  readonly minConfidence: number | null
  readonly applyAbove: number | null
  readonly inputFormat: InputFormat | 'auto' | 'jsonl'
  /** null: found from the bytes. */
  readonly encoding: string | null
  /** `main`: of web pages the article only; null: all text. */
  readonly content: 'main' | null
  readonly textKey: string
  readonly idKey: string
  /** Longest document or record, bytes. */
  readonly maxBytes: number
  /** Longest time for one document, seconds. */
  readonly timeLimit: number
  /** Wordings never flagged, lower case. */
  readonly allow: readonly string[]
  /** `scan`: the form in which results are written besides their lines; null: none. */
  readonly format: FurtherForm | null
  /** How results files are compressed. */
  readonly compress: Compression
  /** Byte-identical documents are answered once. */
  readonly dedupe: boolean
}

export type ReadRecord = Extract<BatchRecord, { state: 'read' }>

/** The lists of the settings in hand, each made ready once for all documents. */
const allowLists = new WeakMap<readonly string[], AllowList>()

function readyList(allow: readonly string[]): AllowList {
  const known = allowLists.get(allow)
  if (known !== undefined) return known
  const made = allowList(allow)
  allowLists.set(allow, made)
  return made
}

/** The library's options for one document. */
export function documentOptions(
  record: ReadRecord,
  settings: Pick<Settings, 'minConfidence' | 'encoding' | 'content' | 'inputFormat' | 'allow'>,
): AnalyzeOptions {
  const { minConfidence, encoding, content, inputFormat, allow } = settings
  const known = record.encoding ?? encoding ?? undefined
  return {
    id: String(record.id),
    format: inputFormat === 'auto' || inputFormat === 'jsonl' ? record.format : inputFormat,
    ...(content !== null && { content }),
    ...(record.name !== undefined && { name: record.name }),
    ...(known !== undefined && { encoding: known }),
    ...(minConfidence !== null && { minConfidence }),
    ...(allow.length > 0 && { allow: readyList(allow) }),
  }
}

/** SHA-256 over everything an engine is made of, as hexadecimal: equal models give equal results. */
export function fingerprint(files: ModelFiles): string {
  const hash = createHash('sha256')
  const { verbs, nouns, adjectives } = files.inflection
  for (const text of [files.weights, files.dialects, verbs, nouns, adjectives])
    hash.update(`${text.length}\n${text}`)
  const { ngrams, vectors, slots, thesaurus, proposals, dictionaries } = files
  for (const bytes of [
    ngrams,
    vectors,
    slots,
    thesaurus,
    ...(proposals ? [proposals] : []),
    ...dictionaries,
  ]) {
    hash.update(`${bytes.byteLength}\n`).update(new Uint8Array(bytes))
  }
  return hash.digest('hex')
}

/**
 * What differs between the settings a run began with and those of now, in words; undefined where they
 * are the same. `before` comes from a file and may hold anything.
 */
export function difference(before: unknown, now: Settings): string | undefined {
  const stored: ReadonlyMap<string, unknown> = new Map(
    typeof before === 'object' && before !== null ? Object.entries(before) : [],
  )
  for (const [name, value] of Object.entries(now)) {
    const [was, is] = [JSON.stringify(stored.get(name) ?? null), JSON.stringify(value)]
    if (was !== is) return `${name} was ${was} and is now ${is}`
  }
  return undefined
}
