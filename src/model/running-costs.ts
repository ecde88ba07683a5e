/**
 * The costs of a whole sentence in one go, each token after those before it.
 *
 * In: the tables of an n-gram model and the ids of a sentence. Out: running sums of costs, exactly those that
 * single queries give. What a token's query finds (its bigram, its trigram) is the context of the
 * next token's, so it is not looked up again: half the look-ups of as many single queries.
 */
import { BOUNDARY, UNKNOWN } from './corpus.ts'
import type { NgramTables } from './ngram-tables.ts'
import { LANE_A, LANE_B, laneA, laneB, slotOf } from './table.ts'

/**
 * `out[i + 1] − out[i]` becomes the cost of `ids[i]` after all before it, which the boundary opens; `out[0]`
 * is 0. `out` is one longer than `ids`.
 */
export type RunningCosts = (ids: ArrayLike<number>, out: Float64Array) => void

/** What was looked up for the token before, if it was. */
const UNASKED = -2

export function runningCosts(tables: NgramTables): RunningCosts {
  const { known, unknown, unigramScale, costs1, backs1, back1, pair, cost2, back2 } = tables
  const { marks3, costs3, backs3, cost3, back3, marks4, costs4, cost4 } = tables
  const { min, step } = unigramScale

  return (ids, out) => {
    // Three words of context, nearest first; −1 is absent, as in single queries.
    let one: number = BOUNDARY
    let two = -1
    let three = -1
    /** Pair (two, one) and trigram (three, two, one). */
    let before = UNASKED
    let longer = UNASKED
    out[0] = 0
    // Below, every `as number` reads a slot that slotOf found, a level below 256, or an id of the sentence.
    for (let i = 0; i < ids.length; i++) {
      const word = known(ids[i] as number)
      const here = pair(one, word)
      let found = UNASKED
      let cost =
        here < 0
          ? min + (costs1[word] as number) * step + (back1[backs1[one] as number] as number)
          : (cost2[here >>> 7] as number)
      if (two >= 0 && before >= 0) {
        if (three < 0) longer = -1
        else if (longer === UNASKED)
          longer = slotOf(
            marks3,
            laneA(laneA(laneA(LANE_A, one), two), three),
            laneB(laneB(laneB(LANE_B, one), two), three),
          )
        const back = longer < 0 ? 0 : (back3[backs3[longer] as number] as number)
        if (here >= 0) {
          const a = laneA(laneA(laneA(LANE_A, word), one), two)
          const b = laneB(laneB(laneB(LANE_B, word), one), two)
          found = slotOf(marks3, a, b)
          const four = found < 0 || longer < 0 ? -1 : slotOf(marks4, laneA(a, three), laneB(b, three))
          if (found < 0) cost = cost + (back2[before & 127] as number) + back
          else if (four >= 0) cost = cost4[costs4[four] as number] as number
          else cost = (cost3[costs3[found] as number] as number) + back
        } else cost = cost + (back2[before & 127] as number) + back
      }
      if (word === UNKNOWN) cost += unknown
      out[i + 1] = (out[i] as number) + Math.max(0, cost)
      three = word === BOUNDARY || one === BOUNDARY ? -1 : two
      two = word === BOUNDARY ? -1 : one
      one = word
      before = here
      longer = found
    }
  }
}
