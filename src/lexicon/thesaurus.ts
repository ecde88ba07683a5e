/**
 * The thesaurus at run time: which words are near a word, and how.
 *
 * In: the buffer thesaurus-build.ts wrote. Out: ids of words and relation bits. Lists live in typed
 * arrays; WordNet's relations are walked on the synset graph at query time, since written out as word
 * pairs they would take ten times the room. Directions point from the word asked for to its neighbour.
 */

import { PAIR_SHIFT, readLists, reversed } from './lists.ts'
import { open, readPointers, readWords } from './thesaurus-file.ts'
import { bit, type Header, POS, type Pos, RELATIONS, type Relation } from './thesaurus-format.ts'

/** A word near the one asked for. */
export interface Neighbour {
  readonly id: number
  readonly word: string
  /** The part of speech both share; "?" where only Moby knows the pair. */
  readonly pos: Pos
  /** Bits of `RELATIONS`. */
  readonly relations: number
  /**
   * How much the relations say that a spinner's word stands for this one: their log-odds, scaled so that
   * no relation is 0 and all together are 1. Linear in nats, fit to be a feature of a log-linear model.
   */
  readonly strength: number
}

export interface TwoHop {
  readonly word: string
  /** The word between. */
  readonly via: string
  readonly pos: Pos
  /** On the scale of `Neighbour.strength`; a path is as probable as its steps' product, paths combine as 1 − ∏(1 − p). */
  readonly strength: number
}

export interface Thesaurus {
  readonly size: number
  /** −1 for words it does not hold. */
  id(word: string): number
  word(id: number): string
  /** Common words and phrases may be originals; the rest are known as spun wording only. */
  isCommon(id: number): boolean
  /** Does WordNet know the lemma as this part of speech? */
  hasPos(id: number, pos: Pos): boolean
  /** Every neighbour, repeated once per way that leads to it; `pos` is an index into `POS`, −1 unknown. */
  forEachNeighbour(id: number, visit: (other: number, flags: number, pos: number) => void): void
  /** Common neighbours, one row for each word and part of speech, strongest first, ties by word. */
  neighbours(lemma: string): readonly Neighbour[]
  /** Common words over one bridge of strong relations, without direct neighbours; at most `limit`, strongest first. */
  twoHops(lemma: string, limit: number): readonly TwoHop[]
}

/** Masks over `Neighbour.relations` and the proposals' `relations`. */
export const RELATION = {
  synonym: bit('synonym'),
  /** Any relation of WordNet. */
  wordnet: RELATIONS.reduce((mask, name) => (name.startsWith('list') ? mask : mask | bit(name)), 0),
  /** The original's entry lists the spun word: the direction in which a spinner reads. */
  mobyForward: bit('lists'),
  mobyBackward: bit('listed'),
} as const

/** A parent with more children than this makes no sisters: "entity" has everything below it. */
const MOST_CHILDREN = 60
/** Bridges followed from one word, strongest first: keeps a question for "set" below a few milliseconds. */
const MOST_BRIDGES = 16
/** A bridge is a step inside a synset or cluster, or one that Moby lists both ways. */
const BOTH_WAYS = bit('lists') | bit('listed')

