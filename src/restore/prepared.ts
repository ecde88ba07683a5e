/**
 * Thesaurus proposals made ready once per word: model ids and the part of the score that no context can
 * change, as a few narrow columns. Most words' columns lie in the proposal table (proposal-table.ts),
 * made when the package is built; the others are made when they are asked for, and the oldest of them
 * forgotten, so that a run over millions of documents stays bounded.
 */
import type { Named, ThesaurusProposal } from '../lexicon/synonyms.ts'
import { RELATION } from '../lexicon/thesaurus.ts'
import type { NgramModel } from '../model/ngrams.ts'
import type { Vectors } from '../model/vectors.ts'
import type { Source } from '../types.ts'
import type { PreparedWord, Strengths } from './candidates.ts'
import { dot, FEATURE_COUNT, template } from './features.ts'

export type Prepare = (key: string) => PreparedWord
/** The thesaurus: at most `most` proposals for a key, strongest first; with `only` that one may be all. */
export type Ask = (key: string, most: number, only?: Named) => readonly ThesaurusProposal[]

export interface PrepareOptions {
  /** Thesaurus proposals asked for a word, and how many of them are kept. */
  readonly perWord: number
  readonly kept: number
}

/** Proposals of one or many words, column by column. */
export interface ProposalColumns {
  /** Model ids of all originals, one after the other. */
  readonly ids: Int32Array
  /** By proposal: how many ids its original has. */
  readonly lengths: Uint8Array
  /** By proposal, best first within a word: w · f of what no context changes, in `BASE_STEP` nats. */
  readonly bases: Int16Array
  /** By proposal: strength in 255ths. */
  readonly strengths: Uint8Array
  /** By proposal: bits of `RELATION`, and `TWO_HOPS`. */
  readonly relations: Uint16Array
}

/** Where the columns of one word lie. */
export interface ColumnRange {
  readonly first: number
  readonly count: number
  /** First id. */
  readonly ids: number
}

const BASE_STEP = 1 / 256
const TWO_HOPS = 0x8000
/** Words remembered that the table does not hold; each takes about 2 KB. */
const REMEMBERED = 4000
/** Words of the table kept open; each takes about 1 KB. */
const OPEN = 1500

/** Proposals as the scoring reads them; those of `table` are not made again. */
export function preparedProposals(
  ask: Ask,
  model: NgramModel,
  vectors: Vectors,
  ranker: Float64Array,
  options: PrepareOptions,
  table?: { readonly columns: ProposalColumns; range(id: number): ColumnRange | undefined },
): Prepare {
  const pathOf = paths(ask, options.perWord)
  const remembered = bounded<PreparedWord>(REMEMBERED, (key) => {
    const columns = columnsOf(ask(key, options.perWord), key, model, vectors, ranker, options.kept)
    return word(columns, { first: 0, count: columns.lengths.length, ids: 0 }, key, model, pathOf)
  })
  if (table === undefined) return remembered
  // Running text repeats its words: their columns are laid open once.
  const open = bounded<PreparedWord | undefined>(OPEN, (key) => {
    const range = table.range(model.vocabulary.id(key))
    return range === undefined ? undefined : word(table.columns, range, key, model, pathOf)
  })
  return (key) => open(key) ?? remembered(key)
}

/** What a word has that nothing is proposed for. */
export const NOTHING_PREPARED: PreparedWord = {
  count: 0,
  ids: new Int32Array(0),
  offsets: new Uint32Array(1),
  base: new Float64Array(0),
  strength: () => 0,
  candidate() {
    throw new RangeError('no proposal has this number')
  },
}

/** The columns of one word: the `kept` best proposals whose words the model knows. */
export function columnsOf(
  proposals: readonly ThesaurusProposal[],
  key: string,
  model: NgramModel,
  vectors: Vectors,
  ranker: Float64Array,
  kept: number,
): ProposalColumns {
  const row = new Float64Array(FEATURE_COUNT)
  const old = { key, ids: [model.vocabulary.id(key)] }
  const scored = proposals.flatMap(({ key: original, relations, hops, strength }) => {
    const words = original.split(' ')
    const ids = words.map((each) => model.vocabulary.id(each))
    if (ids.includes(0) || ids.length > 255) return []
    const level = Math.max(1, Math.round(strength * 255))
    const bits = relations | (hops === 2 ? TWO_HOPS : 0)
    const parts = { words, ids, sources: 1, strengths: strengthsOf(bits, level) }
    const base = Math.round(dot(ranker, template(model, vectors, old, parts, row)) / BASE_STEP)
    return [{ ids, level, bits, base: Math.max(-0x8000, Math.min(0x7fff, base)) }]
  })
  // The thesaurus ranks by relation alone; the ranker's own view of a pair is the better one to cut by.
  const best = scored.sort((a, b) => b.base - a.base).slice(0, kept)
  return {
    ids: Int32Array.from(best.flatMap(({ ids }) => ids)),
    lengths: Uint8Array.from(best, ({ ids }) => ids.length),
    bases: Int16Array.from(best, ({ base }) => base),
    strengths: Uint8Array.from(best, ({ level }) => level),
    relations: Uint16Array.from(best, ({ bits }) => bits),
  }
}

