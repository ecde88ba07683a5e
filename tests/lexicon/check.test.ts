/** What checkDictionary complains about, and that tidyHabits settles what it can. */
import { describe, expect, test } from 'vitest'
import { checkDictionary } from '../../src/lexicon/check.ts'
import { readMarks } from '../../src/lexicon/check-examples.ts'
import { type DictFile, problemText } from '../../src/lexicon/entry.ts'
import { nearest, nearMisses } from '../../src/lexicon/nearest.ts'
import { tidyHabits } from '../../src/lexicon/tidy.ts'
import { HEADER, habitsFile, inflections, phrasesFile } from './dictionaries.ts'

const check = (...files: readonly DictFile[]): readonly string[] =>
  checkDictionary(files, inflections).map((problem) => `${problem.severity} ${problemText(problem)}`)

describe('habits', () => {
  test.each([
    {
      why: 'out of order',
      files: [habitsFile(['take~v~grab', 'charge~n~fee'])],
      says: 'error habits/a.tsv:5: "charge" comes after "take"\n  fix: sort the lines in code unit order (LC_ALL=C sort)',
    },
    {
      why: 'twice, over files',
      files: [habitsFile(['charge~n~fee']), habitsFile(['charge~n~bill'], 'habits/b.tsv')],
      says: 'error habits/b.tsv:4: "charge" (n) is listed twice (first in habits/a.tsv:4)\n  fix: merge the two lines',
    },
    {
      why: 'itself',
      files: [habitsFile(['set-up~n~set up'])],
      says: 'error habits/a.tsv:4: "set up" has itself as original\n  fix: delete it from the line',
    },
    {
      why: 'common both ways',
      files: [habitsFile(['fee~n~charge', 'charge~n~fee'].toSorted())],
      says: 'warning habits/a.tsv:4: 1 pair is common in both directions, the first is "charge" and "fee"\n  fix: make the less usual direction seen or rare',
    },
  ])('$why', ({ files, says }) => {
    expect(check(...files)).toEqual([says])
  })

  test('the rarer direction may stand', () => {
    expect(check(habitsFile(['charge~n~fee', 'fee~n~price | charge']))).toEqual([])
  })
})

const entry = (text: string): string => `  - { kind: phrase, ${text} }\n`

