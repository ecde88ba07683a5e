/** Known terms behind a stretch: found by the paths of all their words, silent where a phrase is a writer's. */
import { describe, expect, test } from 'vitest'
import { termSources } from '../../src/restore/term-links.ts'
import { termProposals } from '../../src/restore/terms.ts'
import type { Weights } from '../../src/restore/weights.ts'
import { compiled, habitsFile, termsFile } from '../lexicon/dictionaries.ts'
import { candidatesOf, lookAt, sentenceOf, tinyEngine, tinyWeights } from './tiny.ts'

const bare = await tinyEngine()
const LISTED = ['bread price', 'close ties', 'price list']
const ANY: Weights['terms'] = { tried: 20, kept: 4, bound: -99, trust: 2, least: 0, strange: 0 }

const sourceOf = (terms: readonly string[]) =>
  termSources([compiled(termsFile(terms))], bare.lexicon.prepare, bare.model)

/** "start-end: words" of every proposal; suspects are the tokens given, all by default. */
function proposed(
  text: string,
  {
    terms = LISTED,
    habits,
    suspects,
    options = ANY,
  }: Partial<{
    terms: readonly string[]
    /** Instead of the tiny engine's. */
    habits: readonly string[]
    suspects: readonly number[]
    options: Weights['terms']
  }> = {},
): readonly string[] {
  const { lexicon } = bare
  const dictionaries = habits === undefined ? lexicon.dictionaries : [compiled(habitsFile(habits))]
  const seen = lookAt({ ...bare, lexicon: { ...lexicon, dictionaries } }, sentenceOf(text))
  const suspect = (i: number): boolean => suspects?.includes(i) ?? true
  const isWord = (i: number): boolean => seen.sentence.tokens[i]?.kind === 'word'
  return sourceOf(terms).flatMap((source) =>
    termProposals(source, seen, suspect, isWord, options).map(
      ({ start, end, proposal }) => `${start}-${end}: ${proposal.words.join(' ')}`,
    ),
  )
}

describe('a term', () => {
  test.each([
    { text: 'the two towns have stop bonds', found: ['4-6: close ties'], why: 'both words by the thesaurus' },
    { text: 'the two towns have stop-bonds', found: ['4-7: close ties'], why: 'a hyphen between' },
    { text: 'the loaf charge fell', found: ['1-3: bread price'], why: 'a habit and the thesaurus' },
    { text: 'the fees list rose', found: [], why: 'the term is not in this inflection' },
    { text: 'the bonds stop fell', found: [], why: 'the other way round' },
    { text: 'the stop, bonds fell', found: [], why: 'something between' },
    { text: 'the two towns have close ties', found: [], why: 'it stands there already' },
  ])('$why: $text', ({ text, found }) => {
    expect(proposed(text)).toEqual(found)
  })

  test('is found from one suspect word, and not without any', () => {
    const text = 'the two towns have stop bonds'
    expect(proposed(text, { suspects: [5] })).toEqual(['4-6: close ties'])
    expect(proposed(text, { suspects: [0] })).toEqual([])
  })

  test('says how each word leads to it, and where it is listed', () => {
    const engine = { ...bare, lexicon: { ...bare.lexicon, terms: sourceOf(LISTED) } }
    const found = candidatesOf(engine, 'the two towns have stop bonds')[4]
      ?.map(({ candidate }) => candidate)
      .find(({ strengths, pair }) => strengths.term === 1 && pair !== true)
    expect(found).toMatchObject({ start: 4, end: 6, words: ['close', 'ties'] })
    expect(found?.sources).toMatchObject([
      { name: 'term', path: ['stop ← close', 'bonds ← ties'], origin: 'terms/a.tsv:6' },
    ])
    expect(found?.strengths.termPath).toBeGreaterThan(0)
  })
})

describe('no term', () => {
  // "price list" is the model's own; nothing else keeps "storm harbour" away from it.
  const text = 'the crew made a price list'
  const habits = ['harbour~n~list', 'storm~n~price']
  const terms = ['storm harbour']

  test('where a writer put the words together', () => {
    expect(proposed(text, { terms, habits })).toEqual([])
    expect(proposed(text, { terms, habits, options: { ...ANY, strange: 99 } })).toEqual([
      '4-6: storm harbour',
    ])
  })

  test('where another one reads as listed', () => {
    expect(proposed(text, { terms: ['close ties', 'stop bonds'], options: { ...ANY, strange: 99 } })).toEqual(
      [],
    )
  })

  test('over weak paths, or where the model saves nothing', () => {
    const spun = 'the two towns have stop bonds'
    expect(proposed(spun, { options: { ...ANY, least: 1 } })).toEqual([])
    expect(proposed(spun, { options: { ...ANY, bound: 99 } })).toEqual([])
    expect(proposed(spun, { options: tinyWeights.terms })).toEqual(['4-6: close ties'])
  })
})
