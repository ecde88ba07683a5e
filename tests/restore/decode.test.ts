/** Beam search against brute force over all paths of small random lattices. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Decoded, type DecoderArc, decode, logAdd } from '../../src/restore/decode.ts'
import { marginals, marginalsOfLogs } from '../../src/restore/marginals.ts'
import { tinyModel } from './tiny.ts'

const BOUNDARY = 1
const model = await tinyModel()
const WIDE = 100_000

interface Case {
  readonly length: number
  readonly arcsAt: readonly (readonly DecoderArc[])[]
  readonly modelWeight: number
}

const idOf = fc.integer({ min: 0, max: model.vocabulary.size - 1 })

/** Up to four tokens, each with the arc that keeps it, and up to seven arcs of zero to three words. */
const lattices: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 4 }).chain((length) =>
  fc
    .record({
      tokens: fc.array(idOf, { minLength: length, maxLength: length }),
      changes: fc.array(
        fc.record({
          start: fc.nat(length - 1),
          covers: fc.integer({ min: 1, max: 3 }),
          ids: fc.array(idOf, { maxLength: 3 }),
          score: fc.double({ min: -6, max: 6, noNaN: true }),
        }),
        { maxLength: 7 },
      ),
      modelWeight: fc.constantFrom(0.3, 1),
    })
    .map(({ tokens, changes, modelWeight }) => {
      const arcsAt: DecoderArc[][] = tokens.map((id, i) => [
        { start: i, end: i + 1, ids: [id], score: 0, changed: false },
      ])
      for (const { start, covers, ids, score } of changes)
        arcsAt[start]?.push({ start, end: Math.min(length, start + covers), ids, score, changed: true })
      return { length, arcsAt, modelWeight }
    }),
)

interface Path {
  readonly arcs: readonly DecoderArc[]
  readonly score: number
}

/** Every way from the first token to the last, with its whole score. */
function allPaths({ length, arcsAt, modelWeight }: Case, odds: number): Path[] {
  const out: Path[] = []
  const walk = (at: number, arcs: readonly DecoderArc[]): void => {
    if (at < length) {
      for (const arc of arcsAt[at] ?? []) walk(arc.end, [...arcs, arc])
      return
    }
    const words = [-1, -1, BOUNDARY, ...arcs.flatMap(({ ids }) => Array.from(ids)), BOUNDARY]
    let cost = 0
    for (let i = 3; i < words.length; i++)
      cost += model.cost(words[i - 3] ?? -1, words[i - 2] ?? -1, words[i - 1] ?? -1, words[i] ?? -1)
    const own = arcs.reduce((sum, { score, changed }) => sum + score + (changed ? odds : 0), 0)
    out.push({ arcs, score: own - modelWeight * cost })
  }
  walk(0, [])
  return out
}

const logSum = (scores: readonly number[]): number => {
  const top = Math.max(...scores)
  return top + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0))
}

/** Posterior of each arc of `decoded`, summed path by path. */
function bruteMarginals(lattice: Case, decoded: Decoded, odds: number): number[] {
  const paths = allPaths(lattice, odds)
  const total = logSum(paths.map(({ score }) => score))
  return decoded.arcs.map((arc) =>
    paths.reduce((sum, path) => (path.arcs.includes(arc) ? sum + Math.exp(path.score - total) : sum), 0),
  )
}

/** ln of the summed weight of all ways through the searched graph. */
function graphTotal({ from, to, arc, arcs, score, nodes, last }: Decoded, odds: number): number {
  const forward: number[] = new Array(nodes).fill(Number.NEGATIVE_INFINITY)
  forward[0] = 0
  for (let e = 0; e < from.length; e++) {
    const changed = arcs[arc[e] ?? -1]?.changed ?? false
    const reached = (forward[from[e] ?? 0] ?? 0) + (score[e] ?? 0) + (changed ? odds : 0)
    const known = forward[to[e] ?? 0] ?? Number.NEGATIVE_INFINITY
    forward[to[e] ?? 0] = known === Number.NEGATIVE_INFINITY ? reached : logSum([known, reached])
  }
  return forward[last] ?? Number.NaN
}

const search = ({ length, arcsAt, modelWeight }: Case, odds: number, beam: number): Decoded =>
  decode(model, length, arcsAt, odds, { modelWeight, beam })

/** Sum of the posteriors of the arcs over each token; the cover of a token is never in doubt. */
function coverage(decoded: Decoded, posterior: Float64Array, length: number): number[] {
  return Array.from({ length }, (_, token) =>
    decoded.arcs.reduce(
      (sum, { start, end }, i) => (start <= token && token < end ? sum + (posterior[i] ?? 0) : sum),
      0,
    ),
  )
}

const anyOdds = fc.double({ min: -8, max: 3, noNaN: true })

