/**
 * The walk over the relations of one word, gathered as relation bits by neighbour.
 *
 * In: tables, the id of a word. Out: a `Gathered` that is overwritten by the next walk. A walk meets
 * thousands of words and most come to nothing, so it works on ids in flat arrays; every query of a
 * document runs through here.
 */

import { PAIR_SHIFT, type Packed } from './lists.ts'
import type { Tables } from './thesaurus-file.ts'
import { bit, type Relation } from './thesaurus-format.ts'

/**
 * A neighbour and the part of speech it shares as one number. Pairs without one are the many: their keys
 * are the ids themselves, close together in memory, and the others follow, four to a word. Random access
 * to these arrays is most of a query's time.
 */
export interface Keys {
  /** All keys are below it. */
  readonly size: number
  id(key: number): number
  /** Index into `POS` plus 1, 0 for an unknown one. */
  pos(key: number): number
  key(id: number, pos: number): number
}

export function keysOf(words: number): Keys {
  return {
    size: words * 5,
    id: (key) => (key < words ? key : (key - words) >>> 2),
    pos: (key) => (key < words ? 0 : ((key - words) & 3) + 1),
    key: (id, pos) => (pos === 0 ? id : words + (id << 2) + pos - 1),
  }
}

/** What one walk found. `flags[key]` is 0 for keys not met; `keys` may name a key whose flags are 0. */
export interface Gathered {
  readonly flags: Uint16Array
  keys: Int32Array
  count: number
  /** The word walked from, −1 before the first walk. */
  of: number
}

export interface Walker {
  /** All relations. Directions point from the word to its neighbour. */
  all(id: number): Gathered
  /** Inside a synset or cluster, or listed by Moby both ways: the steps a bridge is made of. */
  strong(id: number): Gathered
}

/** A parent with more children than this makes no sisters: "entity" has everything below it. */
const MOST_CHILDREN = 60
const BOTH_WAYS = bit('lists') | bit('listed')
/** Relations of a Moby pair by its kind: the first word's entry lists the second, the other way, both. */
const MOBY = [bit('listed'), bit('lists'), BOTH_WAYS, 0] as const
const MOBY_TURNED = [bit('lists'), bit('listed'), BOTH_WAYS, 0] as const
const KIND_BOTH = 2
const KIND_MASK = (1 << PAIR_SHIFT) - 1
const ADJECTIVE = 2

const SYNONYM = bit('synonym')
const SIMILAR = bit('similar')
const FIRST = bit('first')
const DERIVED = bit('derived')

