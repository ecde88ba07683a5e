/** Thesaurus on a tiny WordNet and Moby written for this test, with what must be proposed. */
import { describe, expect, test } from 'vitest'
import { inflector } from '../../src/lexicon/inflect.ts'
import { proposals } from '../../src/lexicon/synonyms.ts'
import { RELATION, thesaurus } from '../../src/lexicon/thesaurus.ts'
import { buildThesaurus } from '../../src/lexicon/thesaurus-build.ts'
import { sharedLists } from '../../src/lexicon/thesaurus-file.ts'
import { relationNames } from '../../src/lexicon/thesaurus-format.ts'

/** `id: members | pointers`; a pointer is a symbol and an id, with n/v/a/r and word numbers for "+". */
interface Made {
  readonly id: number
  readonly words: readonly string[]
  readonly pointers?: readonly string[]
}

const hex = (n: number): string => n.toString(16).padStart(2, '0')
const offset = (n: number): string => String(n).padStart(8, '0')

function dict(letter: string, synsets: readonly Made[], senses: Readonly<Record<string, readonly number[]>>) {
  const data = synsets.map(({ id, words, pointers = [] }) => {
    const members = words.map((word) => `${word} 0`).join(' ')
    const joined = [String(pointers.length).padStart(3, '0'), ...pointers].join(' ')
    return `${offset(id)} 00 ${letter} ${hex(words.length)} ${members} ${joined} | made for the test  `
  })
  const index = Object.entries(senses).map(
    ([word, list]) => `${word} ${letter} ${list.length} 0 ${list.length} 0 ${list.map(offset).join(' ')}  `,
  )
  return { data: `  1 head\n${data.join('\n')}\n`, index: `  1 head\n${index.join('\n')}\n` }
}

const nouns = dict(
  'n',
  [
    { id: 1, words: ['beak', 'bill'], pointers: ['@ 00000005 n 0000'] },
    { id: 2, words: ['bill', 'charge'], pointers: [] },
    { id: 3, words: ['Bill_Nye', 'nye'], pointers: [] },
    { id: 4, words: ['snout'], pointers: ['@ 00000005 n 0000'] },
    { id: 5, words: ['nose'], pointers: [] },
    { id: 6, words: ['obsoletum', 'archaicum'], pointers: [] },
  ],
  { beak: [1], bill: [2, 1], charge: [2], snout: [4], nose: [5], obsoletum: [6], archaicum: [6], nye: [3] },
)
const verbs = dict(
  'v',
  [
    { id: 11, words: ['shout', 'cry', 'call'], pointers: ['@ 00000012 v 0000'] },
    { id: 12, words: ['talk', 'speak'], pointers: [] },
  ],
  { shout: [11], cry: [11], call: [11], talk: [12], speak: [12] },
)
const adjectives = dict(
  'a',
  [
    { id: 21, words: ['new', 'fresh(p)'], pointers: ['& 00000022 a 0000', '+ 00000031 r 0101'] },
    { id: 22, words: ['late'], pointers: ['& 00000021 a 0000'] },
  ],
  { new: [21], fresh: [21], late: [22] },
)
const adverbs = dict('r', [{ id: 31, words: ['newly'] }], { newly: [31] })

const vocabulary =
  'the new late fresh newly bill charge call cry shout talk speak nose beak snout also as well close stop price fee'.split(
    ' ',
  )

const made = buildThesaurus({
  wordnet: [nouns, verbs, adjectives, adverbs],
  moby: 'close,stop,shut up,well\nwell,as well,close\nfee,charge,price\nprice,fee\ncharge,price\nfamend,well\nalso,as well\n',
  vocabulary,
  phraseWords: vocabulary.length,
  relations: '# made\nbias\t-3\nsynonym\t2\nhypernym\t1\nsister\t0.5\nsimilar\t1\nlists\t1\nlisted\t0.5\n',
})
const words = thesaurus(made.file)
const regular = inflector({ verbs: '', nouns: '', adjectives: '' })
const near = (lemma: string): readonly string[] =>
  words.neighbours(lemma).map(({ word, pos }) => `${word}.${pos}`)
const between = (lemma: string, other: string): readonly string[] =>
  relationNames(words.neighbours(lemma).find(({ word }) => word === other)?.relations ?? 0)

