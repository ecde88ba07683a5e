/**
 * Training text to numbers, in one pass, so that it may come from a pipe.
 *
 * In: lines, one paragraph each. Out: one array of word ids with a boundary between sentences, and the
 * keys by id with their counts. Words get provisional ids in the order of appearance and are renumbered
 * by frequency at the end; words that are too rare become `<unk>`.
 */
import { rawTokens } from '../document/tokens.ts'
import { sentenceStarts } from './split.ts'

/** Ids with a meaning of their own; words follow from `FIRST_WORD` on, most frequent first. */
export const UNKNOWN = 0
export const BOUNDARY = 1
export const RESERVED = 2
export const FIRST_WORD = 3

export interface Corpus {
  /** Word ids in text order; starts and ends with `BOUNDARY`, which also stands between sentences. */
  readonly ids: Uint32Array
  /** Keys by id; the first three are `<unk>`, `<s>`, `</s>` (kept free). */
  readonly keys: readonly string[]
  /** Occurrences by id. */
  readonly counts: Uint32Array
  /** How many different words were folded into `<unk>`. */
  readonly folded: number
}

export interface CorpusOptions {
  /** Words seen less often become `<unk>`; at least 1. */
  readonly minCount: number
  /** At most so many words are kept, the most frequent. */
  readonly maxWords: number
}

export interface CorpusBuilder {
  /** Adds a paragraph. */
  add(line: string): void
  /** Tokens so far, boundaries included. */
  size(): number
  /** Renumbers and hands over; the builder is empty afterwards. */
  finish(): Corpus
}

const CHUNK = 1 << 22
/** New words beyond so many are unknown at once: random strings must not fill the memory. */
const MAX_TYPES = 8_000_000

/** Collects a corpus line by line. 4 bytes a token while reading, 8 while renumbering. */
export function corpusBuilder(options: CorpusOptions): CorpusBuilder {
  const provisional = new Map<string, number>()
  const chunks: Uint32Array[] = []
  let chunk = new Uint32Array(CHUNK)
  let used = 0
  let counts = new Uint32Array(1 << 16)

  const push = (id: number): void => {
    if (used === CHUNK) {
      chunks.push(chunk)
      chunk = new Uint32Array(CHUNK)
      used = 0
    }
    chunk[used++] = id
    counts[id] = (counts[id] as number) + 1 // in range: grown by `idOf` before a new id is pushed
  }

  const idOf = (key: string): number => {
    const known = provisional.get(key)
    if (known !== undefined) return known
    if (provisional.size >= MAX_TYPES) return UNKNOWN
    const id = FIRST_WORD + provisional.size
    provisional.set(detached(key), id)
    if (id === counts.length) {
      const grown = new Uint32Array(counts.length * 2)
      grown.set(counts)
      counts = grown
    }
    return id
  }

  push(BOUNDARY)
  return {
    add(line) {
      const tokens = rawTokens(line)
      if (tokens.length === 0) return
      const starts = sentenceStarts(line, tokens)
      let next = 1
      for (let i = 0; i < tokens.length; i++) {
        if (i === starts[next]) {
          push(BOUNDARY)
          next += 1
        }
        push(idOf(tokens[i]?.key ?? ''))
      }
      push(BOUNDARY)
    },
    size: () => chunks.length * CHUNK + used,
    finish() {
      const { keys, renumbered, folded } = vocabularyOrder(provisional, counts, options)
      provisional.clear()
      const ids = new Uint32Array(chunks.length * CHUNK + used)
      const finalCounts = new Uint32Array(keys.length)
      chunks.push(chunk.subarray(0, used))
      let at = 0
      // Chunks are let go one by one, so that both numberings never exist in full.
      for (let part = chunks.shift(); part !== undefined; part = chunks.shift()) {
        for (const old of part) {
          const id = renumbered[old] ?? UNKNOWN
          ids[at++] = id
          finalCounts[id] = (finalCounts[id] ?? 0) + 1
        }
      }
      return { ids, keys, counts: finalCounts, folded }
    },
  }
}

/** A corpus from lines that are all there or arrive over time. */
export async function readCorpus(
  lines: AsyncIterable<string> | Iterable<string>,
  options: CorpusOptions,
  onProgress: (message: string) => void = () => {},
): Promise<Corpus> {
  const builder = corpusBuilder(options)
  let reported = 0
  for await (const line of lines) {
    builder.add(line)
    if (builder.size() - reported >= 10_000_000) {
      reported = builder.size()
      onProgress(`read ${Math.round(reported / 1e6)} M tokens`)
    }
  }
  onProgress(`read ${builder.size()} tokens in all`)
  return builder.finish()
}

/** Keys by count, most frequent first, ties by code unit; and the new id of every provisional one. */
function vocabularyOrder(
  provisional: ReadonlyMap<string, number>,
  counts: Uint32Array,
  { minCount, maxWords }: CorpusOptions,
): { keys: string[]; renumbered: Uint32Array; folded: number } {
  const entries: { readonly key: string; readonly id: number; readonly count: number }[] = []
  for (const [key, id] of provisional) {
    const count = counts[id] ?? 0
    if (count >= minCount) entries.push({ key, id, count })
  }
  entries.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
  entries.length = Math.min(entries.length, maxWords)
  const renumbered = new Uint32Array(FIRST_WORD + provisional.size)
  renumbered[BOUNDARY] = BOUNDARY
  const keys = ['<unk>', '<s>', '</s>']
  for (const { key, id } of entries) {
    renumbered[id] = keys.length
    keys.push(key)
  }
  return { keys, renumbered, folded: provisional.size - entries.length }
}

/**
 * The same string without a tie to the text it was cut from: engines keep the whole source alive for
 * a slice of 13 units or more, which would hold the corpus in memory.
 */
const detached = (key: string): string => (key.length < 13 ? key : key.split('').join(''))
