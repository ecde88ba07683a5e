/** Neighbouring replaced places become one, with the combinations of their readings judged together. */
import { describe, expect, test } from 'vitest'
import { judge } from '../../src/restore/findings.ts'
import { joined } from '../../src/restore/join.ts'
import { estimateRate } from '../../src/restore/rate.ts'
import { readingOf, tinyEngine } from './tiny.ts'

const engine = await tinyEngine()
const { weights } = engine

function judgedOf(text: string) {
  const reading = readingOf(engine, text)
  const { rate, posteriors } = estimateRate([reading], weights.rate)
  return judge(weights.detector, reading, posteriors[0] as Float64Array, rate, 8)
}

describe('joined', () => {
  const judged = judgedOf('she finished a stop job before noon')

  test('nothing is joined above the highest confidence', () => {
    expect(joined(judged, { above: 1.01, modelWeight: 1 })).toEqual(judged)
  })

  const all = joined(judged, { above: 0, modelWeight: 1 })

  test('the same tokens are covered, in order, in fewer places', () => {
    const covered = (places: typeof judged): number[] =>
      places.flatMap(({ place }) =>
        Array.from({ length: place.end - place.start }, (_, i) => place.start + i),
      )
    expect(all.length).toBeLessThan(judged.length)
    expect(covered(all)).toEqual(covered(judged))
  })

  test('shares are sorted and sum to at most 1; a reading covers its whole run', () => {
    for (const { place } of all) {
      const shares = place.readings.map(({ share }) => share)
      expect(shares).toEqual([...shares].sort((a, b) => b - a))
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9)
      for (const { scored } of place.readings) {
        expect(scored.candidate.start).toBe(place.start)
        expect(scored.candidate.end).toBe(place.end)
      }
    }
  })

  test('a run keeps the evidence of its parts', () => {
    const run = all.find(({ place }) => place.end - place.start > 1 && place.readings.length > 1)
    expect(run?.place.readings[0]?.scored.candidate.sources.length).toBeGreaterThan(0)
  })
})
