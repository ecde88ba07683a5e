/** What becomes of a proposal: cut to what differs, merged with its equals, in order. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, candidateSet, everyCandidate, type Proposal } from '../../src/restore/candidates.ts'
import type { SourceName } from '../../src/types.ts'
import { sentenceOf } from './tiny.ts'

const wording = (original: string, name: SourceName = 'entry', weight = 1): Proposal => ({
  words: original === '' ? [] : original.split(' '),
  source: { name, weight, path: ['spun', original] },
  strengths: { entry: weight },
})

interface Added {
  readonly at: readonly [start: number, end: number]
  readonly as: string
}

function collected(text: string, proposals: readonly Added[]): Candidate[] {
  const set = candidateSet(sentenceOf(text).tokens, () => 0)
  for (const { at, as } of proposals) set.add(...at, wording(as))
  return everyCandidate(set.byStart()).flat()
}

const shown = ({ start, end, words }: Candidate): string => `${start}-${end} ${words.join(' ')}`.trim()

describe('a wording is cut to what differs', () => {
  test.each([
    { text: 'in savory of', at: [0, 3], as: 'in light of', gives: ['1-2 light'], why: 'both ends shared' },
    {
      text: 'joint states',
      at: [0, 2],
      as: 'united states',
      gives: ['0-1 united'],
      why: 'the last word shared',
    },
    { text: 'close links', at: [0, 2], as: 'close ties', gives: ['1-2 ties'], why: 'the first word shared' },
    { text: 'week by week', at: [0, 3], as: 'weekly', gives: ['0-3 weekly'], why: 'nothing shared' },
    {
      text: 'deep learning',
      at: [0, 2],
      as: 'deep learning',
      gives: [],
      why: 'the text itself is no candidate',
    },
    {
      text: 'for the front',
      at: [0, 3],
      as: 'the front',
      gives: ['0-1'],
      why: 'a superfluous word goes, no other',
    },
    { text: 'a a task', at: [0, 3], as: 'a task', gives: ['1-2'], why: 'of a doubled word the second goes' },
    {
      text: 'at noon',
      at: [0, 2],
      as: 'at about noon',
      gives: ['0-1 at about'],
      why: 'an insertion stands on the word before',
    },
    {
      text: 'noon',
      at: [0, 1],
      as: 'about noon',
      gives: ['0-1 about noon'],
      why: 'or behind it, where nothing is before',
    },
    {
      text: 'so so',
      at: [0, 2],
      as: 'so so so',
      gives: ['1-2 so so'],
      why: 'repeated words are not cut twice',
    },
    { text: 'the the', at: [0, 2], as: 'the', gives: ['1-2'], why: 'nor is the shorter side overrun' },
  ] as const)('$text ← $as: $why', ({ text, at: [start, end], as, gives }) => {
    expect(collected(text, [{ at: [start, end], as }]).map(shown)).toEqual(gives)
  })

  test('put back at its place it reads as proposed', () => {
    const word = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 5 }),
        fc.array(word, { maxLength: 5 }),
        (text, original) => {
          const [cut, ...more] = collected(text.join(' '), [{ at: [0, text.length], as: original.join(' ') }])
          expect(more).toEqual([])
          if (cut === undefined) {
            expect(original).toEqual(text)
            return
          }
          expect(cut.end).toBeGreaterThan(cut.start)
          const restored = [...text.slice(0, cut.start), ...cut.words, ...text.slice(cut.end)]
          expect(restored).toEqual(original)
        },
      ),
    )
  })
})

describe('equal wordings of one span are one candidate', () => {
  const tokens = sentenceOf('in savory of the storm').tokens

  test('a phrase entry and a word meet on the same place', () => {
    const set = candidateSet(tokens, () => 7)
    set.add(0, 3, wording('in light of', 'entry', 0.9))
    set.add(1, 2, { ...wording('light', 'moby'), strengths: { mobyForward: 1, strength: 0.4 } })
    const all = everyCandidate(set.byStart()).flat()
    expect(all.map(shown)).toEqual(['1-2 light'])
    const { sources, strengths, ids } = all[0] as Candidate // one, by the line above
    expect(sources.map(({ name }) => name)).toEqual(['entry', 'moby'])
    expect(strengths).toMatchObject({ entry: 0.9, mobyForward: 1, strength: 0.4, wordnetNear: 0 })
    expect([...ids]).toEqual([7])
  })

  test('a source that says the same twice is one piece of evidence; the stronger counts', () => {
    const set = candidateSet(tokens, () => 0)
    set.add(1, 2, wording('light', 'habit', 0.2))
    set.add(1, 2, wording('light', 'habit', 0.8))
    const [only] = everyCandidate(set.byStart()).flat()
    expect(only?.sources).toHaveLength(1)
    expect(only?.strengths.entry).toBe(0.8)
  })

  test.each([
    { first: -2, second: -1, kept: -1, why: 'the larger share' },
    { first: -2, second: 0, kept: -2, why: '0 says that no list has it, not that the share is 1' },
    { first: 0, second: -2, kept: -2, why: 'in either order' },
  ])('log shares $first and $second: $why', ({ first, second, kept }) => {
    const set = candidateSet(tokens, () => 0)
    for (const channel of [first, second])
      set.add(1, 2, { ...wording('light'), strengths: { habit: 1, channel } })
    expect(everyCandidate(set.byStart()).flat()[0]?.strengths.channel).toBe(kept)
  })

  test('the same words elsewhere are another candidate', () => {
    const both = collected('storm of storm', [
      { at: [0, 1], as: 'gale' },
      { at: [2, 3], as: 'gale' },
      { at: [0, 3], as: 'gale' },
    ])
    expect(both.map(shown)).toEqual(['0-1 gale', '0-3 gale', '2-3 gale'])
  })
})

test('by start, then end, then arrival', () => {
  const all = collected('one two three', [
    { at: [1, 3], as: 'late long' },
    { at: [1, 2], as: 'second' },
    { at: [0, 1], as: 'zero' },
    { at: [1, 2], as: 'another' },
  ])
  expect(all.map(shown)).toEqual(['0-1 zero', '1-2 second', '1-2 another', '1-3 late long'])
})

test('what an entry writes is cut with its words', () => {
  const set = candidateSet(sentenceOf('the Joint States').tokens, () => 0)
  set.add(1, 3, { ...wording('united states'), written: 'United States', kind: 'name' })
  expect(everyCandidate(set.byStart()).flat()[0]).toMatchObject({
    start: 1,
    end: 2,
    words: ['united'],
    written: 'United',
  })
})
