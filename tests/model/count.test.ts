/** Counting by sorting against counting one by one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BOUNDARY } from '../../src/model/corpus.ts'
import { type Counts, counted } from '../../src/model/count.ts'

/** n-grams as "a b c" with what the levels say of them. */
function listed(counts: Counts): Map<string, { count: number; adjusted: number }> {
  const out = new Map<string, { count: number; adjusted: number }>()
  const names: string[][] = [[...counts.unigrams.keys()].map(String)]
  for (const level of counts.levels) {
    const below = names.at(-1) ?? []
    const own = [...level.last].map((word, i) => `${below[level.parent[i] ?? -1]} ${word}`)
    names.push(own)
    for (const [i, name] of own.entries()) {
      out.set(name, { count: level.count[i] ?? 0, adjusted: level.adjusted[i] ?? 0 })
    }
  }
  return out
}

function oneByOne(
  ids: readonly number[],
  cuts: readonly number[],
): Map<string, { count: number; adjusted: number }> {
  const count = new Map<string, number>()
  const before = new Map<string, Set<number>>()
  for (let n = 2; n <= 4; n++) {
    for (let i = 0; i + n <= ids.length; i++) {
      const gram = ids.slice(i, i + n)
      if (gram.slice(1, -1).includes(BOUNDARY)) continue
      const name = gram.join(' ')
      count.set(name, (count.get(name) ?? 0) + 1)
      if (i > 0) before.set(name, (before.get(name) ?? new Set()).add(ids[i - 1] ?? -1))
    }
  }
  const out = new Map<string, { count: number; adjusted: number }>()
  for (const [name, times] of count) {
    const n = name.split(' ').length
    if (times < (cuts[n - 2] ?? 0)) continue
    const raw = n === 4 || name.startsWith(`${BOUNDARY} `)
    out.set(name, { count: times, adjusted: raw ? times : (before.get(name)?.size ?? 0) })
  }
  return out
}

const sentences = fc.array(
  fc.array(
    fc.integer({ min: 2, max: 5 }).map((id) => (id === 2 ? 0 : id)),
    { minLength: 1, maxLength: 9 },
  ),
  { minLength: 1, maxLength: 15 },
)
const joined = (parts: readonly (readonly number[])[]): number[] => [
  BOUNDARY,
  ...parts.flatMap((part) => [...part, BOUNDARY]),
]

test.each([
  { cuts: [1, 1, 1], why: 'everything kept' },
  { cuts: [2, 2, 3], why: 'rare ones cut' },
] as const)('levels hold exactly the n-grams of the text: $why', ({ cuts }) => {
  fc.assert(
    fc.property(sentences, (parts) => {
      const ids = joined(parts)
      const found = listed(counted(Uint32Array.from(ids), 6, cuts))
      const wanted = oneByOne(ids, cuts)
      expect(new Map([...found].sort())).toEqual(new Map([...wanted].sort()))
    }),
    { numRuns: 200 },
  )
})

test('contexts are counted over all n-grams, kept or not', () => {
  // 3 4 | 3 4 | 3 5: after 3 come 4 and 5, each preceded by the sentence start only.
  const ids = Uint32Array.from(
    joined([
      [3, 4],
      [3, 4],
      [3, 5],
    ]),
  )
  const [bigrams] = counted(ids, 6, [2, 2, 2]).levels
  expect([...bigrams.parent]).not.toContain(5)
  expect(bigrams.contexts.total[BOUNDARY]).toBe(3)
  expect(bigrams.contexts.more[BOUNDARY]).toBe(1)
  expect(bigrams.frequencies[0]).toBe(4) // (1 3) occurs 3 times; (3 4) (3 5) (4 1) (5 1) follow one word each
})