/** Owns the arrays it fills: one walker is not for two walks at once. */
export function walker(tables: Tables, keys: Keys): Walker {
  const { senses, members, hypernym, hyponym, similar, also, posOf } = tables
  const words = tables.words.size
  const found = gathered(keys.size)
  const strongFound = gathered(keys.size)

  function addMembers(to: Gathered, synset: number, pos: number, flags: number): void {
    const end = members.starts[synset + 1] ?? 0
    for (let i = members.starts[synset] ?? 0; i < end; i++) {
      const other = members.items[i] ?? 0
      if (other !== to.of) add(to, words + (other << 2) + pos, flags)
    }
  }

  function addBeyond(list: Packed, synset: number, relation: Relation, first: number): void {
    const flags = bit(relation) | first
    const end = list.starts[synset + 1] ?? 0
    for (let i = list.starts[synset] ?? 0; i < end; i++) {
      const other = list.items[i] ?? 0
      addMembers(found, other, posOf(other), flags)
    }
  }

  function addSisters(list: Packed, parent: number, self: number, first: number): void {
    const flags = bit('sister') | first
    const end = list.starts[parent + 1] ?? 0
    for (let i = list.starts[parent] ?? 0; i < end; i++) {
      const other = list.items[i] ?? 0
      if (other !== self) addMembers(found, other, posOf(other), flags)
    }
  }

  function addSense(synset: number, pos: number, first: number): void {
    addMembers(found, synset, pos, SYNONYM | first)
    addBeyond(hypernym, synset, 'hypernym', first)
    for (let i = hypernym.starts[synset] ?? 0; i < (hypernym.starts[synset + 1] ?? 0); i++) {
      const parent = hypernym.items[i] ?? 0
      const children = (hyponym.starts[parent + 1] ?? 0) - (hyponym.starts[parent] ?? 0)
      if (children <= MOST_CHILDREN) addSisters(hyponym, parent, synset, first)
    }
    addBeyond(hyponym, synset, 'hyponym', first)
    addBeyond(similar, synset, 'similar', first)
    if (pos === ADJECTIVE)
      for (let i = similar.starts[synset] ?? 0; i < (similar.starts[synset + 1] ?? 0); i++)
        addSisters(similar, similar.items[i] ?? 0, synset, first)
    addBeyond(also, synset, 'also', first)
  }

  function addDerived(list: Packed, at: number): void {
    const end = list.starts[at + 1] ?? 0
    for (let i = list.starts[at] ?? 0; i < end; i++) add(found, list.items[i] ?? 0, DERIVED)
  }

  function addMoby(list: Packed, at: number, kinds: typeof MOBY | typeof MOBY_TURNED): void {
    const end = list.starts[at + 1] ?? 0
    for (let i = list.starts[at] ?? 0; i < end; i++) {
      const item = list.items[i] ?? 0
      add(found, item >>> PAIR_SHIFT, kinds[item & KIND_MASK] ?? 0)
    }
  }

  function addBothWays(list: Packed, at: number): void {
    const end = list.starts[at + 1] ?? 0
    for (let i = list.starts[at] ?? 0; i < end; i++) {
      const item = list.items[i] ?? 0
      if ((item & KIND_MASK) === KIND_BOTH) add(strongFound, item >>> PAIR_SHIFT, BOTH_WAYS)
    }
  }

  function all(at: number): Gathered {
    if (found.of === at) return found
    clear(found, at)
    let pos = -1
    for (let i = senses.starts[at] ?? 0; i < (senses.starts[at + 1] ?? 0); i++) {
      const synset = senses.items[i] ?? 0
      const first = posOf(synset) === pos ? 0 : FIRST
      pos = posOf(synset)
      addSense(synset, pos, first)
    }
    const known = found.count
    addDerived(tables.derivedDown, at)
    addDerived(tables.derivedUp, at)
    addMoby(tables.mobyDown, at, MOBY_TURNED)
    addMoby(tables.mobyUp, at, MOBY)
    merge(found, known, words)
    return found
  }

  function strong(at: number): Gathered {
    clear(strongFound, at)
    let pos = -1
    for (let i = senses.starts[at] ?? 0; i < (senses.starts[at + 1] ?? 0); i++) {
      const synset = senses.items[i] ?? 0
      const first = posOf(synset) === pos ? 0 : FIRST
      pos = posOf(synset)
      addMembers(strongFound, synset, pos, SYNONYM | first)
      for (let k = similar.starts[synset] ?? 0; k < (similar.starts[synset + 1] ?? 0); k++)
        addMembers(strongFound, similar.items[k] ?? 0, pos, SIMILAR | first)
    }
    const known = strongFound.count
    addBothWays(tables.mobyDown, at)
    addBothWays(tables.mobyUp, at)
    merge(strongFound, known, words)
    return strongFound
  }

  return { all, strong }
}

function gathered(size: number): Gathered {
  return { flags: new Uint16Array(size), keys: new Int32Array(1024), count: 0, of: -1 }
}

function clear(list: Gathered, of: number): void {
  for (let i = 0; i < list.count; i++) list.flags[list.keys[i] ?? 0] = 0
  list.count = 0
  list.of = of
}

function add(to: Gathered, key: number, flags: number): void {
  const before = to.flags[key] ?? 0
  if (before === 0) {
    if (to.count === to.keys.length) to.keys = longer(to.keys)
    to.keys[to.count++] = key
  }
  to.flags[key] = before | flags
}

function longer(keys: Int32Array): Int32Array {
  const out = new Int32Array(keys.length * 2)
  out.set(keys)
  return out
}

/**
 * What holds without a part of speech (Moby, stems) holds for each that WordNet knows the pair in. The
 * keys of WordNet are the first `known`.
 */
function merge({ flags, keys }: Gathered, known: number, words: number): void {
  for (let i = 0; i < known; i++) {
    const key = keys[i] ?? 0
    flags[key] = (flags[key] ?? 0) | (flags[(key - words) >>> 2] ?? 0)
  }
  for (let i = 0; i < known; i++) flags[((keys[i] ?? 0) - words) >>> 2] = 0
}
