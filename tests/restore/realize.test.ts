/** Proposals as a person would write them: spaces, capitals, articles, and the neighbours they need. */
import { describe, expect, test } from 'vitest'
import { titleCase } from '../../src/lexicon/title-case.ts'
import { article, suited, suitedInside } from '../../src/restore/article.ts'
import { type Candidate, candidateSet, NO_STRENGTHS } from '../../src/restore/candidates.ts'
import { cover } from '../../src/restore/cover.ts'
import { glued, surfaceOf } from '../../src/restore/glue.ts'
import { inWords, realize } from '../../src/restore/realize.ts'
import type { Token } from '../../src/types.ts'
import { sentenceOf, tinyModel } from './tiny.ts'

const model = await tinyModel()

/** The text's tokens, and the range of those in brackets. */
function placeIn(marked: string): { tokens: readonly Token[]; start: number; end: number } {
  const open = marked.indexOf('[')
  const shut = marked.indexOf(']') - 1
  const { tokens } = sentenceOf(marked.replace('[', '').replace(']', ''))
  const start = tokens.findIndex(({ span }) => span.start >= open)
  const behind = tokens.findIndex(({ span }) => span.start >= shut)
  return { tokens, start, end: behind < 0 ? tokens.length : behind }
}

const candidate = (
  range: { readonly start: number; readonly end: number },
  original: string,
  rest: Partial<Candidate> = {},
): Candidate => ({
  start: range.start,
  end: range.end,
  words: original.toLowerCase().split(' '),
  ids: new Int32Array(),
  written: undefined,
  kind: undefined,
  sources: [],
  strengths: NO_STRENGTHS,
  ...rest,
})

/** What `original` reads like at the place in brackets. */
function written(marked: string, original: string, rest: Partial<Candidate> = {}): string {
  const { tokens, start, end } = placeIn(marked)
  return realize(candidate({ start, end }, original, rest), tokens, start === 0)
}

describe('capitals', () => {
  test.each([
    { at: 'The [Joint] States signed.', reads: 'united', gives: 'United', why: 'a name inside a sentence' },
    { at: 'the White [Home] said', reads: 'house', gives: 'House', why: 'half a name' },
    { at: '[Joint] ties', reads: 'close', gives: 'Close', why: 'the start of a sentence' },
    { at: 'they [stop] ties', reads: 'close', gives: 'close', why: 'lower case stays' },
    { at: '[Accept as true] it', reads: 'rely on', gives: 'Rely on', why: 'a sentence is no heading' },
    {
      at: 'the [Gadget Mastering] Lab',
      reads: 'machine learning',
      gives: 'Machine Learning',
      why: 'word by word',
    },
    {
      at: 'the [Financial institution] of England',
      reads: 'bank',
      gives: 'Bank',
      why: 'one capital is enough',
    },
    {
      at: 'the [Workplace of Administration and Finances] said',
      reads: 'office of management and budget',
      gives: 'Office of Management and Budget',
      why: 'small words stay small',
    },
    {
      at: 'NOBODY [STOPS TIES] HERE',
      reads: 'closes links',
      gives: 'CLOSES LINKS',
      why: 'a line in capitals',
    },
    { at: 'JOINT [STATES] AND MORE', reads: 'nations', gives: 'NATIONS', why: 'one word of it' },
    { at: 'and [I think] so', reads: 'we believe', gives: 'we believe', why: '"I" has its capital anywhere' },
  ])('$at ← $reads: $why', ({ at, reads, gives }) => {
    expect(written(at, reads)).toBe(gives)
  })

  test.each([
    {
      at: 'the [joint states] signed',
      as: 'United States',
      gives: 'United States',
      why: 'a name of its own',
    },
    {
      at: 'the [UN] met',
      as: 'united nations',
      gives: 'United Nations',
      why: 'an abbreviation does not shout',
    },
    { at: 'THE [UN] MET', as: 'united nations', gives: 'UNITED NATIONS', why: 'unless the line does' },
  ])('a name at $at: $why', ({ at, as, gives }) => {
    expect(written(at, as, { written: as, kind: 'name' })).toBe(gives)
  })

  test('what a dictionary lists keeps its capitals and digits', () => {
    const { tokens } = sentenceOf('a hundred,000 people')
    const set = candidateSet(tokens, () => 1)
    set.add(0, 4, {
      words: ['000,000'],
      source: { name: 'entry', weight: 1, path: ['a hundred,000', '100,000'] },
      strengths: {},
    })
    const [made] = set.byStart().flatMap(({ listed }) => listed)
    expect(made && realize(made, tokens, false)).toBe('100,000')
  })

  test('the list that writes a capital wins over the one that does not', () => {
    const { tokens } = sentenceOf('the democratic celebration met')
    const set = candidateSet(tokens, () => 1)
    const words = ['democratic', 'party']
    for (const [name, listed] of [
      ['entry', 'democratic party'],
      ['habit', 'Democratic Party'],
    ] as const)
      set.add(1, 3, {
        words,
        written: name === 'entry' ? listed : undefined,
        kind: 'name',
        source: { name, weight: 1, path: ['democratic celebration', listed] },
        strengths: {},
      })
    const made = set.byStart().flatMap(({ listed }) => listed)
    expect(made.map((each) => realize(each, tokens, false))).toEqual(['Party'])
  })

  test.each([
    ['bank of england', 'Bank of England'],
    ['the great gatsby', 'The Great Gatsby'],
    ['model <number>', 'Model <number>'],
    ['state-of-the-art lab', 'State-of-the-Art Lab'],
  ])('%s is called %s', (text, name) => {
    expect(titleCase(text)).toBe(name)
  })
})

