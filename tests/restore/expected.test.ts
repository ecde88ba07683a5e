/** Words the model expects by itself: asked only where the wording is a surprise, best first, bounded. */
import { describe, expect, test } from 'vitest'
import { expectedWords } from '../../src/restore/expected.ts'
import { contextOf, sentenceOf, tinyEngine } from './tiny.ts'

const engine = await tinyEngine()
const context = contextOf(engine, sentenceOf('the price of anvils rose in spring'))
const asked = { above: 0, saved: 0, words: engine.model.vocabulary.size, kept: 3 }
const ANVILS = 3

describe('expected words', () => {
  test('the word that fits both neighbours comes first', () => {
    expect(expectedWords(context, ANVILS, asked)[0]).toBe('bread')
  })

  test.each([
    { options: { ...asked, above: 99 }, count: 0, why: 'no surprise, no question' },
    { options: { ...asked, saved: 99 }, count: 0, why: 'nothing saves that much' },
    { options: { ...asked, kept: 1 }, count: 1, why: 'at most as many as are kept' },
    {
      options: { ...asked, words: 3 },
      count: 0,
      why: 'only the commonest words are tried, and these are none',
    },
  ])('$why', ({ options, count }) => {
    expect(expectedWords(context, ANVILS, options)).toHaveLength(count)
  })

  test('the word that stands there is not proposed', () => {
    const kept = contextOf(engine, sentenceOf('the price of bread rose in spring'))
    expect(expectedWords(kept, ANVILS, { ...asked, kept: 99 })).not.toContain('bread')
  })
})
