/** Words to ids and back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pack, unpack } from '../../src/model/container.ts'
import { type Vocabulary, vocabulary, vocabularySections } from '../../src/model/vocabulary.ts'

function vocabularyOf(keys: readonly string[]): Vocabulary {
  const bytes = pack({ name: 'test', version: 1, recipe: {}, numbers: {} }, vocabularySections(keys))
  return vocabulary(unpack(bytes.slice().buffer))
}

describe('lookups', () => {
  const keys = [
    '<unk>',
    '<s>',
    '</s>',
    'the',
    "don't",
    'constructor',
    '__proto__',
    'naïve',
    '–',
    '日本',
    '𝒳y',
    '<url>',
  ]
  const words = vocabularyOf(keys)

  test.each(keys.map((key, id) => ({ key, id })))('$key is $id', ({ key, id }) => {
    expect(words.id(key)).toBe(id)
    expect(words.word(id)).toBe(key)
  })

  test.each([
    { key: 'th', why: 'only the beginning of a word' },
    { key: 'thee', why: 'longer than a word' },
    { key: '', why: 'nothing' },
    { key: 'toString', why: 'a member of every object' },
    { key: 'nai\u0308ve', why: 'not the same composition' },
    { key: '\ud835', why: 'half of a character' },
    { key: '\ufffd', why: 'what half a character would be written as' },
  ])('$key is unknown: $why', ({ key }) => {
    expect(words.id(key)).toBe(0)
  })

  test.each([-1, 12, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('id %s has no word', (id) => {
    expect(words.word(id)).toBe('<unk>')
  })
  test('size', () => expect(words.size).toBe(keys.length))
})

test('every list of different strings comes back', () => {
  const string = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.uniqueArray(string, { maxLength: 60 }), (list) => {
      const words = vocabularyOf(['<unk>', ...list.filter((key) => key !== '<unk>')])
      for (let id = 0; id < words.size; id++) expect(words.id(words.word(id))).toBe(id)
    }),
    { numRuns: 50 },
  )
})
