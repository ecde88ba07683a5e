import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDictionary } from '../../src/lexicon/check.ts'
import { draftsAsEntries } from '../../src/lexicon/import-draft.ts'
import { minedDrafts, miner } from '../../src/lexicon/mine.ts'
import { compiled, habitsFile, inflections } from './dictionaries.ts'

const mined = (...records: readonly unknown[]) => {
  const mine = miner()
  expect(records.map((record) => mine.add(record)).filter((fault) => fault !== undefined)).toEqual([])
  return mine.mined(1)
}
const pairs = (...records: readonly unknown[]): readonly string[] =>
  mined(...records).map(({ spun, original, count }) => `${spun} ← ${original} ${count}`)

describe('miner', () => {
  test.each([
    { spun: 'The gadget ran.', original: 'The machine ran.', gives: ['gadget ← machine 1'], why: 'one word' },
    {
      spun: 'He ran week by week.',
      original: 'He ran weekly.',
      gives: ['week by week ← weekly 1'],
      why: 'one becomes several',
    },
    {
      spun: 'The Joint States won.',
      original: 'The United States won.',
      gives: ['joint ← United 1'],
      why: 'a capital inside a sentence is kept',
    },
    {
      spun: 'Folks ran.',
      original: 'People ran.',
      gives: ['folks ← people 1'],
      why: 'the first word loses its capital',
    },
    {
      spun: 'He saw the the cat.',
      original: 'He saw the cat.',
      gives: ['the the ← the 1'],
      why: 'a word put in comes with the one before it',
    },
    {
      spun: 'He saw cat.',
      original: 'He saw the cat.',
      gives: [],
      why: 'nothing stands where a word was left out',
    },
    { spun: 'He ran!', original: 'He ran.', gives: [], why: 'punctuation alone is no wording' },
    {
      spun: 'a b c d e f g h',
      original: 'i j k l m n o p',
      gives: [],
      why: 'more than six words are rewriting',
    },
    {
      spun: 'A gadget.\nA gadget.',
      original: 'A machine.\nA machine.',
      gives: ['gadget ← machine 2'],
      why: 'counted line by line',
    },
    { spun: 'same', original: 'same', gives: [], why: 'no change' },
  ])('$spun: $why', ({ spun, original, gives }) => {
    expect(pairs({ spun, original })).toEqual(gives)
  })

  test('pairs: what both sides share is cut off, the context comes from the text', () => {
    expect(
      mined({
        spun: 'Yesterday the gadget shop closed.',
        pairs: [{ spun: 'gadget shop', original: 'machine shop' }],
      }),
    ).toEqual([
      { spun: 'gadget', original: 'machine', count: 1, contexts: ['Yesterday the [[gadget]] shop closed.'] },
    ])
  })

  test('most frequent first, then by text; rarer ones on request', () => {
    const mine = miner()
    for (const word of ['b', 'a', 'b']) mine.add({ spun: `the ${word} x`, original: 'the z x' })
    expect(mine.mined(1).map(({ spun }) => spun)).toEqual(['b', 'a'])
    expect(mine.mined(2).map(({ spun }) => spun)).toEqual(['b'])
  })

  test.each([
    { record: 7, says: 'the record is no object' },
    { record: {}, says: '"spun" is no text' },
    { record: { spun: 'x' }, says: 'neither "original" nor "pairs" says what stood there' },
    { record: { spun: 'x', pairs: 1 }, says: '"pairs" is no list' },
    { record: { spun: 'x', pairs: [{ spun: 'x' }] }, says: 'a pair has no texts "spun" and "original"' },
  ])('$says', ({ record, says }) => {
    expect(miner().add(record)).toBe(says)
  })

  test('memory is bounded: the rarest pairs go, and are counted', () => {
    const mine = miner(10)
    for (let n = 0; n < 100; n++) {
      mine.add({ spun: `x w${n} y`, original: 'x z y' })
      mine.add({ spun: 'x often y', original: 'x z y' })
    }
    expect(mine.mined(1).length).toBeLessThanOrEqual(10)
    expect(mine.mined(2).map(({ spun, count }) => ({ spun, count }))).toEqual([{ spun: 'often', count: 100 }])
    expect(mine.dropped).toBeGreaterThanOrEqual(90)
  })

  test('any two texts: never throws, and every context marks its wording', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'the', 'B.', '-', '\n', '[[', ']]', '\ud800', '7,000'), {
      maxLength: 15,
    })
    fc.assert(
      fc.property(text, text, (spun, original) => {
        for (const one of mined({ spun: spun.join(' '), original: original.join(' ') })) {
          for (const context of one.contexts) expect(context.toLowerCase()).toContain(`[[${one.spun}]]`)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('minedDrafts', () => {
  test('a wording once with its originals by count, and examples the check accepts', () => {
    const mine = miner()
    for (const original of ['machine', 'machine', 'device', 'machine', 'device'])
      mine.add({ spun: 'Then the gadget broke down.', original: `Then the ${original} broke down.` })
    const drafts = minedDrafts(mine.mined(2), [])
    expect(drafts).toMatchObject([
      {
        spun: 'gadget',
        originals: [
          { text: 'machine', prior: 1 },
          { text: 'device', prior: 0.67 },
        ],
        kind: 'word',
        restore: ['Then the [[gadget]] broke down.'],
        note: 'count: "machine" 3, "device" 2',
      },
    ])
    const text = draftsAsEntries(drafts, { origin: 'test', licence: 'MIT', date: '2026-11-23' })
    expect(text).toContain('status: candidate')
    expect(checkDictionary([{ name: 'x.yaml', text }], inflections)).toEqual([])
  })

  test('a context with the wording twice is no example', () => {
    const [draft] = minedDrafts(mined({ spun: 'a gadget or gadget', original: 'a machine or gadget' }), [])
    expect(draft?.restore).toEqual(['One reads [[gadget]].'])
  })

  test('what the dictionary has is left out, in any inflection it has; another original stays', () => {
    const known = compiled(habitsFile(['machine~n~gadget']))
    const records = [
      { spun: 'The gadgets broke.', original: 'The machines broke.' },
      { spun: 'The gadgets broke.', original: 'The tools broke.' },
    ]
    expect(minedDrafts(mined(...records), [known]).map(({ originals }) => originals[0]?.text)).toEqual([
      'tools',
    ])
  })
})
