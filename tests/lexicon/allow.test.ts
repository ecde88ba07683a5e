import { describe, expect, test } from 'vitest'
import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import { allowedSpans, allowList, isAllowed } from '../../src/lexicon/allow.ts'
import { falseAlarms } from '../../src/lexicon/false-alarms.ts'
import { compiled, entryFile } from './dictionaries.ts'

const places = (text: string, ...allow: readonly string[]) =>
  allowedSpans(
    readSentences(document(text, { format: 'text' })).flatMap(({ tokens }) => tokens),
    allowList(allow),
  )

describe('allowed wordings', () => {
  test.each([
    {
      text: 'The Joint States met.',
      allow: 'joint states',
      gives: ['Joint States'],
      why: 'whatever the case',
    },
    {
      text: 'the joint states met',
      allow: 'Joint States',
      gives: ['joint states'],
      why: 'whatever the case of the list',
    },
    {
      text: 'The joint\n states met.',
      allow: 'joint states',
      gives: ['joint\n states'],
      why: 'over a line end',
    },
    { text: 'It’s savory.', allow: "it's", gives: ['It’s'], why: 'typographic apostrophe' },
    {
      text: 'Well-liked, well - liked.',
      allow: 'well-liked',
      gives: ['Well-liked', 'well - liked'],
      why: 'the same tokens',
    },
    { text: 'The jointed states.', allow: 'joint', gives: [], why: 'whole words only' },
    { text: 'a b a b a', allow: 'a b a', gives: ['a b a', 'a b a'], why: 'places may overlap' },
    { text: 'constructor', allow: '', gives: [], why: 'an empty wording is nowhere' },
  ])('$allow in "$text": $why', ({ text, allow, gives }) => {
    expect(places(text, allow).wordings.map(({ start, end }) => text.slice(start, end))).toEqual(gives)
  })

  test('a finding within an allowed place is allowed, a longer one is another wording', () => {
    const found = places('in savory of', 'savory').wordings
    expect(isAllowed({ start: 3, end: 9 }, found)).toBe(true)
    expect(isAllowed({ start: 0, end: 12 }, found)).toBe(false)
    expect(isAllowed({ start: 3, end: 9 }, [])).toBe(false)
  })
})

describe('settled places', () => {
  const TEXT = 'The old store closed. A store, too, "opened" here; the old store stays.'

  test.each([
    { allow: 'the old [store] closed', at: [8], why: 'only there' },
    { allow: 'the old [store]', at: [8, 59], why: 'words on one side are enough' },
    { allow: 'closed a [Store] too opened', at: [24], why: 'over sentences and punctuation' },
    { allow: 'the very old [store]', at: [], why: 'the nearest two words count' },
    { allow: 'once the old [store]', at: [8, 59], why: 'words farther off do not' },
    { allow: "here the [old store]'s", at: [], why: 'an ending is a word' },
    { allow: 'old [stores] closed', at: [], why: 'the wording itself' },
    { allow: '[a store, too] opened', at: [22], why: 'a wording may hold punctuation' },
  ])('$allow: $why', ({ allow, at }) => {
    const { places: found, wordings } = places(TEXT, allow)
    expect(found.map(({ start }) => start)).toEqual(at)
    expect(wordings).toEqual([])
  })

  test('brackets with nothing beside them are the wording, anywhere', () => {
    expect(places(TEXT, '[store]').wordings.map(({ start }) => start)).toEqual([8, 24, 59])
  })
})

describe('falseAlarms', () => {
  const phrases = compiled(
    entryFile(
      'spun: joint states, original: united states, case: title, guard: {in: title-case}',
      'spun: gross sales, original: sales',
    ),
  )

  test('counts leftmost longest matches with their place; guards are asked', () => {
    const text = 'Its joint states differ.\n\nThe gross  sales rose.'
    expect(falseAlarms(phrases, [{ name: 'clean-a.txt', text }])).toEqual({
      // 4 words in the first paragraph, 4 in the second.
      words: 4 + 4,
      found: [
        {
          place: 'clean-a.txt:3:5',
          surface: 'gross sales',
          origin: expect.stringContaining('phrases/a.yaml:'),
          original: 'sales',
        },
      ],
      density: 1000 / 8,
    })
  })

  test('no text, no alarm', () => {
    expect(falseAlarms(phrases, [])).toEqual({ words: 0, found: [], density: 0 })
  })
})