export function thesaurus(buffer: Uint8Array): Thesaurus {
  const { header, sections } = open(buffer)
  const words = readWords(sections.words, header.words)
  const pointers = readPointers(sections.synsets, total(header))
  const senses = readLists(sections.senses, header.words, 'signed')
  const members = reversed(senses, total(header))
  const down = reversed(pointers.hypernym, total(header))
  const derivedUp = readLists(sections.derived, header.words, 'sorted')
  const derivedDown = reversed(derivedUp, header.words)
  const mobyUp = readLists(sections.moby, header.words, 'paired')
  const mobyDown = reversed(mobyUp, header.words, PAIR_SHIFT)
  const posStart = starts(header)
  const posOf = (synset: number): number =>
    synset < posStart[1] ? 0 : synset < posStart[2] ? 1 : synset < posStart[3] ? 2 : 3

  const isCommon = (at: number): boolean => ((sections.common[at >> 3] ?? 0) & (1 << (at & 7))) !== 0

  function forEachNeighbour(at: number, visit: (other: number, flags: number, pos: number) => void): void {
    const meet = (synset: number, relation: Relation, extra: number): void => {
      const flags = bit(relation) | extra
      const pos = posOf(synset)
      members.each(synset, (other) => {
        if (other !== at) visit(other, flags, pos)
      })
    }
    let pos = -1
    senses.each(at, (synset) => {
      const first = posOf(synset) === pos ? 0 : bit('first')
      pos = posOf(synset)
      meet(synset, 'synonym', first)
      pointers.hypernym.each(synset, (parent) => {
        meet(parent, 'hypernym', first)
        if (down.count(parent) > MOST_CHILDREN) return
        down.each(parent, (child) => {
          if (child !== synset) meet(child, 'sister', first)
        })
      })
      down.each(synset, (child) => meet(child, 'hyponym', first))
      pointers.similar.each(synset, (other) => {
        meet(other, 'similar', first)
        if (posOf(other) !== 2) return
        pointers.similar.each(other, (cousin) => {
          if (cousin !== synset) meet(cousin, 'sister', first)
        })
      })
      pointers.also.each(synset, (other) => meet(other, 'also', first))
    })
    derivedUp.each(at, (other) => visit(other, bit('derived'), -1))
    derivedDown.each(at, (other) => visit(other, bit('derived'), -1))
    mobyUp.each(at, (item) => visit(item >>> PAIR_SHIFT, MOBY[item & 3] ?? 0, -1))
    mobyDown.each(at, (item) => visit(item >>> PAIR_SHIFT, MOBY_TURNED[item & 3] ?? 0, -1))
  }

  /** Relations by neighbour and part of speech; key is other × 5 + pos + 1. */
  function collect(at: number): Map<number, number> {
    const found = new Map<number, number>()
    forEachNeighbour(at, (other, flags, pos) => {
      const key = other * 5 + pos + 1
      found.set(key, (found.get(key) ?? 0) | flags)
    })
    mergeMoby(found)
    return found
  }

  const weights = RELATIONS.map((name) => header.weights.get(name) ?? 0)
  const chanceOf = (flags: number): number => {
    let odds = header.bias
    for (let at = 0; at < weights.length; at++) if ((flags & (1 << at)) !== 0) odds += weights[at] ?? 0
    return 1 / (1 + Math.exp(-odds))
  }
  const range = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0)
  const scaled = (chance: number): number => {
    if (range <= 0 || chance <= 0) return 0
    return Math.min(1, Math.max(0, (Math.log(chance / (1 - chance)) - header.bias) / range))
  }

  function neighbours(lemma: string): readonly Neighbour[] {
    const at = words.id(lemma)
    if (at < 0) return []
    const out: Neighbour[] = []
    for (const [key, relations] of collect(at)) {
      const other = Math.floor(key / 5)
      if (!isCommon(other)) continue
      const pos = posName((key % 5) - 1)
      out.push({ id: other, word: words.word(other), pos, relations, strength: scaled(chanceOf(relations)) })
    }
    return out.sort(byStrength)
  }

  /** Strong relations only, without the walk over sisters; key as in `collect`. */
  function collectStrong(at: number): Map<number, number> {
    const found = new Map<number, number>()
    const add = (other: number, pos: number, flags: number): void => {
      if (other === at) return
      const key = other * 5 + pos + 1
      found.set(key, (found.get(key) ?? 0) | flags)
    }
    let pos = -1
    senses.each(at, (synset) => {
      const first = posOf(synset) === pos ? 0 : bit('first')
      pos = posOf(synset)
      members.each(synset, (other) => add(other, pos, bit('synonym') | first))
      pointers.similar.each(synset, (near) => {
        members.each(near, (other) => add(other, pos, bit('similar') | first))
      })
    })
    const both = (item: number): void => {
      if (MOBY[item & 3] === BOTH_WAYS) add(item >>> PAIR_SHIFT, -1, BOTH_WAYS)
    }
    mobyUp.each(at, both)
    mobyDown.each(at, both)
    mergeMoby(found)
    return found
  }

  function twoHops(lemma: string, limit: number): readonly TwoHop[] {
    const at = words.id(lemma)
    if (at < 0) return []
    const direct = collect(at)
    const bridges = [...collectStrong(at)]
      .map(([key, flags]) => ({ key, chance: chanceOf(direct.get(key) ?? flags) }))
      .sort((a, b) => b.chance - a.chance || a.key - b.key)
      .slice(0, MOST_BRIDGES)
    const found = new Map<number, { via: number; best: number; miss: number }>()
    for (const { key, chance: step } of bridges) {
      const bridge = Math.floor(key / 5)
      for (const [end, next] of collectStrong(bridge)) {
        const other = Math.floor(end / 5)
        if (other === at || !isCommon(other) || !samePos(key % 5, end % 5)) continue
        if (direct.has(end) || direct.has(other * 5)) continue
        const chance = step * chanceOf(next)
        const before = found.get(end)
        if (before === undefined) found.set(end, { via: bridge, best: chance, miss: 1 - chance })
        else {
          before.miss *= 1 - chance
          if (chance > before.best) {
            before.best = chance
            before.via = bridge
          }
        }
      }
    }
    // Ids run in the order of the words, so the key settles ties as `byStrength` would.
    return [...found]
      .sort(([a, { miss: p }], [b, { miss: q }]) => p - q || a - b)
      .slice(0, limit)
      .map(([key, { via, miss }]): TwoHop => {
        const word = words.word(Math.floor(key / 5))
        return { word, via: words.word(via), pos: posName((key % 5) - 1), strength: scaled(1 - miss) }
      })
  }

  return {
    size: words.size,
    id: words.id,
    word: words.word,
    isCommon,
    hasPos: (at, pos) => {
      let has = false
      senses.each(at, (synset) => {
        has ||= POS[posOf(synset)] === pos
      })
      return has
    },
    forEachNeighbour,
    neighbours,
    twoHops,
  }
}

