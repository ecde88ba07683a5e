/**
 * The thesaurus at run time: which words are near a word, how, and how strongly.
 *
 * In: the buffer thesaurus-build.ts wrote. Out: ids of words and relation bits. WordNet's relations are
 * walked on the synset graph at query time, since written out as word pairs they would take ten times
 * the room. Rows become objects and words only when they are among the strongest.
 */

import { smallestFirst } from './smallest.ts'
import { type Bridges, bridges } from './thesaurus-bridges.ts'
import { readTables, type ThesaurusLists } from './thesaurus-file.ts'
import { bit, type Header, POS, type Pos, RELATIONS } from './thesaurus-format.ts'
import { type Gathered, keysOf, walker } from './thesaurus-walk.ts'

/** A word near the one asked for, as an id. */
export interface Step {
  /** The word asked for. */
  readonly from: number
  readonly id: number
  /** The word between, −1 where there is none. */
  readonly via: number
  /** The part of speech both share; "?" where only Moby knows the pair. */
  readonly pos: Pos
  /** Bits of `RELATIONS`; 0 for two steps. */
  readonly relations: number
  /**
   * How much the relations say that a spinner's word stands for this one: their log-odds, scaled so that
   * no relation is 0 and all together are 1. Linear in nats, fit to be a feature of a log-linear model.
   * A path of two is as probable as its steps' product, paths combine as 1 − ∏(1 − p).
   */
  readonly strength: number
}

/** A step with its word. */
export interface Neighbour extends Step {
  readonly word: string
}

export interface TwoHop extends Step {
  readonly word: string
  readonly viaWord: string
}

/** Keeps scratch arrays: cheap to ask again and again, but of one thread. */
export interface Thesaurus {
  readonly size: number
  /** −1 for words it does not hold. */
  id(word: string): number
  word(id: number): string
  /** Common words and phrases may be originals; the rest are known as spun wording only. */
  isCommon(id: number): boolean
  /** Does WordNet know the lemma as this part of speech? */
  hasPos(id: number, pos: Pos): boolean
  /**
   * Common neighbours of a word, one row for each word and part of speech in `wanted`, strongest first,
   * ties by word and part of speech; at most `most`.
   */
  nearest(id: number, most: number, wanted?: ReadonlySet<Pos>): readonly Step[]
  /** Of the rows of `nearest` those whose word is one of `ids`, in the same order. */
  among(id: number, ids: Iterable<number>, wanted?: ReadonlySet<Pos>): readonly Step[]
  /** Common words over one bridge of strong relations, without direct neighbours; ordered as `nearest`, at most `limit`. */
  further(id: number, limit: number): readonly Step[]
  /** `nearest` by word, without a limit. */
  neighbours(lemma: string): readonly Neighbour[]
  /** `further` by word. */
  twoHops(lemma: string, limit: number): readonly TwoHop[]
}

/** Masks over `Step.relations` and the proposals' `relations`. */
export const RELATION = {
  synonym: bit('synonym'),
  /** Any relation of WordNet. */
  wordnet: RELATIONS.reduce((mask, name) => (name.startsWith('list') ? mask : mask | bit(name)), 0),
  /** The original's entry lists the spun word: the direction in which a spinner reads. */
  mobyForward: bit('lists'),
  mobyBackward: bit('listed'),
} as const

/** Parts of speech by the low bits of a key, and the place of each among the names in order. */
const POS_OF_KEY: readonly Pos[] = ['?', ...POS]
const PLACES = POS_OF_KEY.length
const PLACE_OF_POS = POS_OF_KEY.map((pos) => [...POS_OF_KEY].sort().indexOf(pos))
const KEY_OF_PLACE = [...POS_OF_KEY].sort().map((pos) => POS_OF_KEY.indexOf(pos))

