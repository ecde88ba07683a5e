/** Matching compiled dictionaries: inflection, hyphens, wildcards, guards, order, and the law against a naive search. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileDictionary } from '../../src/lexicon/compile.ts'
import { inflector } from '../../src/lexicon/inflect.ts'
import { looseSentence } from '../../src/lexicon/loose-sentence.ts'
import { entryMatch, findMatches, MATCH, MATCH_WIDTH, matchEntries } from '../../src/lexicon/match.ts'
import { dictionary } from '../../src/lexicon/trie.ts'
import { internTokens } from '../../src/lexicon/walk.ts'
import { allMatches, compiled, entryFile, found, habitsFile, inflections, longest } from './dictionaries.ts'

describe('habits inflect both sides in step', () => {
  test.each([
    { line: 'enjoy~v~revel in', text: 'reveling in it', gives: 'enjoying', why: 'a verb by its first word' },
    { line: 'enjoy~v~revel in', text: 'she revels in it', gives: 'enjoys', why: 'third person' },
    {
      line: 'charge~n~court bill',
      text: 'two court bills',
      gives: 'charges',
      why: 'a noun by its last word',
    },
    {
      line: 'algorithm~n~set of rules',
      text: 'sets of rules',
      gives: 'algorithms',
      why: 'a noun before "of"',
    },
    {
      line: 'home sales~n~gross sales',
      text: 'gross sales',
      gives: 'home sales',
      why: 'a plural as written',
    },
    { line: 'nice~a~good', text: 'better', gives: 'nicer', why: 'a short adjective' },
    { line: 'popular~a~fine', text: 'finer', gives: 'more popular', why: 'a long original takes more' },
    {
      line: 'tune~v~fine-tune',
      text: 'fine-tuned',
      gives: 'tuned',
      why: 'the last part of a hyphenated head',
    },
    { line: 'study~v~closely *examine', text: 'closely examined', gives: 'studied', why: 'a marked head' },
    { line: 'Google~v~search', text: 'searched', gives: 'Googled', why: 'capitals of the original stay' },
    { line: 'weekly~x~week by week', text: 'week by week', gives: 'weekly', why: 'x as written' },
    { line: 'third~x~0.33', text: 'the 0.33 time', gives: 'third', why: 'a number as written' },
    {
      line: 'constructor~n~builder',
      text: 'builders',
      gives: 'constructors',
      why: 'an object member is a word',
    },
  ])('$line in "$text": $why', ({ line, text, gives }) => {
    expect(found(compiled(habitsFile([line])), text).flatMap(({ originals }) => originals)).toContain(gives)
  })

  test('an ambiguous form gives past and participle of the original', () => {
    const [match] = found(compiled(habitsFile(['take~v~grab'])), 'grabbed')
    expect(match?.originals).toEqual(['taken', 'took'])
  })

  test('x and r do not inflect, and another number is another number', () => {
    const words = compiled(habitsFile(['often~r~regular', 'third~x~0.33']))
    expect(found(words, 'regulars 0.34')).toEqual([])
  })

  test('weights by class, and the share among the wordings of the line', () => {
    const words = compiled(habitsFile(['charge~x~fee | bill | beak']))
    const weights = allMatches(words, 'fee bill beak').map(({ originals }) => originals[0])
    expect(weights.map((one) => one?.weight)).toEqual([1, 0.5, 0.2])
    expect(weights.map((one) => one?.channel)).toEqual(
      [1 / 1.7, 0.5 / 1.7, 0.2 / 1.7].map((share) => expect.closeTo(Math.log(share), 9)),
    )
  })

  test('the heavier of two lines is kept, with its place', () => {
    const words = compiled(habitsFile(['charge~n~cost | fee', 'charge~v~fee']))
    expect(allMatches(words, 'fee')[0]?.originals).toMatchObject([
      { text: 'charge', weight: 1, origin: 'habits/a.tsv:5', pos: 'v', form: 'base' },
    ])
  })
})

describe('hyphens', () => {
  const words = compiled(entryFile('spun: set-up costs, original: fees', 'spun: some - more, original: more'))
  test.each([
    { text: 'set-up costs', matches: true, why: 'as written' },
    { text: 'set up costs', matches: true, why: 'with a space' },
    { text: 'set-up-costs', matches: true, why: 'with one more' },
    { text: 'set - up costs', matches: false, why: 'a dash between spaces is no hyphen' },
    { text: 'set--up costs', matches: false, why: 'two hyphens are none' },
    { text: 'some-more', matches: true, why: 'a hyphen that is meant' },
    { text: 'some more', matches: false, why: 'a hyphen that is meant is not a space' },
  ])('$text: $why', ({ text, matches }) => {
    expect(found(words, text).length > 0).toBe(matches)
  })

  test('a long row of hyphens neither matches nor overflows the stack', () => {
    expect(found(words, `set${'-'.repeat(100_000)}up costs`)).toEqual([])
  })
})

describe('wildcards', () => {
  test.each([
    {
      entry: 'spun: "three.<number> million", original: "3.<number> million"',
      text: 'three.92 million',
      gives: ['3.92 million'],
    },
    {
      entry: 'spun: "<number>-web page", original: "<number>-page"',
      text: '10-web page',
      gives: ['10-page'],
    },
    {
      entry: 'spun: "in could <year>", original: "in May <year>"',
      text: 'in could 2019',
      gives: ['in May 2019'],
    },
    { entry: 'spun: "in could <year>", original: "in May <year>"', text: 'in could 3019', gives: [] },
    {
      entry: 'spun: "from <number> till <number>", original: "<number> to <number>"',
      text: 'from 3,500 till 4',
      gives: ['3,500 to 4'],
    },
    { entry: 'spun: "{ <word> }", original: "<word>"', text: '{Dollars}', gives: ['Dollars'] },
  ])('$text in { $entry }', ({ entry, text, gives }) => {
    expect(found(compiled(entryFile(entry)), text).flatMap(({ originals }) => originals)).toEqual(gives)
  })

  test('the keys of a filled original are folded like any text', () => {
    const words = compiled(entryFile('spun: "three.<number> million", original: "3.<number> million"'))
    expect(allMatches(words, 'three.92 million')[0]?.originals[0]?.words).toEqual(['0.00', 'million'])
  })
})

describe('guards', () => {
  test.each([
    { guard: 'next: [of]', yes: 'joint states of it', no: 'joint states in it' },
    { guard: 'not-next: [of]', yes: 'joint states', no: 'joint states of it' },
    { guard: 'next: [<edge>]', yes: 'the joint states', no: 'joint states agree' },
    { guard: 'next: [<number>]', yes: 'joint states 3,400', no: 'joint states agree' },
    { guard: 'next: [<year>]', yes: 'joint states 1999', no: 'joint states 19' },
    { guard: 'previous: [the]', yes: 'the joint states', no: 'all joint states' },
    { guard: 'not-previous: [<edge>]', yes: 'all joint states', no: 'joint states' },
    {
      guard: 'near: { words: [congress], within: 2 }',
      yes: 'joint states a congress',
      no: 'joint states a b congress',
    },
    {
      guard: 'near: { words: [congress], within: 2 }',
      yes: 'congress a joint states',
      no: 'congress a b joint states',
    },
    { guard: 'not-near: { words: [robot], within: 3 }', yes: 'joint states', no: 'a robot has joint states' },
    { guard: 'document: { any: [senate, court] }', yes: 'court of joint states', no: 'joint states' },
    {
      guard: 'document: { all: [senate, court] }',
      yes: 'senate court joint states',
      no: 'court of joint states',
    },
    { guard: 'document: { none: [robot] }', yes: 'joint states', no: 'robot joint states' },
    { guard: 'in: title-case', yes: 'the Joint States', no: 'the joint states' },
    { guard: 'in: title-case', yes: 'JOINT STATES', no: 'Joint states' },
    { guard: 'in: title-case', yes: 'Joint States', no: 'He said "Joint states"' },
    { guard: 'in: lower-case', yes: 'Joint states', no: 'the Joint States' },
    { guard: 'in: quotation', yes: 'he said "joint states"', no: 'he said joint states' },
    { guard: 'not-in: quotation', yes: 'he said joint states', no: 'he said "joint states"' },
    { guard: 'in: [quotation, title-case]', yes: 'the Joint States', no: 'the joint states' },
    { guard: 'next: ["\'s"], previous: [the]', yes: "the joint states's", no: "all joint states's" },
  ])('{ $guard }: "$yes", not "$no"', ({ guard, yes, no }) => {
    const words = compiled(entryFile(`spun: joint states, original: united states, guard: { ${guard} }`))
    expect({ yes: found(words, yes).length, no: found(words, no).length }).toEqual({ yes: 1, no: 0 })
  })

  test('a heading is a kind of sentence', () => {
    const words = compiled(entryFile('spun: joint states, original: united states, guard: { in: heading }'))
    const { tokens } = looseSentence('joint states')
    const at = (kind: 'prose' | 'heading'): number =>
      matchEntries(words, tokens, internTokens(words, tokens), 0, new Set(), kind).length
    expect({ heading: at('heading'), prose: at('prose') }).toEqual({ heading: 1, prose: 0 })
  })
})

describe('order', () => {
  const words = compiled(
    entryFile(
      'spun: getting to know, original: learning',
      'spun: getting, original: [being, obtaining]',
      'spun: getting, original: becoming',
    ),
    habitsFile(['acquire~v~get', 'catch~v~get']),
  )

  test('all matches at a place: longest first, entries in file order, habits last', () => {
    expect(found(words, 'getting to know')).toEqual([
      { spun: 'getting to know', originals: ['learning'] },
      { spun: 'getting', originals: ['being', 'obtaining'] },
      { spun: 'getting', originals: ['becoming'] },
      { spun: 'getting', originals: ['acquiring', 'catching'] },
    ])
  })

  test('alone, a dictionary takes the leftmost longest', () => {
    expect(longest(words, 'He is getting to know it, getting it.')).toEqual([
      'getting to know → learning',
      'getting → being',
    ])
  })

  test('an original that stands there already is not proposed again', () => {
    const games = compiled(habitsFile(['game~x~play', 'video game~x~game; film game']))
    expect(found(games, 'a video game')).toEqual([])
    expect(found(games, 'a game')).toEqual([{ spun: 'game', originals: ['video game'] }])
  })

  test('deletion is an original without words', () => {
    const [match] = allMatches(compiled(entryFile('spun: some - more, original: ""')), 'some-more')
    expect(match?.originals).toMatchObject([{ text: '', words: [] }])
  })
})

describe('matches as numbers', () => {
  const words = compiled(
    entryFile('spun: "<number> and joint", original: "joint <number>"', 'spun: joint, original: union'),
    habitsFile(['game~x~play', 'film play~x~play; joint']),
  )

  test.each([
    { text: 'a play', rows: 1, placed: [0], why: 'the stored originals as they are' },
    { text: 'a film play', rows: 1, placed: [1], why: 'one of them stands there already' },
    { text: '7 and joint', rows: 3, placed: [1, 0, 0], why: 'a number is copied; then the entry, the habit' },
    { text: 'nothing', rows: 0, placed: [], why: 'no sequence begins there' },
  ])('"$text": $why', ({ text, rows, placed }) => {
    const { tokens } = looseSentence(text)
    const sentence = { dictionary: words, tokens, ids: internTokens(words, tokens) }
    const keys = new Set(tokens.map(({ key }) => key))
    const numbers = findMatches(sentence, keys)
    const starts = Array.from({ length: rows }, (_, at) => at * MATCH_WIDTH)
    expect(numbers.length).toBe(rows * MATCH_WIDTH)
    expect(starts.map((row) => numbers[row + MATCH.placed])).toEqual(placed)
    expect(starts.map((row) => entryMatch(sentence, numbers, row))).toEqual(allMatches(words, text))
    for (const row of starts.filter((_, at) => placed[at] === 0)) {
      const group = numbers[row + MATCH.group] ?? -1
      const { originals, source } = entryMatch(sentence, numbers, row)
      expect(words.originalsOf(group)).toBe(originals)
      expect(words.weightOf(group)).toBe(originals[0]?.weight)
      expect(words.entryOf(group) < 0).toBe(source === 'habit')
    }
  })
})

/** Few words, so that sequences overlap; regular inflection is not in play with part of speech x. */
const word = fc.constantFrom('a', 'b', 'c', 'constructor')
const phrase = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))

