/** A bounded search gives what the full one gives. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dot, F, PLACE_START } from '../../src/restore/features.ts'
import { type ScoredCandidate, scoreCandidates } from '../../src/restore/read.ts'
import { rankerRow } from '../../src/restore/weights.ts'
import { lookAt, sentenceOf, TINY_WORDS, tinyEngine } from './tiny.ts'

const engine = await tinyEngine()
const ranker = rankerRow(engine.weights)
const ALL = 10_000

const texts = fc
  .array(fc.constantFrom(...TINY_WORDS), { minLength: 1, maxLength: 12 })
  .map((words) => words.join(' '))

/** Scored candidates of single spans, in the order they are given. */
function spansOf(text: string, kept: number, shown: number): Map<string, ScoredCandidate[]> {
  const spans = new Map<string, ScoredCandidate[]>()
  const places = scoreCandidates(engine, lookAt(engine, sentenceOf(text)), undefined, { kept, shown })
  for (const scored of places.flat()) {
    const { start, end, pair } = scored.candidate
    if (pair !== true) spans.set(`${start}-${end}`, [...(spans.get(`${start}-${end}`) ?? []), scored])
  }
  return spans
}

const wording = ({ candidate }: ScoredCandidate): string => candidate.words.join(' ')

/** The part of a score by which candidates are chosen before they are looked at closely. */
function rough({ row }: ScoredCandidate): number {
  const own = row.slice().fill(0, PLACE_START)
  for (const name of ['repeated', 'fit', 'topic'] as const) own[F[name]] = 0
  return dot(ranker, own)
}

describe('whatever the text', () => {
  test('fewer shown are the first of all', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 5 }), (text, shown) => {
        const full = spansOf(text, ALL, ALL)
        for (const [span, list] of spansOf(text, ALL, shown)) {
          const first = (full.get(span) ?? []).slice(0, shown)
          expect(list.map(({ score }) => score)).toEqual(first.map(({ score }) => score))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('what is not kept is roughly no better than what is', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 5 }), (text, kept) => {
        const few = spansOf(text, kept, ALL)
        for (const [span, list] of spansOf(text, ALL, ALL)) {
          const chosen = few.get(span) ?? []
          expect(chosen).toHaveLength(Math.min(kept, list.length))
          const names = new Set(chosen.map(wording))
          const worst = Math.min(...chosen.map(rough))
          // Bases of the thesaurus's proposals are rounded to 1/256.
          for (const other of list)
            if (!names.has(wording(other))) expect(rough(other)).toBeLessThan(worst + 0.01)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a row asked for twice is the same, and says what its candidate does', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const list of spansOf(text, ALL, ALL).values())
          for (const scored of list) {
            expect(scored.row).toBe(scored.row)
            expect(scored.row[F.lm]).toBe(scored.lm)
            expect(dot(ranker, scored.row)).toBe(scored.score)
          }
      }),
      { numRuns: 30 },
    )
  })
})
