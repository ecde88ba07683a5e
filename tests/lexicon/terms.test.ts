/** Lists of terms: what is read, what is complained about, and the rows that a dictionary keeps. */
import { describe, expect, test } from 'vitest'
import { checkDictionary } from '../../src/lexicon/check.ts'
import { compileDictionary } from '../../src/lexicon/compile.ts'
import { type DictFile, problemText } from '../../src/lexicon/entry.ts'
import type { Dictionary } from '../../src/lexicon/trie.ts'
import { compiled, habitsFile, inflections, termsFile } from './dictionaries.ts'

const check = (...files: readonly DictFile[]): readonly string[] =>
  checkDictionary(files, inflections).map((problem) => `${problem.severity} ${problemText(problem)}`)

/** Every row as text, in the order of the dictionary. */
function rowsOf({ terms, key }: Dictionary): readonly string[] {
  return Array.from({ length: terms.size }, (_, row) =>
    Array.from(terms.words.subarray(terms.starts.at(row), terms.starts.at(row + 1)), (word) =>
      key(terms.keys[word] ?? 0),
    ).join(' '),
  )
}

describe('a list of terms is checked', () => {
  test.each([
    {
      why: 'out of order',
      files: [termsFile(['deep learning', 'breast cancer'])],
      says: 'error terms/a.tsv:6: "breast cancer" comes after "deep learning"\n  fix: sort the lines in code unit order (LC_ALL=C sort)',
    },
    {
      why: 'twice, over files, hyphen or not',
      files: [termsFile(['self driving car']), termsFile(['self-driving car'], 'terms/b.tsv')],
      says: 'error terms/b.tsv:5: "self-driving car" is listed twice (first in terms/a.tsv:5)\n  fix: delete one of the two',
    },
    {
      why: 'one word',
      files: [termsFile(['learning'])],
      says: 'error terms/a.tsv:5: "learning" has 1 word; a term has 2 to 4\n  fix: single words belong to the habits, sentences to the phrases',
    },
    {
      why: 'five words',
      files: [termsFile(['root of the mean square'])],
      says: 'error terms/a.tsv:5: "root of the mean square" has 5 words; a term has 2 to 4\n  fix: single words belong to the habits, sentences to the phrases',
    },
    {
      why: 'capitals',
      files: [termsFile(['Bayes theorem'])],
      says: 'error terms/a.tsv:5: "Bayes theorem" is not in lower case with single spaces\n  fix: write one term a line, in lower case',
    },
    {
      why: 'numbers',
      files: [termsFile(['type 2 diabetes'])],
      says: 'error terms/a.tsv:5: "type 2 diabetes" has other tokens than words\n  fix: leave numbers and punctuation out',
    },
    {
      why: 'no licence',
      files: [
        { name: 'terms/a.tsv', text: '# terms: test\n# origin: test\n# date: 2026-11-24\ndeep learning\n' },
      ],
      says: 'error terms/a.tsv:1: the header says nothing about the licence\n  fix: begin the file with "# licence: …"',
    },
  ])('$why', ({ files, says }) => {
    expect(check(...files)).toEqual([says])
  })

  test('what is right passes, whatever habits say of its words', () => {
    expect(check(habitsFile(['deep~a~profound']), termsFile(['breast cancer', 'deep learning']))).toEqual([])
  })
})

describe('a dictionary keeps terms', () => {
  const made = compiled(
    habitsFile(['deep~a~profound']),
    termsFile(['foot mark', 'foot note', 'machine learning']),
  )

  test('with their plurals, where there are any, in the order of their words', () => {
    expect(rowsOf(made)).toEqual(['foot mark', 'foot marks', 'foot note', 'foot notes', 'machine learning'])
  })

  test('and knows which rows begin with a word, and where each is listed', () => {
    const { terms, id } = made
    const foot = terms.wordOf(id('foot'))
    const [from = 0, to = 0] = [terms.firstRow[foot], terms.firstRow[foot + 1]]
    expect([from, to]).toEqual([0, 4])
    expect(terms.origin(from + 2)).toBe('terms/a.tsv:6')
    expect(terms.firstRow[terms.wordOf(id('machine')) + 1]).toBe(terms.size)
  })

  test('whose words are not those of habits', () => {
    expect(made.terms.wordOf(made.id('profound'))).toBe(-1)
    expect(made.terms.wordOf(made.id('constructor'))).toBe(-1)
  })

  test('and none where no list has any', () => {
    const { terms, id } = compiled(habitsFile(['deep~a~profound']))
    expect(terms.size).toBe(0)
    expect(terms.wordOf(id('profound'))).toBe(-1)
  })

  test('which change no match', () => {
    const { stats } = compileDictionary(
      [habitsFile(['deep~a~profound']), termsFile(['deep water'])],
      inflections,
    )
    const alone = compileDictionary([habitsFile(['deep~a~profound'])], inflections)
    expect(stats).toMatchObject({
      terms: 1,
      sequences: alone.stats.sequences,
      readings: alone.stats.readings,
    })
  })
})
