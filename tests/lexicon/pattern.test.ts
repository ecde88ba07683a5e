/** Patterns unfold to the token sequences the tokenizer would give. */
import { describe, expect, test } from 'vitest'
import { unfold } from '../../src/lexicon/pattern.ts'

const sequences = (pattern: string): readonly string[] =>
  unfold(pattern).map((tokens) => tokens.map(({ key }) => key).join(' '))

describe('unfold', () => {
  test.each([
    { pattern: 'Joint States', gives: ['joint states'], why: 'capitals are folded' },
    {
      pattern: 'the (joint|unified) states',
      gives: ['the joint states', 'the unified states'],
      why: 'a group',
    },
    { pattern: '(a|b (c|d)) e', gives: ['a e', 'b c e', 'b d e'], why: 'groups nest' },
    { pattern: 'a ?b c', gives: ['a b c', 'a c'], why: 'an optional word' },
    { pattern: 'a ?(b c|d)', gives: ['a b c', 'a d', 'a'], why: 'an optional group' },
    { pattern: 'set-up', gives: ['set up'], why: 'a hyphen inside is passed over when matching' },
    { pattern: 'some - more', gives: ['some - more'], why: 'a hyphen on its own is meant' },
    {
      pattern: '<number>-web page',
      gives: ['<number> web page'],
      why: 'a hyphen beside a wildcard is inside',
    },
    { pattern: 'three.<number> million', gives: ['three . <number> million'], why: 'punctuation is a token' },
    { pattern: "the company's 's", gives: ["the company 's 's"], why: 'clitics, also alone' },
    { pattern: '0.33', gives: ['0.33'], why: 'a number is meant as written' },
    { pattern: '\\(a\\) \\? \\*', gives: ['( a ) ? *'], why: 'escaped characters' },
    { pattern: '[ad_<number>]', gives: undefined, why: 'a wildcard may touch punctuation' },
    { pattern: '(a|a) b', gives: ['a b'], why: 'a sequence once' },
  ])('$pattern: $why', ({ pattern, gives }) => {
    expect(sequences(pattern)).toEqual(gives ?? ['[ ad _ <number> ]'])
  })

  test.each([
    { pattern: '(a|b', says: 'leaves a group open' },
    { pattern: 'a) b', says: 'closes a group that is not open' },
    { pattern: '(a|) b', says: 'has an empty alternative' },
    { pattern: '(re|un)stated', says: 'has a group or wildcard within a word' },
    { pattern: '<noun> a', says: 'has "<" but none of' },
    { pattern: 'a ? b', says: 'has nothing after "?"' },
    { pattern: '((((((a))))))', says: 'nests groups deeper than 4' },
    { pattern: `${'(a|b) '.repeat(9)}c`, says: 'unfolds to more than 256 sequences' },
    { pattern: 'a b c d e f g h i j k l m', says: 'has 13 tokens' },
  ])('$pattern $says', ({ pattern, says }) => {
    expect(() => unfold(pattern)).toThrow(says)
  })

  test('a star marks the head, on a word and on a group', () => {
    const heads = (pattern: string): readonly (readonly string[])[] =>
      unfold(pattern).map((tokens) => tokens.filter(({ head }) => head).map(({ key }) => key))
    expect(heads('closely *examine')).toEqual([['examine']])
    expect(heads('closely *(examine|look at)')).toEqual([['examine'], ['at']])
  })
})
