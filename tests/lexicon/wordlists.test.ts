/** The shipped dictionary: no errors, every example through the engine, size within bounds. */
import { describe, expect, test } from 'vitest'
import { checkDictionary } from '../../src/lexicon/check.ts'
import { compileDictionary } from '../../src/lexicon/compile.ts'
import { problemText } from '../../src/lexicon/entry.ts'
import { inflections, shipped } from './dictionaries.ts'

const errors = (folder: 'habits' | 'phrases' | 'terms'): readonly string[] =>
  checkDictionary(shipped(folder), inflections)
    .filter(({ severity }) => severity === 'error')
    .map(problemText)

describe('wordlists', () => {
  test('phrases have no errors and their examples hold', () => {
    expect(errors('phrases')).toEqual([])
  })

  test('habits have no errors', { timeout: 60_000 }, () => {
    expect(errors('habits')).toEqual([])
  })

  test('terms have no errors', { timeout: 60_000 }, () => {
    expect(errors('terms')).toEqual([])
  })

  test('all together compile to at most 6 MB', { timeout: 60_000 }, () => {
    const { dictionary, stats } = compileDictionary(
      [...shipped('habits'), ...shipped('phrases'), ...shipped('terms')],
      inflections,
    )
    expect(stats.entries).toBeGreaterThan(20)
    expect(stats.terms).toBeGreaterThan(8000)
    expect(dictionary.length).toBeLessThan(6e6)
  })
})
