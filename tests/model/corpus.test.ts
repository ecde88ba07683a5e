/** Text to sentences of ids. */
import { describe, expect, test } from 'vitest'
import { rawTokens } from '../../src/document/tokens.ts'
import { readCorpus } from '../../src/model/corpus.ts'
import { sentenceStarts } from '../../src/model/split.ts'

const sentences = (text: string): string[] => {
  const tokens = rawTokens(text)
  const starts = sentenceStarts(text, tokens)
  return starts.map((from, i) =>
    tokens
      .slice(from, starts[i + 1] ?? tokens.length)
      .map((token) => token.key)
      .join(' '),
  )
}

describe('sentence ends', () => {
  test.each([
    { text: 'It rained. We left.', into: ['it rained .', 'we left .'], why: 'a full stop and a capital' },
    { text: 'It rained. 12 left.', into: ['it rained . 12 left .'], why: 'numbers do not open for certain' },
    {
      text: '"Go!" She went.',
      into: ['" go ! "', 'she went .'],
      why: 'the closing quote belongs to the end',
    },
    { text: '"Go!" she said.', into: ['" go ! " she said .'], why: 'lower case goes on' },
    { text: 'No. "Yes." No.', into: ['no .', '" yes . "', 'no .'], why: 'an opening quote opens' },
    {
      text: 'Mr. Smith met Dr. J. Doe.',
      into: ['mr . smith met dr . j . doe .'],
      why: 'titles and initials',
    },
    { text: 'In the U.S. Army. He', into: ['in the u.s. army .', 'he'], why: 'dotted words keep their stop' },
    { text: 'So did I. He ran.', into: ['so did i .', 'he ran .'], why: '"I" is a word, not an initial' },
    { text: 'See example.Com now', into: ['see example . com now'], why: 'no space, no end' },
    { text: '', into: [], why: 'nothing' },
  ])('$text: $why', ({ text, into }) => {
    expect(sentences(text)).toEqual(into)
  })
})

describe('corpus', () => {
  const read = (lines: readonly string[], minCount: number, maxWords = 100) =>
    readCorpus(lines, { minCount, maxWords })

  test('ids by frequency, ties by code unit, a boundary at every sentence end and none for empty lines', async () => {
    const corpus = await read(['be at. At be', '', '  ', 'at cat'], 1)
    expect(corpus.keys).toEqual(['<unk>', '<s>', '</s>', 'at', 'be', '.', 'cat'])
    expect(corpus.ids.join(' ')).toBe('1 4 3 5 1 3 4 1 3 6 1')
    expect(corpus.counts.join(' ')).toBe('0 4 0 3 2 1 1')
    expect(corpus.folded).toBe(0)
  })

  test.each([
    { minCount: 2, maxWords: 100, keys: ['at', 'be'], folded: 2, why: 'seen once is too rare' },
    { minCount: 1, maxWords: 1, keys: ['at'], folded: 3, why: 'only the most frequent' },
  ])('rare words fold into <unk>: $why', async ({ minCount, maxWords, keys, folded }) => {
    const corpus = await read(['be at constructor', 'At be at tostring'], minCount, maxWords)
    expect(corpus.keys.slice(3)).toEqual(keys)
    expect(corpus.folded).toBe(folded)
    expect(corpus.ids.filter((id) => id === 0).length).toBe(corpus.counts[0])
    expect(corpus.counts.reduce((sum, count) => sum + count, 0)).toBe(corpus.ids.length)
  })

  test('no text at all is one boundary', async () => {
    expect([...(await read([], 1)).ids]).toEqual([1])
  })

  test('more tokens than a chunk holds keep their order', async () => {
    const line = 'one two three '.repeat(50_000)
    const corpus = await read(Array(30).fill(line), 1)
    expect(corpus.ids.length).toBe(1 + 30 * 150_001)
    const one = corpus.keys.indexOf('one')
    const two = corpus.keys.indexOf('two')
    const wrong = corpus.ids.findIndex((id, i) => id === one && corpus.ids[i + 1] !== two)
    expect(wrong).toBe(-1)
  })
})