describe('with a beam wider than the lattice', () => {
  test('posteriors and the total are those of all paths', () => {
    fc.assert(
      fc.property(lattices, anyOdds, (lattice, odds) => {
        const decoded = search(lattice, odds, WIDE)
        const posterior = marginals(decoded, odds)
        const expected = bruteMarginals(lattice, decoded, odds)
        expect(posterior).toHaveLength(expected.length)
        for (const [i, p] of expected.entries()) expect(posterior[i]).toBeCloseTo(p, 9)
        const paths = allPaths(lattice, odds)
        expect(graphTotal(decoded, odds)).toBeCloseTo(logSum(paths.map(({ score }) => score)), 8)
      }),
      { numRuns: 60 },
    )
  })

  test('another spin rate needs no second search', () => {
    fc.assert(
      fc.property(lattices, anyOdds, anyOdds, (lattice, first, second) => {
        const decoded = search(lattice, first, WIDE)
        const expected = bruteMarginals(lattice, decoded, second)
        for (const [i, p] of marginals(decoded, second).entries()) expect(p).toBeCloseTo(expected[i] ?? -1, 9)
      }),
      { numRuns: 40 },
    )
  })
})

describe('with any beam', () => {
  test('some arc covers every token: posteriors over a token sum to 1', () => {
    fc.assert(
      fc.property(lattices, anyOdds, fc.integer({ min: 1, max: 4 }), (lattice, odds, beam) => {
        const decoded = search(lattice, odds, beam)
        for (const sum of coverage(decoded, marginals(decoded, odds), lattice.length))
          expect(sum).toBeCloseTo(1, 9)
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    { odds: -40, why: 'a spin rate of nearly 0 keeps every token', keeps: 1 },
    { odds: 40, why: 'a spin rate of nearly 1 keeps none', keeps: 0 },
  ])('$why', ({ odds, keeps }) => {
    const deep = model.vocabulary.id('deep')
    const arcs: DecoderArc[] = [
      { start: 0, end: 1, ids: [0], score: 0, changed: false },
      { start: 0, end: 1, ids: [deep], score: 0, changed: true },
    ]
    const lattice = { length: 1, arcsAt: [arcs], modelWeight: 1 }
    expect(marginals(search(lattice, odds, 8), odds)[0]).toBeCloseTo(keeps, 9)
  })

  test('a sentence without tokens has one path and no arc', () => {
    const decoded = search({ length: 0, arcsAt: [], modelWeight: 1 }, 0, 8)
    expect(marginals(decoded, 0)).toHaveLength(0)
    expect(graphTotal(decoded, 0)).toBeCloseTo(-model.cost(-1, -1, BOUNDARY, BOUNDARY), 12)
  })
})

describe('sums of products and of logarithms', () => {
  test('agree under any spin rate', () => {
    fc.assert(
      fc.property(
        lattices,
        anyOdds,
        anyOdds,
        fc.integer({ min: 1, max: 9 }),
        (lattice, first, second, beam) => {
          const decoded = search(lattice, first, beam)
          const logs = marginalsOfLogs(decoded, second)
          for (const [i, p] of marginals(decoded, second).entries()) expect(p).toBeCloseTo(logs[i] ?? -1, 9)
        },
      ),
      { numRuns: 60 },
    )
  })

  test.each([
    { first: -8, second: 8, why: 'products beyond the largest number' },
    { first: 8, second: -8, why: 'products below the smallest' },
  ])('agree on a sentence of 400 replaced words: $why', ({ first, second }) => {
    const arcsAt = Array.from({ length: 400 }, (_, i): DecoderArc[] => {
      const kept = { start: i, end: i + 1, ids: [3], score: 0, changed: false }
      return [kept, { ...kept, ids: [4], changed: true }]
    })
    const decoded = search({ length: 400, arcsAt, modelWeight: 1 }, first, 4)
    const posterior = marginals(decoded, second)
    expect([...posterior]).toEqual([...marginalsOfLogs(decoded, second)])
    for (const sum of coverage(decoded, posterior, 400)) expect(sum).toBeCloseTo(1, 6)
  })
})

describe('logAdd', () => {
  test.each([
    { a: Math.log(2), b: Math.log(3), sum: Math.log(5), why: '2 + 3' },
    { a: Math.log(3), b: Math.log(2), sum: Math.log(5), why: 'either order' },
    { a: 1000, b: 1000, sum: 1000 + Math.log(2), why: 'no overflow' },
    { a: -1000, b: -1000, sum: -1000 + Math.log(2), why: 'no underflow' },
    { a: 0, b: -800, sum: 0, why: 'the smaller vanishes' },
    { a: -1e30, b: -7, sum: -7, why: 'the floor counts as nothing' },
    { a: -7, b: -1e30, sum: -7, why: 'on either side' },
    { a: -1e30, b: -1e30, sum: -1e30, why: 'nothing and nothing is nothing' },
  ])('$a and $b: $why', ({ a, b, sum }) => {
    expect(logAdd(a, b)).toBeCloseTo(sum, 12)
  })
})