/** Relations of a Moby pair by its kind: the first word's entry lists the second, the other way, both. */
const MOBY = [bit('listed'), bit('lists'), BOTH_WAYS] as const
const MOBY_TURNED = [bit('lists'), bit('listed'), BOTH_WAYS] as const

/** What Moby says of a pair holds for each part of speech that WordNet knows the pair in. */
function mergeMoby(found: Map<number, number>): void {
  for (const [key, flags] of found) {
    if (key % 5 !== 0) continue
    let shared = false
    for (let pos = 1; pos <= 4; pos++) {
      const known = found.get(key + pos)
      if (known === undefined) continue
      found.set(key + pos, known | flags)
      shared = true
    }
    if (shared) found.delete(key)
  }
}

/** 0 is unknown and goes with everything. */
const samePos = (a: number, b: number): boolean => a === 0 || b === 0 || a === b
const posName = (pos: number): Pos => POS[pos] ?? '?'
const total = (header: Header): number => header.synsets.reduce((sum, count) => sum + count, 0)

function starts(header: Header): readonly [number, number, number, number] {
  const [nouns, verbs, adjectives] = header.synsets
  return [0, nouns, nouns + verbs, nouns + verbs + adjectives]
}

interface Ranked {
  readonly word: string
  readonly pos: Pos
  readonly strength: number
}

/** Strongest first; ties by word, then part of speech. */
export const byStrength = (a: Ranked, b: Ranked): number => {
  if (a.strength !== b.strength) return b.strength - a.strength
  if (a.word !== b.word) return a.word < b.word ? -1 : 1
  return a.pos < b.pos ? -1 : a.pos > b.pos ? 1 : 0
}