describe('phrase entries', () => {
  test.each([
    {
      why: 'listed twice',
      entries: [
        'spun: profound learning, original: deep learning, restore: ["[[profound learning]]"]',
        'spun: (profound|big) learning, original: learning, restore: ["[[profound learning]]"]',
      ],
      says: [
        'error phrases/a.yaml:6: "profound learning" is listed twice (first in phrases/a.yaml:5, as "deep learning")\n  fix: delete one; if both originals occur, list them as alternatives of one entry',
      ],
    },
    {
      why: 'itself',
      entries: ['spun: "?the matter", original: matter, restore: ["[[the matter]]"]'],
      says: [
        'error phrases/a.yaml:5: "matter" has itself as original\n  fix: delete it, or correct the original',
      ],
    },
    {
      why: 'a guard of two tokens',
      entries: ['spun: a b, original: c, guard: { not-next: [new york] }, restore: ["[[a b]]"]'],
      says: [
        'error phrases/a.yaml:5: the guard\'s "new york" is not one token and can never match\n  fix: list its words one by one',
      ],
    },
    {
      why: 'a place both asked for and excluded',
      entries: [
        'spun: a b, original: c, guard: { in: heading, not-in: heading }, restore: ["[[a b]]"], status: off',
      ],
      says: ['error phrases/a.yaml:5: "in" and "not-in" both say heading\n  fix: delete one of the two'],
    },
    {
      why: 'an example that is not matched',
      entries: ['spun: a b, original: c, restore: ["x [[a c]] y"]'],
      says: [
        'error phrases/a.yaml:5: the entry does not match "a c" in "x a c y"\n  fix: correct the pattern, the guard or the example',
      ],
    },
    {
      why: 'an example that marks nothing',
      entries: ['spun: a b, original: c, restore: ["x a c y"]'],
      says: ['error phrases/a.yaml:5: "x a c y" marks nothing\n  fix: put [[ ]] around the spun wording'],
    },
    {
      why: 'an example with another original',
      entries: ['spun: a b, original: c, restore: ["[[a b => d]]"]'],
      says: [
        'error phrases/a.yaml:5: "a b" proposes "c", the example says "d"\n  fix: correct one of the two',
      ],
    },
    {
      why: 'a second match that is not marked',
      entries: ['spun: a b, original: c, restore: ["[[a b]] a b"]'],
      says: [
        'error phrases/a.yaml:5: the entry also matches "a b" in "a b a b"\n  fix: mark it too, or narrow the entry',
      ],
    },
    {
      why: 'a match in a text to be kept',
      entries: ['spun: a b, original: c, restore: ["[[a b]]"], keep: ["one A-B two"]'],
      says: [
        'error phrases/a.yaml:5: "A-B" matches in "one A-B two"\n  fix: narrow the pattern or the guard',
      ],
    },
    {
      why: 'another entry matches in a text to be kept',
      entries: [
        'spun: a b, original: c, restore: ["[[a b]]"], keep: ["x y"]',
        'spun: x y, original: z, restore: ["[[x y]]"]',
      ],
      says: [
        'warning phrases/a.yaml:5: "x y" of phrases/a.yaml:6 matches in "x y", which is clean\n  fix: give that entry a guard, or choose another example',
      ],
    },
    {
      why: 'an inflected example',
      entries: ['spun: take part in, original: join, pos: v, restore: ["He [[took part in => joined]] it."]'],
      says: [],
    },
    {
      why: 'a candidate is checked too',
      entries: ['spun: a b, original: c, status: candidate, restore: ["[[a c]]"]'],
      says: [
        'error phrases/a.yaml:5: the entry does not match "a c" in "a c"\n  fix: correct the pattern, the guard or the example',
      ],
    },
    {
      why: 'an entry that is off is not',
      entries: ['spun: a b, original: c, status: off, restore: ["[[a c]]"]'],
      says: [],
    },
  ])('$why', ({ entries, says }) => {
    expect(check(phrasesFile(entries.map(entry).join('')))).toEqual(says)
  })

  test('marks are taken out of examples', () => {
    expect(readMarks('a [[b c => d]] e [[[f]]]')).toEqual({
      text: 'a b c e [f]',
      marks: [
        { start: 2, end: 5, original: 'd' },
        { start: 8, end: 11, original: undefined },
      ],
    })
  })
})

describe('tidyHabits', () => {
  test('sorts, merges over files and drops what stands for itself', () => {
    const files = [
      habitsFile(['take~v~grab | seize', 'charge~n~| fee', 'alone~a~alone']),
      habitsFile(['charge~n~fee; bill', 'weekly~x~each week'], 'habits/b.tsv'),
    ]
    const tidy = tidyHabits(files)
    expect(tidy.map(({ text }) => text)).toEqual([
      `${HEADER}charge\tn\tfee; bill\ntake\tv\tgrab | seize\n`,
      `${HEADER}weekly\tx\teach week\n`,
    ])
    expect(check(...tidy)).toEqual([])
    expect(tidyHabits(tidy)).toEqual(tidy)
  })

  test('a file with a line that cannot be read stays as it is', () => {
    const file = habitsFile(['take~v~grab', 'charge n fee'])
    expect(tidyHabits([file])).toEqual([file])
  })
})

describe('near misses', () => {
  test.each([
    { word: 'orignal', list: ['original', 'spun', 'origin'], gives: 'original', why: 'one letter left out' },
    { word: 'xyz', list: ['original', 'spun'], gives: undefined, why: 'nothing is near' },
    { word: 'bat', list: ['cat', 'bar'], gives: 'bar', why: 'ties by text' },
    { word: 'x'.repeat(100_000), list: ['x'], gives: undefined, why: 'long words are not compared' },
  ])('$why', ({ word, list, gives }) => {
    expect(nearest(word, list)).toBe(gives)
  })

  test('distances rise', () => {
    expect(nearMisses('states', ['stations', 'state', 'states'], 3)).toEqual([
      { text: 'states', distance: 0 },
      { text: 'state', distance: 1 },
    ])
  })
})
