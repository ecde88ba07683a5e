/** Two neighbours read together: found where the model knows the pair, silent elsewhere. */
import { describe, expect, test } from 'vitest'
import { F } from '../../src/restore/features.ts'
import { candidatesOf, contextOf, sentenceOf, tinyEngine, tinyWeights } from './tiny.ts'

const engine = await tinyEngine()
const pairsOf = (text: string, at: number) =>
  (candidatesOf(engine, text)[at] ?? []).filter(({ candidate }) => candidate.pair === true)

describe('a pair', () => {
  const text = 'the two towns have stop bonds'
  const [best] = pairsOf(text, 4)

  test('is proposed for both words, with the sources of both', () => {
    expect(best?.candidate).toMatchObject({ start: 4, end: 6, words: ['close', 'ties'] })
    expect(best?.candidate.sources.map(({ path }) => path.at(-1))).toEqual(['close', 'ties'])
  })

  test('saves what the model says it saves', () => {
    const context = contextOf(engine, sentenceOf(text))
    const id = (word: string) => engine.model.vocabulary.id(word)
    const costs = new Float64Array(2)
    context.replaced(4, 6, [id('close'), id('ties')], costs)
    expect(best?.row[F.lm]).toBeCloseTo(context.observed(4, 7) - (costs[1] as number), 9)
    expect(best?.row[F.span]).toBe(1)
  })

  test('is none where the words are no neighbours the model knows', () => {
    // "fee" and "stop" have proposals each, and no sentence has any of them side by side.
    expect(pairsOf('the fee stop in spring', 1)).toEqual([])
  })

  test('is none across a hyphen or punctuation', () => {
    expect(pairsOf('the two towns have stop-bonds', 4)).toEqual([])
    expect(pairsOf('the two towns have stop, bonds', 4)).toEqual([])
  })

  test('of several at most so many are kept, best first', () => {
    const pairs = pairsOf(text, 4)
    expect(pairs.length).toBeLessThanOrEqual(tinyWeights.compounds.kept)
    const scores = pairs.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })
})