test('each place of a run is cased for itself, and what stays keeps its own letters', () => {
  const { tokens, start, end } = placeIn("the [Superb Court's aim] held")
  const parts = [
    { start, end: start + 1, read: candidate({ start, end: start + 1 }, 'supreme') },
    { start: start + 1, end: start + 3, read: undefined },
    { start: start + 3, end, read: candidate({ start: start + 3, end }, 'goal') },
  ]
  expect(realize(candidate({ start, end }, 'supreme court s goal', { parts }), tokens, false)).toBe(
    "Supreme Court's goal",
  )
})

test('the apostrophe is the one of the text', () => {
  expect(written('they’d say it [is not] so', "isn't")).toBe('isn’t')
  expect(written('they say it [is not] so', "isn't")).toBe("isn't")
})

test.each([
  { words: ['third', '-', 'party'], text: 'third-party' },
  { words: ['it', "'s", 'i', ',', "i'm"], text: "it's I, I'm" },
  { words: ['$', '100', '%'], text: '$100%' },
])('$words as $text', ({ words, text }) => {
  expect(inWords(words)).toBe(text)
})

test.each([
  { left: 'goal', right: 'keeper', gives: 'goal keeper', why: 'words do not run together' },
  { left: 'well', right: '-liked', gives: 'well-liked', why: 'a hyphen' },
  { left: '“', right: 'all', gives: '“all', why: 'a quotation mark of the source' },
  { left: '', right: 'all', gives: 'all', why: 'nothing before it' },
])('$left and $right are $gives: $why', ({ left, right, gives }) => {
  expect(glued(left, right, true)).toBe(gives)
})

describe('articles', () => {
  test.each([
    ['8', 'an'],
    ['80', 'an'],
    ['11', 'an'],
    ['18', 'an'],
    ['18,000', 'an'],
    ['1', 'a'],
    ['110', 'a'],
    ['effort', 'an'],
    ['task', 'a'],
    ['unheardof', 'an'],
  ] as const)('%s takes %s', (next, takes) => {
    expect(article(model, next)).toBe(takes)
  })

  test('a text is made to suit its words and what follows', () => {
    expect(suited(model, 'took a', 'effort')).toBe('took an')
    expect(suited(model, 'An', 'task')).toBe('A')
    expect(suited(model, 'an idea', 'task')).toBe('an idea')
    expect(suitedInside(model, 'a effort and an task')).toBe('an effort and a task')
  })
})

describe('what a finding covers', () => {
  test.each([
    {
      at: 'a third [birthday celebration] seller',
      reads: ['-party', 'party'],
      covers: 'third birthday celebration',
      gives: ['third-party', 'third party'],
      why: 'a hyphen needs its word',
    },
    {
      at: "however it['s miles] off",
      reads: ['is'],
      covers: "it's miles",
      gives: ['it is'],
      why: 'words would run together',
    },
    {
      at: 'its [struggle-of-]laws rule',
      reads: ['conflict of'],
      covers: 'struggle-of-laws',
      gives: ['conflict of laws'],
      why: 'on the right, too',
    },
    {
      at: 'raised sea[-level ascent] again',
      reads: ['level rise'],
      covers: 'sea-level ascent',
      gives: ['sea level rise'],
      why: 'a hyphen that goes',
    },
    {
      at: 'a well-[loved] man',
      reads: ['liked'],
      covers: 'loved',
      gives: ['liked'],
      why: 'a hyphen that stays',
    },
    {
      at: 'took an [own] task',
      reads: ['', 'real'],
      covers: 'an own',
      gives: ['a', 'a real'],
      why: 'the article of the word behind',
    },
    { at: '[Really] it works', reads: [''], covers: 'Really it', gives: ['It'], why: 'a capital moves on' },
    {
      at: '[Additionally], they came',
      reads: ['', 'Also'],
      covers: 'Additionally, they',
      gives: ['They', 'Also, they'],
      why: 'a comma goes with its word',
    },
    {
      at: '[Additionally], Kim came',
      reads: [''],
      covers: 'Additionally,',
      gives: [''],
      why: 'a name has its capital',
    },
    {
      at: 'but, [basically], they came',
      reads: [''],
      covers: 'basically,',
      gives: [''],
      why: 'no two commas',
    },
    { at: 'the [very] end', reads: [''], covers: 'very', gives: [''], why: 'nothing is needed' },
  ])('$at: $why', ({ at, reads, covers, gives }) => {
    const { tokens, start, end } = placeIn(at)
    const wordings = reads.map((text) => ({ text, first: /\w+/.exec(text)?.[0], isMade: false }))
    const covered = cover(model, tokens, { start, end }, wordings, start === 0)
    expect(surfaceOf(tokens.slice(covered.start, covered.end))).toBe(covers)
    expect(covered.texts).toEqual(gives)
  })
})
