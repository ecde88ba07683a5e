/**
 * WordNet and Moby to the one compact file that thesaurus.ts reads. Runs at train time only.
 *
 * In: file contents and a vocabulary, commonest word first. Out: the buffer and what went into it.
 * A pair is kept when one of its words is in the vocabulary: originals are common words, but spun
 * wording may be as rare as it likes. The same inputs give the same bytes.
 */
import {
  byteWriter,
  formatHeader,
  LONGEST_WORD,
  POINTERS,
  POS,
  RELATIONS,
  type Relation,
  SECTIONS,
  type Section,
  zigzag,
} from './thesaurus-format.ts'
import { type WordNet, type WordNetFiles, wordnet } from './wordnet.ts'

export interface ThesaurusInput {
  /** data.* and index.* in the order noun, verb, adjective, adverb. */
  readonly wordnet: readonly WordNetFiles[]
  /** One entry a line, the head first, then what it lists, separated by commas. */
  readonly moby: string
  /** Word keys, commonest first. */
  readonly vocabulary: readonly string[]
  /** A phrase is kept when each of its words is among so many of the vocabulary. */
  readonly phraseWords: number
  /** Text of wordlists/relations.tsv: `relation<TAB>log-odds`, and a row `bias`. */
  readonly relations: string
}

export interface ThesaurusStats {
  readonly words: number
  readonly common: number
  readonly synsets: number
  readonly senses: number
  readonly derived: number
  readonly moby: number
  readonly bytes: number
}

const PHRASE_WORDS = 3

export function buildThesaurus(input: ThesaurusInput): { file: Uint8Array; stats: ThesaurusStats } {
  const rank = new Map(input.vocabulary.map((word, at) => [word, at]))
  const near = wordnet(input.wordnet)
  const level = leveller(rank, input.phraseWords)
  const mobyPairs = readMoby(input.moby, level)
  const wanted = wordsOf(near, mobyPairs, level)
  const words = [...wanted].sort(byCodeUnit)
  const id = new Map(words.map((word, at) => [word, at]))

  const kept = keptSynsets(near, id)
  const parts = new Map<Section, Uint8Array>()
  parts.set('words', wordBytes(words))
  parts.set('common', commonBytes(words, level))
  parts.set('synsets', synsetBytes(near, kept))
  const senses = words.map((word) => (near.senses.get(word) ?? []).map((at) => kept.get(at) ?? 0))
  parts.set('senses', senseBytes(senses))
  const derived = pairLists(words.length, near.derived, id)
  parts.set(
    'derived',
    pairBytes(derived, (difference) => difference),
  )
  const moby = pairLists(words.length, mobyPairs, id)
  parts.set(
    'moby',
    pairBytes(moby, (difference, kind) => difference * 3 + kind - 1),
  )

  const counts = POS.map((_, pos) => [...kept.keys()].filter((at) => near.synsets[at]?.pos === pos).length)
  const weights = readWeights(input.relations)
  const header = formatHeader({
    words: words.length,
    synsets: [counts[0] ?? 0, counts[1] ?? 0, counts[2] ?? 0, counts[3] ?? 0],
    sections: new Map(SECTIONS.map((name) => [name, parts.get(name)?.length ?? 0])),
    ...weights,
  })
  const file = concat([
    new TextEncoder().encode(header),
    ...SECTIONS.map((name) => parts.get(name) ?? new Uint8Array()),
  ])
  const pairs = (lists: readonly ReadonlyMap<number, number>[]): number =>
    lists.reduce((sum, list) => sum + list.size, 0)
  return {
    file,
    stats: {
      words: words.length,
      common: words.filter((word) => level(word) === 'common').length,
      synsets: kept.size,
      senses: senses.reduce((sum, list) => sum + list.length, 0),
      derived: pairs(derived),
      moby: pairs(moby),
      bytes: file.length,
    },
  }
}

type Level = 'common' | 'rare' | 'no'
type Leveller = (word: string) => Level