/** `lists` are those of the same buffer, where threads share them. */
export function thesaurus(buffer: Uint8Array, lists?: ThesaurusLists): Thesaurus {
  const tables = readTables(buffer, lists)
  const { words, senses, common, posOf } = tables
  const keys = keysOf(words.size)
  const walk = walker(tables, keys)
  const scale = strengths(tables.header)
  const isCommon = (at: number): boolean => ((common[at >> 3] ?? 0) & (1 << (at & 7))) !== 0
  const beyond: Bridges = bridges(keys, walk, scale.chances, isCommon)
  const ties = words.size * PLACES
  let order = new Float64Array(1024)

  const takenBy = (wanted: ReadonlySet<Pos> | undefined): readonly boolean[] =>
    POS_OF_KEY.map((pos) => wanted === undefined || wanted.has(pos))

  /** One number holds all that the order goes by: strength, word, part of speech. Ids run as words do. */
  const placeOf = (flags: number, id: number, pos: number): number =>
    (scale.ranks[flags] ?? 0) * ties + id * PLACES + (PLACE_OF_POS[pos] ?? 0)

  function stepsOf(from: number, { flags }: Gathered, places: Float64Array): readonly Step[] {
    const out: Step[] = []
    for (const value of places.sort()) {
      const tie = value % ties
      const id = Math.floor(tie / PLACES)
      const pos = KEY_OF_PLACE[tie % PLACES] ?? 0
      const relations = flags[keys.key(id, pos)] ?? 0
      const strength = scale.ofFlags[relations] ?? 0
      out.push({ from, id, via: -1, pos: POS_OF_KEY[pos] ?? '?', relations, strength })
    }
    return out
  }

  function nearest(at: number, most: number, wanted?: ReadonlySet<Pos>): readonly Step[] {
    if (at < 0) return []
    const found = walk.all(at)
    if (order.length < found.count) order = new Float64Array(found.keys.length)
    const takes = takenBy(wanted)
    let size = 0
    for (let i = 0; i < found.count; i++) {
      const key = found.keys[i] ?? 0
      const flags = found.flags[key] ?? 0
      const id = keys.id(key)
      const pos = keys.pos(key)
      if (flags !== 0 && takes[pos] && isCommon(id)) order[size++] = placeOf(flags, id, pos)
    }
    if (most < size) smallestFirst(order, size, most)
    return stepsOf(at, found, order.subarray(0, Math.min(size, most)))
  }

  function among(at: number, ids: Iterable<number>, wanted?: ReadonlySet<Pos>): readonly Step[] {
    if (at < 0) return []
    const found = walk.all(at)
    const takes = takenBy(wanted)
    const places: number[] = []
    for (const id of new Set(ids))
      for (let pos = 0; pos < PLACES; pos++) {
        const flags = id < 0 ? 0 : (found.flags[keys.key(id, pos)] ?? 0)
        if (flags !== 0 && takes[pos] && isCommon(id)) places.push(placeOf(flags, id, pos))
      }
    return stepsOf(at, found, Float64Array.from(places))
  }

  function further(at: number, limit: number): readonly Step[] {
    if (at < 0) return []
    const steps = beyond(at, limit).map(
      ({ key, via, miss }): Step => ({
        from: at,
        id: keys.id(key),
        via,
        pos: POS_OF_KEY[keys.pos(key)] ?? '?',
        relations: 0,
        strength: scale.ofChance(1 - miss),
      }),
    )
    return steps.sort(byStrength)
  }

  return {
    size: words.size,
    id: words.id,
    word: words.word,
    isCommon,
    hasPos: (at, pos) => {
      for (let i = senses.starts[at] ?? 0; i < (senses.starts[at + 1] ?? 0); i++)
        if (POS[posOf(senses.items[i] ?? 0)] === pos) return true
      return false
    },
    nearest,
    among,
    further,
    neighbours: (lemma) =>
      nearest(words.id(lemma), Number.POSITIVE_INFINITY).map((step) => ({
        ...step,
        word: words.word(step.id),
      })),
    twoHops: (lemma, limit) =>
      further(words.id(lemma), limit).map((step) => ({
        ...step,
        word: words.word(step.id),
        viaWord: words.word(step.via),
      })),
  }
}

interface Strengths {
  /** By relation bits: probability that a neighbour so related is the original. */
  readonly chances: Float64Array
  /** By relation bits: `Step.strength`, and its place among all, the strongest 0. */
  readonly ofFlags: Float64Array
  readonly ranks: Uint16Array
  ofChance(chance: number): number
}

/** There are only 1024 sets of relations: what would be an exponential each is looked up. */
function strengths({ weights, bias }: Header): Strengths {
  const odds = RELATIONS.map((name) => weights.get(name) ?? 0)
  const range = odds.reduce((sum, weight) => sum + Math.max(0, weight), 0)
  const ofChance = (chance: number): number => {
    if (range <= 0 || chance <= 0) return 0
    return Math.min(1, Math.max(0, (Math.log(chance / (1 - chance)) - bias) / range))
  }
  const chances = Float64Array.from({ length: 1 << RELATIONS.length }, (_, flags) => {
    const sum = odds.reduce(
      (before, weight, at) => ((flags & (1 << at)) === 0 ? before : before + weight),
      bias,
    )
    return 1 / (1 + Math.exp(-sum))
  })
  const ofFlags = chances.map(ofChance)
  const levels = new Map([...new Set(ofFlags)].sort((a, b) => b - a).map((strength, at) => [strength, at]))
  return {
    chances,
    ofFlags,
    ranks: Uint16Array.from(ofFlags, (strength) => levels.get(strength) ?? 0),
    ofChance,
  }
}

interface Ranked {
  readonly id: number
  readonly pos: Pos
  readonly strength: number
}

/** Strongest first; ties by word (ids run as words do), then part of speech. */
export const byStrength = (a: Ranked, b: Ranked): number => {
  if (a.strength !== b.strength) return b.strength - a.strength
  if (a.id !== b.id) return a.id - b.id
  return a.pos < b.pos ? -1 : a.pos > b.pos ? 1 : 0
}