function word(
  { ids, lengths, bases, strengths, relations }: ProposalColumns,
  { first, count, ids: from }: ColumnRange,
  key: string,
  { vocabulary }: NgramModel,
  pathOf: PathOf,
): PreparedWord {
  const offsets = new Uint32Array(count + 1)
  const base = new Float64Array(count)
  offsets[0] = from
  for (let i = 0; i < count; i++) {
    offsets[i + 1] = (offsets[i] as number) + (lengths[first + i] as number) // i < count throughout
    base[i] = (bases[first + i] as number) * BASE_STEP
  }
  return {
    count,
    ids,
    offsets,
    base,
    strength: (i) =>
      ((relations[first + i] as number) & TWO_HOPS) === 0 ? (strengths[first + i] as number) / 255 : 0,
    candidate(i, start) {
      const own = ids.slice(offsets[i], offsets[i + 1])
      const words: string[] = []
      for (let k = 0; k < own.length; k++) words.push(vocabulary.word(own[k] as number)) // k < length
      const level = strengths[first + i] as number
      const bits = relations[first + i] as number
      const source: Source = {
        name: bits & TWO_HOPS ? 'two-hop' : bits & RELATION.wordnet ? 'wordnet' : 'moby',
        weight: level / 255,
        // Only what is shown is asked how it was found.
        get path() {
          return pathOf(key, words.join(' '), bits & TWO_HOPS ? 2 : 1)
        },
      }
      return {
        start,
        end: start + 1,
        words,
        ids: own,
        written: undefined,
        kind: undefined,
        sources: [source],
        strengths: strengthsOf(bits, level),
      }
    },
  }
}

function strengthsOf(bits: number, level: number): Strengths {
  const twoHop = (bits & TWO_HOPS) !== 0
  const isSynonym = (bits & RELATION.synonym) !== 0
  // Field by field, in the order of NO_STRENGTHS: a dozen of these are made for every word.
  return {
    entry: 0,
    habit: 0,
    channel: 0,
    wordnetSynonym: isSynonym ? 1 : 0,
    wordnetNear: bits & RELATION.wordnet && !isSynonym ? 1 : 0,
    mobyForward: bits & RELATION.mobyForward ? 1 : 0,
    mobyBackward: bits & RELATION.mobyBackward ? 1 : 0,
    strength: twoHop ? 0 : level / 255,
    twoHop: twoHop ? level / 255 : 0,
    expected: 0,
    spelling: 0,
    term: 0,
    termPath: 0,
  }
}

/** Proposals whose paths are remembered: a reviewer's document has some hundred findings. */
const PATHS_REMEMBERED = 300

type PathOf = (key: string, original: string, hops: Named['hops']) => readonly string[]

/** How the thesaurus gets from one key to another: spun lemma first, original last. */
function paths(ask: Ask, perWord: number): PathOf {
  const found = bounded<readonly string[]>(PATHS_REMEMBERED, (asked) => {
    const [hops, key = '', original = ''] = asked.split('\t')
    const only: Named = { key: original, hops: hops === '2' ? 2 : 1 }
    const proposed = ask(key, perWord, only).find((proposal) => proposal.key === original)
    return proposed?.path ?? [key, original]
  })
  return (key, original, hops) => found(`${hops}\t${key}\t${original}`)
}

/** `make` with its last `size` answers kept, the oldest forgotten first. */
function bounded<T>(size: number, make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const kept = known.get(key)
    if (kept !== undefined || known.has(key)) return kept as T // undefined is an answer, too
    if (known.size >= size)
      for (const oldest of known.keys()) {
        known.delete(oldest)
        break
      }
    const made = make(key)
    known.set(key, made)
    return made
  }
}
