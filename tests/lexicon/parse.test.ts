/** Messages about dictionary files, word for word: place, fact, fix. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileDictionary } from '../../src/lexicon/compile.ts'
import { type DictFile, problemText } from '../../src/lexicon/entry.ts'
import { parseHabits } from '../../src/lexicon/parse-habits.ts'
import { phraseParser } from '../../src/lexicon/parse-phrases.ts'
import { ENTRIES_SCHEMA } from '../../src/lexicon/schema.ts'
import { habitsFile, inflections, phrasesFile } from './dictionaries.ts'

const messages = (file: DictFile): readonly string[] =>
  compileDictionary([file], inflections).problems.map(problemText)

describe('habits', () => {
  test('a line says original, part of speech and wordings by class', () => {
    expect(parseHabits(habitsFile(['charge~n~fee;  court  bill | accusation | '])).habits).toEqual([
      {
        file: 'habits/a.tsv',
        line: 4,
        original: 'charge',
        pos: 'n',
        spun: [
          { text: 'fee', class: 'common' },
          { text: 'court bill', class: 'common' },
          { text: 'accusation', class: 'seen' },
        ],
      },
    ])
  })

  test.each([
    {
      why: 'spaces instead of tabs',
      line: 'charge n fee',
      says: 'habits/a.tsv:4: 1 columns, separated by tabs; a habit has 3\n  fix: write original<TAB>pos<TAB>common; common | seen | rare',
    },
    {
      why: 'unknown part of speech',
      line: 'charge~noun~fee',
      says: 'habits/a.tsv:4: "noun" is not a part of speech\n  fix: use n, v, a, r (adverb) or x (nothing to inflect)',
    },
    {
      why: 'no wording',
      line: 'charge~n~ | ',
      says: 'habits/a.tsv:4: no spun wording\n  fix: list at least one wording, or delete the line',
    },
    {
      why: 'a fourth class',
      line: 'charge~n~a | b | c | d',
      says: 'habits/a.tsv:4: 4 classes of wordings; there are 3\n  fix: use at most two "|": common | seen | rare',
    },
    {
      why: 'a wording twice',
      line: 'charge~n~fee | fee',
      says: 'habits/a.tsv:4: "fee" is listed twice (common and seen)\n  fix: keep the more frequent class',
    },
    {
      why: 'two semicolons',
      line: 'charge~n~fee;; bill',
      says: 'habits/a.tsv:4: an empty wording among the common ones\n  fix: delete one of the ";"',
    },
    {
      why: 'a group that is not closed',
      line: 'charge~n~(fee',
      says: 'habits/a.tsv:4: "(fee" leaves a group open\n  fix: add ")", or write "\\("',
    },
  ])('$why', ({ line, says }) => {
    expect(messages(habitsFile([line]))).toEqual([says])
  })

  test('a header without licence is named', () => {
    const file = { name: 'a.tsv', text: '# origin: x\n# date: 2026-11-23\ncharge\tn\tfee\n' }
    expect(messages(file)).toEqual([
      'a.tsv:1: the header says nothing about the licence\n  fix: begin the file with "# licence: …"',
    ])
  })

  test('lines end in \\r\\n too', () => {
    expect(parseHabits({ name: 'a.tsv', text: 'charge\tn\tfee\r\n' }).habits[0]?.spun).toEqual([
      { text: 'fee', class: 'common' },
    ])
  })
})

describe('phrase entries', () => {
  test.each([
    {
      why: 'not YAML',
      entries: '  - spun: [a, b\n',
      says: /^phrases\/a\.yaml:\d+: not YAML: .+\n {2}fix: correct the YAML here$/,
    },
    {
      why: 'a field is missing',
      entries: '  - { spun: a b, original: c, kind: phrase }\n',
      says: 'phrases/a.yaml:5: "restore" is missing\n  fix: add "restore: …"',
    },
    {
      why: 'a field is misspelt',
      entries: '  - { spun: a b, orignal: c, original: c, kind: phrase, restore: ["[[a b]]"] }\n',
      says: 'phrases/a.yaml:5: "orignal" is not a field of an entry\n  fix: did you mean "original"?',
    },
    {
      why: 'a field of a guard is unknown',
      entries: '  - { spun: a b, original: c, kind: phrase, guard: { whenever: x }, restore: ["[[a b]]"] }\n',
      says: 'phrases/a.yaml:5: "whenever" is not a field of guard\n  fix: use one of: next, not-next, previous, not-previous, near, not-near, document, in, not-in',
    },
    {
      why: 'a value is none of those allowed',
      entries: '  - spun: a b\n    original: c\n    kind: idiom\n    restore: ["[[a b]]"]\n',
      says: 'phrases/a.yaml:7: kind is "idiom"\n  fix: use one of: word, phrase, name, number, insertion, markup',
    },
    {
      why: 'an original of the wrong shape',
      entries: '  - spun: a b\n    original: { wording: c }\n    kind: phrase\n    restore: ["[[a b]]"]\n',
      says: 'phrases/a.yaml:6: original is {"wording":"c"}\n  fix: write a text, {text: …, prior: 0.8}, or a list of these; "" deletes',
    },
    {
      why: 'a word that YAML reads as a number',
      entries:
        '  - { spun: a b, original: c, kind: phrase, guard: { next: [1746] }, restore: ["[[a b]]"] }\n',
      says: 'phrases/a.yaml:5: next is 1746: it must be string\n  fix: write it in quotes: "1746"',
    },
    {
      why: 'a wildcard nobody captures',
      entries: '  - { spun: a b, original: "<year> c", kind: phrase, restore: ["[[a b]]"] }\n',
      says: 'phrases/a.yaml:5: "<year> c" copies <year> 1 times, "a b" captures it 0 times\n  fix: put <year> into the pattern outside optional parts, or take it out of the original',
    },
  ])('$why', ({ entries, says }) => {
    const [first] = messages(phrasesFile(entries))
    if (typeof says === 'string') expect(first).toBe(says)
    else expect(first).toMatch(says)
  })

  test('a broken entry leaves the others', () => {
    const file = phrasesFile(
      '  - { spun: a b, kind: phrase }\n  - { spun: c d, original: e, kind: phrase, restore: ["[[c d]]"] }\n',
    )
    const { entries, problems } = phraseParser()(file)
    expect(entries.map(({ spun }) => spun)).toEqual([['c d']])
    expect(problems.map(({ line }) => line)).toEqual([5, 5])
  })

  test('defaults are filled in, and a prior given stays', () => {
    const file = phrasesFile(
      '  - { spun: a b, original: [c, {text: d, prior: 0.8}, e], kind: phrase, restore: ["[[a b]]"] }\n',
    )
    expect(phraseParser()(file).entries[0]).toMatchObject({
      originals: [
        { text: 'c', prior: 1 },
        { text: 'd', prior: 0.8 },
        { text: 'e', prior: 0.5 },
      ],
      case: 'keep',
      status: 'active',
      keep: [],
    })
  })

  test('aliases that unfold into billions are refused, not unfolded', () => {
    const bomb = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`)
    const file = { name: 'a.yaml', text: `a0: &a0 [x]\n${bomb.join('\n')}\n` }
    expect(messages(file)).toEqual([
      'a.yaml:1: its aliases unfold into too much\n  fix: write the values out instead of "*name"',
    ])
  })

  test('an ending that is neither', () => {
    expect(messages({ name: 'words.txt', text: '' })).toEqual([
      'words.txt:1: the ending says neither habits nor phrase entries\n  fix: name habits and terms .tsv, phrase entries .yaml or .yml',
    ])
  })
})

test('wordlists/entries.schema.json is the schema of the parser', () => {
  expect(JSON.parse(readFileSync('wordlists/entries.schema.json', 'utf8'))).toEqual(ENTRIES_SCHEMA)
})
