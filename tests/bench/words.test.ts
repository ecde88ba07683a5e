/** The measuring tokens, their differences and their distance. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  differences,
  isWord,
  measureKeys,
  measureTokens,
  tokenDistance,
  wordCount,
} from '../../bench/measure/words.ts'

describe('tokens', () => {
  test.each([
    {
      text: 'Don’t stop',
      keys: ["don't", 'stop'],
      why: 'a contraction is one token with a straight apostrophe',
    },
    { text: 'a well-liked gift', keys: ['a', 'well', '-', 'liked', 'gift'], why: 'a hyphen stands alone' },
    {
      text: '3.92 million, 10.',
      keys: ['3.92', 'million', ',', '10', '.'],
      why: 'a point counts only between digits',
    },
    {
      text: 'two\u{1f600}words_here',
      keys: ['two', '\u{1f600}', 'words', 'here'],
      why: 'a character beyond the plane is one mark',
    },
    { text: '  ', keys: [], why: 'white space is no token' },
  ])('$text: $why', ({ text, keys }) => {
    expect(measureKeys(text)).toEqual(keys)
  })

  test('only letters make a word', () => {
    expect(["don't", '3', '-', 'é', 'word'].filter(isWord)).toEqual(['é', 'word'])
    expect(wordCount('Two words, 3 more.')).toBe(3)
  })

  test('every token slices back to its key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let at = 0
        for (const { key, start, end } of measureTokens(text)) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(text.slice(start, end).toLowerCase().replaceAll('’', "'")).toBe(key)
          at = end
        }
      }),
    )
  })
})

const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'constructor'), { maxLength: 12 })

describe('differences', () => {
  test.each([
    { a: 'x b c', b: 'a b c', edits: [[0, 1, 0, 1]], why: 'one token for one' },
    { a: 'a b', b: 'a b', edits: [], why: 'equal lists have none' },
    { a: 'a very b', b: 'a b', edits: [[1, 2, 1, 1]], why: 'an insertion has an empty other side' },
    { a: 'a b', b: 'a so b', edits: [[1, 1, 1, 2]], why: 'an omission has an empty own side' },
    {
      a: 'p q r s',
      b: 'r p q r',
      edits: [
        [0, 0, 0, 1],
        [3, 4, 4, 4],
      ],
      why: 'the longest run "p q r" is kept whole',
    },
    { a: '', b: 'a', edits: [[0, 0, 0, 1]], why: 'an empty list is no exception' },
  ])('$a | $b: $why', ({ a, b, edits }) => {
    const split = (text: string): string[] => text.split(' ').filter((key) => key !== '')
    const found = differences(split(a), split(b))
    expect(found.map((each) => [each.first, each.end, each.otherFirst, each.otherEnd])).toEqual(edits)
  })

  test('putting the other side in gives the other list', () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const out: string[] = []
        let at = 0
        for (const { first, end, otherFirst, otherEnd } of differences(a, b)) {
          out.push(...a.slice(at, first), ...b.slice(otherFirst, otherEnd))
          at = end
        }
        expect([...out, ...a.slice(at)]).toEqual(b)
      }),
    )
  })
})

describe('distance', () => {
  test.each([
    { a: 'a b c', b: 'a b c', distance: 0, why: 'equal' },
    { a: 'a b c', b: 'a x c', distance: 1, why: 'one replaced' },
    { a: 'a b', b: '', distance: 2, why: 'all deleted' },
    { a: 'a b c', b: 'b c d', distance: 2, why: 'one deleted, one inserted' },
  ])('$a | $b: $why', ({ a, b, distance }) => {
    expect(tokenDistance(a.split(' '), b === '' ? [] : b.split(' '))).toBe(distance)
  })

  test('is symmetric and at most the longer length', () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        expect(tokenDistance(a, b)).toBe(tokenDistance(b, a))
        expect(tokenDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
})