test('law: the trie finds what a naive search finds', () => {
  const regular = inflector({ verbs: '', nouns: '', adjectives: '' })
  fc.assert(
    fc.property(
      fc.uniqueArray(phrase, { minLength: 1, maxLength: 8 }),
      fc.array(word, { maxLength: 12 }),
      (spun, text) => {
        const { dictionary: bytes } = compileDictionary(
          [habitsFile(spun.map((one, at) => `original${at}~x~${one}`))],
          regular,
        )
        const naive = text.flatMap((_, start) =>
          spun
            .map((one, at) => ({ words: one.split(' '), original: `original${at}` }))
            .filter(({ words }) => words.every((one, at) => text[start + at] === one))
            .sort((a, b) => b.words.length - a.words.length)
            .map(({ words, original }) => `${start}+${words.length} ${original}`),
        )
        const matches = allMatches(dictionary(bytes), text.join(' ')).map(
          ({ start, end, originals }) => `${start}+${end - start} ${originals[0]?.text}`,
        )
        expect(matches).toEqual(naive)
      },
    ),
    { numRuns: 200 },
  )
})

test('law: any text may be matched', () => {
  const words = compiled(
    entryFile('spun: "{ <word> }", original: "<word>"'),
    habitsFile(['take~v~grab-hold of']),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const { start, end } of allMatches(words, text)) expect(end).toBeGreaterThan(start)
    }),
  )
})

test('the same files give the same bytes', () => {
  const files = [habitsFile(['take~v~grab | seize', 'charge~n~fee'])]
  expect(compileDictionary(files, inflections).dictionary).toEqual(
    compileDictionary(files, inflections).dictionary,
  )
})
