import { describe, expect, it } from 'vitest'
import { everyCandidate } from '../../src/restore/candidates.ts'
import { type Ask, preparedProposals } from '../../src/restore/prepared.ts'
import { type MadeOf, packProposals, proposalTable } from '../../src/restore/proposal-table.ts'
import { rankerRow } from '../../src/restore/weights.ts'
import { tinyModel, tinyVectors, tinyWeights } from './tiny.ts'

/** A thesaurus of three words, over one step and two; "xyzzy" is in no model. */
const LISTS: Readonly<Record<string, readonly (readonly [string, number, 1 | 2])[]>> = {
  effort: [
    ['task', 0.8, 1],
    ['close ties', 0.5, 1],
    ['price', 0.1, 2],
    ['xyzzy', 0.9, 1],
  ],
  storm: [['light', 0.3, 1]],
  stayed: [
    ['kept', 0.7, 1],
    ['came', 0.7, 1],
    ['helped', 0.2, 1],
  ],
}
const ask: Ask = (key) =>
  (Object.hasOwn(LISTS, key) ? (LISTS[key] ?? []) : []).map(([original, strength, hops]) => ({
    key: original,
    lemma: original,
    pos: 'n',
    relations: 1,
    hops,
    path: hops === 1 ? [key, original] : [key, 'bridge', original],
    strength,
  }))

const options = { perWord: 50, kept: 50 }
const model = await tinyModel()
const vectors = tinyVectors(model)
const made: MadeOf = {
  ngrams: 1,
  vectors: 2,
  thesaurus: 3,
  ranker: rankerRow(tinyWeights),
  options,
}
const file = packProposals(ask, model, vectors, made)

describe('the proposal table', () => {
  it('answers what the thesaurus answers, word for word', () => {
    const table = proposalTable(file.buffer, made)
    expect(table).toBeDefined()
    const asked: string[] = []
    const watched = (key: string, most: number) => {
      asked.push(key)
      return ask(key, most)
    }
    const live = preparedProposals(ask, model, vectors, made.ranker, options)
    const read = preparedProposals(watched, model, vectors, made.ranker, options, table)
    let proposed = 0
    for (let id = 3; id < model.vocabulary.size; id++) {
      const key = model.vocabulary.word(id)
      const [a, b] = [live(key), read(key)]
      const all = (prepared: typeof a) =>
        everyCandidate([{ listed: [], prepared, merged: new Set() }])[0]?.map(({ words, strengths }) => ({
          words,
          strengths,
        }))
      expect(all(b)).toEqual(all(a))
      expect([...b.base]).toEqual([...a.base])
      proposed += b.count
    }
    expect(proposed).toBe(6)
    expect(asked.filter((key) => /^[a-z]+$/.test(key))).toEqual([])
  })

  it('tells how a proposal was found when it is asked', () => {
    const table = proposalTable(file.buffer, made)
    const { count, candidate } = preparedProposals(ask, model, vectors, made.ranker, options, table)('effort')
    expect(count).toBe(3)
    const found = [0, 1, 2].map((i) => candidate(i, 4))
    expect(new Set(found.map(({ words }) => words.join(' ')))).toEqual(
      new Set(['task', 'close ties', 'price']),
    )
    const far = found.find(({ words }) => words[0] === 'price')
    expect(far).toMatchObject({ start: 4, end: 5, sources: [{ name: 'two-hop' }] })
    expect(far?.sources[0]?.path).toEqual(['effort', 'bridge', 'price'])
  })

  it('leaves words it has no row for to the thesaurus', () => {
    const table = proposalTable(file.buffer, made)
    expect(table?.range(model.vocabulary.size + 7)).toBeUndefined()
    expect(table?.range(0)).toBeUndefined()
  })

  it.each([
    ['another model', { ...made, ngrams: 9 }],
    ['other weights', { ...made, ranker: made.ranker.map((value) => value + 0.5) }],
    ['other options', { ...made, options: { ...options, kept: 20 } }],
  ])('is not used with %s', (_, other) => {
    expect(proposalTable(file.buffer, other)).toBeUndefined()
  })

  it('refuses a file that is none', () => {
    expect(() => proposalTable(new Uint8Array([1, 2, 3]).buffer, made, 'x.proposals')).toThrow(/x\.proposals/)
  })
})