/** Common: all its words known. Rare: one unknown word, fit to be spun wording only. */
function leveller(rank: ReadonlyMap<string, number>, phraseWords: number): Leveller {
  const cache = new Map<string, Level>()
  const judge = (word: string): Level => {
    if (word.length < 2 || word.length > LONGEST_WORD || !/^[a-z][a-z' -]*[a-z]$/.test(word)) return 'no'
    const parts = word.split(/[ -]/)
    if (parts.length > PHRASE_WORDS) return 'no'
    const limit = parts.length === 1 ? rank.size : phraseWords
    if (parts.every((part) => (rank.get(part) ?? limit) < limit)) return 'common'
    return parts.length === 1 ? 'rare' : 'no'
  }
  return (word) => {
    const found = cache.get(word) ?? judge(word)
    cache.set(word, found)
    return found
  }
}

function readMoby(text: string, level: Leveller): (readonly [string, string])[] {
  const out: (readonly [string, string])[] = []
  for (const line of text.split('\n')) {
    const [head = '', ...listed] = line.trim().toLowerCase().split(',')
    const headLevel = level(head)
    if (headLevel === 'no') continue
    for (const word of listed) {
      const other = level(word)
      if (other !== 'no' && (headLevel === 'common' || other === 'common') && word !== head)
        out.push([head, word])
    }
  }
  return out
}

/** All common words, and the rare ones that are a step away from a common one. */
function wordsOf(near: WordNet, moby: readonly (readonly [string, string])[], level: Leveller): Set<string> {
  const out = new Set<string>()
  for (const pair of moby) for (const word of pair) out.add(word)
  const hasCommon = near.synsets.map(({ members }) => members.some((word) => level(word) === 'common'))
  const nextToCommon = near.synsets.map(
    ({ pointers }, at) => hasCommon[at] === true || pointers.some(({ to }) => hasCommon[to]),
  )
  near.synsets.forEach(({ members }, at) => {
    for (const word of members) {
      const found = level(word)
      if (found === 'common' || (found === 'rare' && nextToCommon[at])) out.add(word)
    }
  })
  return out
}

/** Old to new number of every synset that holds a kept word, or joins such; order is kept. */
function keptSynsets(near: WordNet, id: ReadonlyMap<string, number>): ReadonlyMap<number, number> {
  const used = near.synsets.map(({ members }) => members.some((word) => id.has(word)))
  const joined = new Set<number>()
  near.synsets.forEach(({ pointers }, at) => {
    if (used[at]) for (const { to } of pointers) joined.add(to)
  })
  const out = new Map<number, number>()
  near.synsets.forEach((_, at) => {
    if (used[at] || joined.has(at)) out.set(at, out.size)
  })
  return out
}

function wordBytes(words: readonly string[]): Uint8Array {
  const out = byteWriter()
  let before = ''
  for (const word of words) {
    let shared = 0
    while (shared < before.length && shared < word.length && before[shared] === word[shared]) shared += 1
    out.byte(shared)
    out.byte(word.length - shared)
    for (let at = shared; at < word.length; at++) out.byte(word.charCodeAt(at))
    before = word
  }
  return out.bytes()
}

function commonBytes(words: readonly string[], level: Leveller): Uint8Array {
  const out = new Uint8Array(Math.ceil(words.length / 8))
  words.forEach((word, at) => {
    if (level(word) === 'common') out[at >> 3] = (out[at >> 3] ?? 0) | (1 << (at & 7))
  })
  return out
}

/** Per synset: number of pointers, then each as (difference to itself) × kinds + kind. */
function synsetBytes(near: WordNet, kept: ReadonlyMap<number, number>): Uint8Array {
  const out = byteWriter()
  for (const [old, at] of kept) {
    const pointers = (near.synsets[old]?.pointers ?? []).filter(({ to }) => kept.has(to))
    out.varint(pointers.length)
    for (const { kind, to } of pointers)
      out.varint(zigzag((kept.get(to) ?? 0) - at) * POINTERS.length + POINTERS.indexOf(kind))
  }
  return out.bytes()
}

/** Per word its synsets in sense order: number, then differences of either sign. */
function senseBytes(senses: readonly (readonly number[])[]): Uint8Array {
  const out = byteWriter()
  for (const list of senses) {
    out.varint(list.length)
    let before = 0
    for (const at of list) {
      out.varint(zigzag(at - before))
      before = at
    }
  }
  return out.bytes()
}

/** Per word the words behind it in the list that it is paired with: 1 as given, 2 turned, 3 both ways. */
function pairLists(
  size: number,
  pairs: readonly (readonly [string, string])[],
  id: ReadonlyMap<string, number>,
): ReadonlyMap<number, number>[] {
  const lists = Array.from({ length: size }, () => new Map<number, number>())
  for (const [first, second] of pairs) {
    const a = id.get(first)
    const b = id.get(second)
    if (a === undefined || b === undefined || a === b) continue
    const list = lists[Math.min(a, b)]
    const other = Math.max(a, b)
    list?.set(other, (list.get(other) ?? 0) | (a < b ? 1 : 2))
  }
  return lists.map((list) => new Map([...list].sort(([a], [b]) => a - b)))
}

/** Per word: number of pairs, then differences, coded by `code` where more than the difference is told. */
function pairBytes(
  lists: readonly ReadonlyMap<number, number>[],
  code: (difference: number, kind: number) => number,
): Uint8Array {
  const out = byteWriter()
  for (const list of lists) {
    out.varint(list.size)
    let before = 0
    for (const [at, kind] of list) {
      out.varint(code(at - before, kind))
      before = at
    }
  }
  return out.bytes()
}

function readWeights(text: string): { weights: ReadonlyMap<Relation, number>; bias: number } {
  const rows = new Map<string, number>()
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [name = '', value = ''] = line.trim().split('\t')
    rows.set(name, Number(value))
  }
  return {
    weights: new Map(RELATIONS.map((name) => [name, rows.get(name) ?? 0])),
    bias: rows.get('bias') ?? 0,
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
