/**
 * Runs that are killed at random moments, seeded, and resumed: in the end every byte is as if nothing
 * had happened. Half of the kills come in the middle of a write, half from outside at some record.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  documents,
  ended,
  random,
  requestOf,
  SETTINGS,
  started,
  tree,
  type Workplace,
  workplace,
} from './runs.ts'

let place: Workplace
beforeEach(() => {
  place = workplace()
})
afterEach(() => place.remove())

const RECORDS = [900, 0, 300, 700] as const

test.each([
  { settings: SETTINGS, seed: 11, name: 'plain results' },
  {
    settings: { ...SETTINGS, action: 'fix' as const, compress: 'gzip' as const },
    seed: 12,
    name: 'cleaned copies, compressed results',
  },
  {
    settings: { ...SETTINGS, format: 'sarif' as const },
    seed: 13,
    name: 'a further form, joined of its parts',
  },
])(
  'killed ten times and resumed: $name',
  async ({ settings, seed }) => {
    for (const [i, count] of RECORDS.entries()) {
      await place.write(`in/${i}.jsonl`, documents(`shard-${i}`, count, seed + i))
    }
    const request = requestOf(place, { settings })
    expect(await ended(started({ ...request, out: place.path('whole') }))).toBe(0)

    const next = random(seed)
    let kills = 0
    for (let i = 0; i < 10; i++) {
      const outside = i % 2 === 0
      // A run has about 33 pieces of 64 records, two operations for each of its outputs, and what joining takes.
      const dieAt = 1 + Math.floor(next() * 20)
      const dots = 1 + Math.floor(next() * 400)
      const child = started({ ...request, resume: true, ...(!outside && { dieAt }) })
      if ((await ended(child, outside ? dots : Number.POSITIVE_INFINITY)) === 'SIGKILL') kills += 1
    }
    expect(kills).toBeGreaterThanOrEqual(5)
    expect(await ended(started({ ...request, resume: true }))).toBe(0)
    expect(tree(place.path('out'))).toEqual(tree(place.path('whole')))
  },
  300_000,
)