describe('build and read', () => {
  test('the same input gives the same bytes', () => {
    const input = {
      wordnet: [nouns, verbs, adjectives, adverbs],
      moby: 'close,stop\n',
      vocabulary,
      phraseWords: 5,
      relations: '',
    }
    expect(buildThesaurus(input).file).toEqual(buildThesaurus(input).file)
  })

  test('every word comes back under its id, and its id under the word', () => {
    const all = Array.from({ length: words.size }, (_, id) => words.word(id))
    expect(all).toEqual([...all].sort())
    expect(all.map((word) => words.id(word))).toEqual(all.map((_, id) => id))
    expect(words.size).toBe(made.stats.words)
  })

  test.each([
    { word: 'famend', common: false, why: 'a rare word next to a common one may be spun wording' },
    { word: 'as well', common: true, why: 'a phrase of common words' },
    { word: 'shut up', common: undefined, why: 'a phrase with an unknown word' },
    { word: 'bill nye', common: undefined, why: 'a name' },
    { word: 'obsoletum', common: undefined, why: 'rare among the rare' },
    { word: 'constructor', common: undefined, why: 'an object member is a word like any other' },
  ])('$word: $why', ({ word, common }) => {
    const id = words.id(word)
    expect(id < 0 ? undefined : words.isCommon(id)).toBe(common)
  })

  test.each([
    { of: 'beak', other: 'bill', relations: ['synonym', 'first'], why: 'one synset' },
    { of: 'beak', other: 'nose', relations: ['hypernym', 'first'], why: 'the broader word' },
    { of: 'beak', other: 'snout', relations: ['sister', 'first'], why: 'one parent' },
    { of: 'nose', other: 'beak', relations: ['hyponym', 'first'], why: 'the narrower word' },
    { of: 'bill', other: 'beak', relations: ['synonym'], why: 'not the commonest sense of "bill"' },
    { of: 'new', other: 'late', relations: ['similar', 'first'], why: 'one cluster' },
    { of: 'new', other: 'newly', relations: ['derived'], why: 'one stem' },
    {
      of: 'fresh',
      other: 'new',
      relations: ['synonym', 'first'],
      why: 'the position mark is no part of the word',
    },
    {
      of: 'stop',
      other: 'close',
      relations: ['lists'],
      why: 'the entry "close" lists it: a spinner wrote it for "close"',
    },
    { of: 'close', other: 'stop', relations: ['listed'], why: 'the other way round' },
    { of: 'price', other: 'fee', relations: ['lists', 'listed'], why: 'both list each other' },
    { of: 'beak', other: 'charge', relations: [], why: 'two steps away' },
  ])('$of – $other: $why', ({ of, other, relations }) => {
    expect(between(of, other)).toEqual(relations)
  })

  test('rare words are asked for, never proposed', () => {
    expect(near('famend')).toEqual(['well.?'])
    expect(near('well')).not.toContain('famend.?')
  })

  test('masks and names of relations agree', () => {
    expect(relationNames(RELATION.mobyForward | RELATION.mobyBackward)).toEqual(['lists', 'listed'])
    expect(RELATION.wordnet & (RELATION.mobyForward | RELATION.mobyBackward)).toBe(0)
  })

  test.each([
    { file: new TextEncoder().encode('{"a": 1}\n'), says: /build it again/, why: 'foreign' },
    { file: made.file.subarray(0, made.file.length - 1), says: /the header says/, why: 'cut short' },
    { file: new Uint8Array(), says: /build it again/, why: 'empty' },
  ])('a $why file is refused', ({ file, says }) => {
    expect(() => thesaurus(file)).toThrow(says)
  })
})

test('lists that threads share answer like those of one', () => {
  const lists = structuredClone(sharedLists(made.file))
  expect(Object.values(lists).every(({ items }) => items.buffer instanceof SharedArrayBuffer)).toBe(true)
  const other = thesaurus(made.file, lists)
  for (const word of vocabulary) {
    expect(other.neighbours(word)).toEqual(words.neighbours(word))
    expect(other.twoHops(word, 10)).toEqual(words.twoHops(word, 10))
  }
})

describe('proposals', () => {
  test('"shouted" proposes "called", in the inflection of the spun word', () => {
    const found = proposals(words, regular, 'shouted')
    expect(found.find(({ key }) => key === 'called')).toMatchObject({
      lemma: 'call',
      pos: 'v',
      hops: 1,
      path: ['shout', 'call'],
    })
    expect(found.map(({ key }) => key)).not.toContain('call')
  })

  test('beak ← bill ← charge: two steps, the path kept', () => {
    const charge = proposals(words, regular, 'beaks').find(({ lemma }) => lemma === 'charge')
    expect(charge).toMatchObject({ key: 'charges', hops: 2, relations: 0, path: ['beak', 'bill', 'charge'] })
  })

  test('one step is stronger than the same step and another', () => {
    const strength = (lemma: string): number =>
      proposals(words, regular, 'beak').find((proposal) => proposal.lemma === lemma)?.strength ?? -1
    expect(strength('bill')).toBeGreaterThan(strength('charge'))
    expect(strength('charge')).toBeGreaterThanOrEqual(0)
  })

  test.each([
    { key: 'as well', holds: 'also', why: 'a phrase is asked for by its keys' },
    { key: 'also', holds: 'as well', why: 'a phrase is proposed by its keys' },
    {
      key: 'charges',
      holds: 'fees',
      why: 'what only Moby knows is inflected when the spun word is a known noun',
    },
  ])('$key: $why', ({ key, holds }) => {
    expect(proposals(words, regular, key).map((proposal) => proposal.key)).toContain(holds)
  })

  test('strongest first, none twice, never the word itself, never beyond the limit', () => {
    const found = proposals(words, regular, 'bills')
    expect(found.map(({ strength }) => strength)).toEqual(
      found.map(({ strength }) => strength).sort((a, b) => b - a),
    )
    expect(new Set(found.map(({ key }) => key)).size).toBe(found.length)
    expect(found.map(({ key }) => key)).not.toContain('bills')
    expect(proposals(words, regular, 'bills', 2)).toHaveLength(2)
  })

  test('one that is named is found as among all', () => {
    const keys = ['shouted', 'beaks', 'beak', 'bills', 'called', 'charge', 'new', 'big']
    let asked = 0
    for (const key of keys)
      for (const each of proposals(words, regular, key)) {
        const only = proposals(words, regular, key, 400, { key: each.key, hops: each.hops })
        expect(only.find((proposal) => proposal.key === each.key)?.path).toEqual(each.path)
        asked += 1
      }
    expect(asked).toBeGreaterThan(10)
  })

  test('unknown words give nothing', () => {
    expect(proposals(words, regular, '__proto__')).toEqual([])
  })
})
