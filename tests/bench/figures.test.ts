/** Labels, place figures, ranks, losses and harm on texts small enough to count by hand. */
import { describe, expect, test } from 'vitest'
import { cleanFigures, rankOf, scoredPlaces, scoredWords, spunFigures } from '../../bench/measure/figures.ts'
import { type LabelledRecord, labelled } from '../../bench/measure/labelled.ts'
import { losses } from '../../bench/measure/losses.ts'
import type { Observed, Place } from '../../bench/measure/observe.ts'
import { measureKeys } from '../../bench/measure/words.ts'

const place = (first: number, end: number, confidence: number, ...suggestions: string[]): Place => ({
  first,
  end,
  confidence,
  suggestions: suggestions.map(measureKeys),
})

/** An observation as the engine would give it; findings from .5 on are shown. */
function observed(
  record: LabelledRecord,
  all: readonly Place[],
  more: { fixed?: string; probability?: number; proposed?: number[] } = {},
): Observed {
  const doc = labelled('tiny', record)
  const proposed = (more.proposed ?? []).flatMap((i) => doc.edits[i] ?? [])
  return {
    doc,
    all,
    shown: all.filter(({ confidence }) => confidence >= 0.5),
    verdict: { label: 'spun', probability: more.probability ?? 0.9, spinRate: 0, density: 0 },
    fixed: measureKeys(more.fixed ?? doc.text),
    proposed: new Set(proposed),
  }
}

describe('labels', () => {
  test('an aligned copy gives the differences as edits', () => {
    const { edits, state } = labelled('s', { id: '1', spun: 'The folks left', original: 'The people left' })
    expect({ edits, state }).toEqual({ edits: [{ first: 1, end: 2, original: ['people'] }], state: 'spun' })
  })

  test('a pair counts wherever it stands, without the context both sides share', () => {
    const pairs = [{ spun: 'in savory of', original: 'in light of' }]
    const { edits } = labelled('s', {
      id: '1',
      spun: 'In savory of this, in savory of that',
      original: null,
      pairs,
    })
    expect(edits).toEqual([
      { first: 1, end: 2, original: ['light'] },
      { first: 6, end: 7, original: ['light'] },
    ])
  })

  test('an uncertain pair is no edit, and its place is unknown', () => {
    const pairs = [{ spun: 'beak', original: 'bill', certain: false }]
    const { edits, unknown } = labelled('s', { id: '1', spun: 'the beak', pairs })
    expect({ edits, unknown: [...unknown] }).toEqual({ edits: [], unknown: [1] })
  })

  test('a record without a copy is clean', () => {
    expect(labelled('s', { id: '1', text: 'the bill' })).toMatchObject({ state: 'clean', edits: [] })
  })
})

describe('rank', () => {
  // 0 in, 1 savory, 2 of, 3 this
  const { tokens, edits } = labelled('s', {
    id: '1',
    spun: 'in savory of this',
    original: 'in light of this',
  })
  const edit = edits[0] ?? { first: 0, end: 0, original: [] }
  test.each([
    { all: [place(1, 2, 1, 'light')], is: 1, why: 'the same place, first' },
    { all: [place(1, 2, 1, 'taste', 'Light')], is: 2, why: 'case makes no difference' },
    { all: [place(0, 3, 1, 'in light of')], is: 1, why: 'a wider finding that keeps its neighbours' },
    { all: [place(0, 3, 1, 'light')], is: Number.POSITIVE_INFINITY, why: 'a wider finding that drops them' },
    { all: [place(3, 4, 1, 'light')], is: Number.POSITIVE_INFINITY, why: 'the right word at another place' },
    { all: [], is: Number.POSITIVE_INFINITY, why: 'no finding' },
  ])('$why', ({ all, is }) => {
    expect(rankOf(tokens, edit, all)).toBe(is)
  })

  test('a finding inside a phrase leaves the rest as it is', () => {
    const { tokens, edits } = labelled('s', {
      id: '1',
      spun: 'gadget studying works',
      original: 'machine learning works',
    })
    const edit = edits[0] ?? { first: 0, end: 0, original: [] }
    expect(rankOf(tokens, edit, [place(0, 1, 1, 'machine')])).toBe(Number.POSITIVE_INFINITY)
    expect(rankOf(tokens, edit, [place(0, 2, 1, 'machine learning')])).toBe(1)
  })
})

