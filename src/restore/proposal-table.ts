/**
 * The proposals of the commonest words, made once when the package is built: walking the thesaurus and
 * inflecting what it says takes a millisecond a word, reading a row of this table a thousandth of it.
 *
 * In: the thesaurus, the models and the weights. Out: a file of columns, shared between threads. It
 * answers what the thesaurus would answer, so it is only used with the files it was made of.
 */
import { type Container, headerNumber, pack, section, unpack } from '../model/container.ts'
import type { NgramModel } from '../model/ngrams.ts'
import type { Vectors } from '../model/vectors.ts'
import {
  type Ask,
  type ColumnRange,
  columnsOf,
  type PrepareOptions,
  type ProposalColumns,
} from './prepared.ts'

export interface ProposalTable {
  readonly columns: ProposalColumns
  /** Where the proposals of a word of the vocabulary lie; undefined for words that the table leaves out. */
  range(id: number): ColumnRange | undefined
}

/** Sizes in bytes of the files that proposals are made of, and the ranker's weights. */
export interface MadeOf {
  readonly ngrams: number
  readonly vectors: number
  readonly thesaurus: number
  readonly ranker: Float64Array
  readonly options: PrepareOptions
}

const FILE = { name: 'proposals', version: 1 } as const
const FIRST_WORD = 3
/** Ids of the vocabulary that have a row: nearly all words of running text, rare replacements too. */
const ROWS = 30_000
const ASKED = /^[a-z][a-z']*$/

/** The table as a file; takes half a minute. `progress` is told the share done, 0–1. */
export function packProposals(
  ask: Ask,
  model: NgramModel,
  vectors: Vectors,
  made: MadeOf,
  progress: (share: number) => void = () => {},
): Uint8Array {
  const rows = Math.min(ROWS, model.vocabulary.size)
  const starts = new Uint32Array(rows + 1)
  const idStarts = new Uint32Array(rows + 1)
  const asked = new Uint8Array(rows)
  const parts: ProposalColumns[] = []
  for (let id = 0; id < rows; id++) {
    starts[id + 1] = starts[id] as number // id < rows throughout
    idStarts[id + 1] = idStarts[id] as number
    const key = model.vocabulary.word(id)
    if (id % 1000 === 0) progress(id / rows)
    if (id < FIRST_WORD || !ASKED.test(key)) continue
    asked[id] = 1
    const proposed = ask(key, made.options.perWord)
    const columns = columnsOf(proposed, key, model, vectors, made.ranker, made.options.kept)
    parts.push(columns)
    starts[id + 1] = (starts[id] as number) + columns.lengths.length
    idStarts[id + 1] = (idStarts[id] as number) + columns.ids.length
  }
  const count = starts[rows] as number
  const all: ProposalColumns = {
    ids: joined(parts, ({ ids }) => ids, new Int32Array(idStarts[rows] as number)),
    lengths: joined(parts, ({ lengths }) => lengths, new Uint8Array(count)),
    bases: joined(parts, ({ bases }) => bases, new Int16Array(count)),
    strengths: joined(parts, ({ strengths }) => strengths, new Uint8Array(count)),
    relations: joined(parts, ({ relations }) => relations, new Uint16Array(count)),
  }
  return pack(
    { ...FILE, recipe: { made: 'unspin train proposals' }, numbers: { ...numbersOf(made), rows } },
    new Map<string, Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array>([
      ['asked', asked],
      ['starts', starts],
      ['idStarts', idStarts],
      ['ids', all.ids],
      ['lengths', all.lengths],
      ['bases', all.bases],
      ['strengths', all.strengths],
      ['relations', all.relations],
    ]),
  )
}

/**
 * The table in a file; undefined when it was made of other models, another ranker or other options.
 *
 * @throws Error when the buffer is no proposal table of this version
 */
export function proposalTable(
  buffer: ArrayBufferLike,
  made: MadeOf,
  file = 'proposal table',
): ProposalTable | undefined {
  const container = unpack(buffer, FILE, file)
  if (!sameNumbers(container, numbersOf(made))) return undefined
  const starts = section(container, 'starts', Uint32Array)
  const idStarts = section(container, 'idStarts', Uint32Array)
  const asked = section(container, 'asked', Uint8Array)
  return {
    columns: {
      ids: section(container, 'ids', Int32Array),
      lengths: section(container, 'lengths', Uint8Array),
      bases: section(container, 'bases', Int16Array),
      strengths: section(container, 'strengths', Uint8Array),
      relations: section(container, 'relations', Uint16Array),
    },
    range(id) {
      if (asked[id] !== 1) return undefined
      const first = starts[id] as number // `asked` bounds the id
      return { first, count: (starts[id + 1] as number) - first, ids: idStarts[id] as number }
    },
  }
}

/** What the header remembers of what the table was made of. */
function numbersOf({ ngrams, vectors, thesaurus, ranker, options }: MadeOf): Record<string, number> {
  let weights = 0
  for (const value of new Uint8Array(ranker.buffer, ranker.byteOffset, ranker.byteLength))
    weights = (Math.imul(weights, 31) + value) >>> 0
  return { ngrams, vectors, thesaurus, weights, perWord: options.perWord, kept: options.kept }
}

const sameNumbers = (container: Container, expected: Readonly<Record<string, number>>): boolean =>
  Object.entries(expected).every(([name, value]) => headerNumber(container, name) === value)

function joined<T extends { set(part: ArrayLike<number>, at: number): void }>(
  parts: readonly ProposalColumns[],
  column: (part: ProposalColumns) => ArrayLike<number>,
  out: T,
): T {
  let at = 0
  for (const part of parts) {
    out.set(column(part), at)
    at += column(part).length
  }
  return out
}