describe('figures of a spun set', () => {
  // 0 The, 1 folks, 2 purchase, 3 costly, 4 homes, 5 "."; three edits, two of them shown, one wrong finding.
  const record = { id: '1', spun: 'The folks purchase costly homes.', original: 'The people buy dear homes.' }
  const each = {
    ...observed(
      record,
      [place(1, 2, 0.9, 'men', 'people'), place(2, 3, 0.4, 'buy'), place(4, 5, 0.6, 'houses')],
      {
        fixed: 'The men purchase costly homes.',
        probability: 0.8,
      },
    ),
  }
  const separate = {
    ...each,
    doc: {
      ...each.doc,
      edits: [
        { first: 1, end: 2, original: ['people'] },
        { first: 2, end: 3, original: ['buy'] },
        { first: 3, end: 4, original: ['dear'] },
      ],
    },
  }
  const figures = spunFigures([separate], [0.1, 0.8])

  test('places: one of two shown is right, one of three is found', () => {
    expect(figures).toMatchObject({ hit: 1, wrong: 1, missed: 2, precision: 1 / 2, recall: 1 / 3 })
    expect(figures.f1).toBeCloseTo((2 * (1 / 2) * (1 / 3)) / (1 / 2 + 1 / 3), 12)
    expect(figures).toMatchObject({ edits: 3, editsFound: 1, words: 5 })
  })

  test('restored: "buy" first, "people" second, "dear" nowhere, whatever the threshold', () => {
    expect(figures.oneWord).toEqual({ edits: 3, first: 1, five: 2 })
    expect(figures.phrase).toEqual({ edits: 0, first: 0, five: 0 })
  })

  test('an aligned run of three is one phrase', () => {
    expect(spunFigures([each], []).phrase.edits).toBe(1)
  })

  test('net repair: three tokens wrong before and after', () => {
    expect(figures.netRepair).toBeCloseTo(1 - 3 / 3, 12)
    const better = { ...separate, fixed: measureKeys('The people purchase costly homes.') }
    expect(spunFigures([better], []).netRepair).toBeCloseTo(1 - 2 / 3, 12)
  })

  test('verdict: .8 beats .1 and ties with .8', () => {
    expect(figures.auc).toBeCloseTo((1 + 0.5) / 2, 12)
    expect(figures.atOnePercent).toBe(0)
    expect(figures.called).toEqual({ clean: 0, doubtful: 0, spun: 1 })
  })

  test('losses add up', () => {
    const lost = losses([{ ...separate, proposed: new Set(separate.doc.edits.slice(2)) }])
    expect(lost.oneWord).toEqual({ first: 1, toFive: 1, belowFive: 0, proposedOnly: 1, neverProposed: 0 })
    expect(lost).toMatchObject({ visible: 3, found: 1, belowThreshold: 1, noPlace: 1 })
    expect(lost).toMatchObject({ findings: 2, rightFindings: 1, unknownFindings: 0, wrongFindings: 1 })
    expect(losses([separate]).oneWord).toMatchObject({ proposedOnly: 0, neverProposed: 1 })
    expect(losses([each]).phrase).toMatchObject({ first: 0, neverProposed: 1 })
  })

  test('words under a finding take its confidence; an edited word under none is missed', () => {
    const { scores, missed } = scoredWords([separate])
    expect({ scores, missed }).toEqual({
      scores: [
        { score: 0.9, right: true },
        { score: 0.4, right: true },
        { score: 0.6, right: false },
      ],
      missed: 1,
    })
  })

  test('places of uncertain label say nothing about calibration', () => {
    const pairs = [
      { spun: 'beak', original: 'bill', certain: false },
      { spun: 'folks', original: 'people' },
    ]
    const uncertain = observed({ id: '2', spun: 'folks beak it', pairs }, [
      place(0, 1, 0.7, 'people'),
      place(1, 2, 0.9, 'bill'),
    ])
    expect(scoredPlaces([uncertain])).toEqual([{ score: 0.7, right: true }])
    expect(losses([uncertain])).toMatchObject({ rightFindings: 1, unknownFindings: 1, wrongFindings: 0 })
  })
})

test('harm: findings and changed tokens of clean text', () => {
  const each = observed({ id: '1', text: 'It was an old house.' }, [place(3, 4, 0.9, 'new home')], {
    fixed: 'It was a new home house.',
  })
  // "an old" became "a new home": the longer side has three tokens.
  expect(cleanFigures([each])).toMatchObject({ documents: 1, words: 5, findings: 1, fixedTokens: 3 })
})
