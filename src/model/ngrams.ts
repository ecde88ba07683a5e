/**
 * The n-gram model as the program asks it: what does this word cost after these?
 *
 * In: a model file as one buffer, shared between threads or not. Out: costs in nats, by word id. A
 * query asks for 2, 3, then 4 words and stops at the first miss; a longer n-gram counts only if its
 * context is kept as well, which catches most wrong hits of the tables. No query allocates or changes
 * anything. Many words for one place are asked together (word-costs.ts).
 */
import { type Beside, beside } from './beside.ts'
import { BOUNDARY, UNKNOWN } from './corpus.ts'
import { ngramTables } from './ngram-tables.ts'
import { type RunningCosts, runningCosts } from './running-costs.ts'
import { LANE_A, LANE_B, laneA, laneB, slotOf } from './table.ts'
import type { Vocabulary } from './vocabulary.ts'
import { type WordCosts, wordCosts } from './word-costs.ts'

export interface NgramModel {
  readonly vocabulary: Vocabulary
  readonly order: 4
  /**
   * −ln p(word | h3 h2 h1), h1 being the nearest word: interpolated modified Kneser–Ney
   * (Chen & Goodman 1999, §3), pruned, 8 bits a value. Nats, finite, never negative.
   *
   * A context of −1 is absent and so is everything before it; nothing before a sentence boundary
   * (id 1) is looked at. As a word, the boundary is the end of the sentence. An unknown word (0, or no id at all) gets an even share
   * of what all the rare words of the training text had together.
   */
  cost(h3: number, h2: number, h1: number, word: number): number
  /** Length of the n-gram that answers the same query, 1 to 4; for evidence. */
  matched(h3: number, h2: number, h1: number, word: number): number
  /** −ln p(word) without context: how many different words it follows, not how often. Nats. */
  unigram(word: number): number
  /** Costs of a whole sentence. */
  readonly running: RunningCosts
  /** Many words for one place. */
  readonly wordCosts: WordCosts
  /** Common words beside a word of the vocabulary. */
  readonly beside: Beside
}

/**
 * @param file what to call the buffer in messages
 * @throws Error when the buffer is no n-gram model of this version (container.ts)
 */
export function ngramModel(buffer: ArrayBufferLike, file = 'n-gram model'): NgramModel {
  const tables = ngramTables(buffer, file)
  const { vocabulary: words, unknown, unigramScale, costs1, backs1, back1, pair, cost2, back2 } = tables
  const { marks3, costs3, backs3, cost3, back3, marks4, costs4, cost4, known } = tables

  // Below, every `as number` reads a slot that slotOf found, or a level below 256: always in range.
  const unigramCost = (word: number): number =>
    unigramScale.min + (costs1[word] as number) * unigramScale.step
  const bigramCost = (payload: number): number => cost2[payload >>> 7] as number

  /** The cost for ids of the vocabulary; −1 for an absent h2 or h3. */
  const backedOff = (h3: number, h2: number, h1: number, word: number): number => {
    const two = pair(h1, word)
    const short = two < 0 ? unigramCost(word) + (back1[backs1[h1] as number] as number) : bigramCost(two)
    if (h2 < 0) return short
    const context = pair(h2, h1)
    if (context < 0) return short
    let a = laneA(laneA(LANE_A, h1), h2)
    let b = laneB(laneB(LANE_B, h1), h2)
    const longer = h3 < 0 ? -1 : slotOf(marks3, laneA(a, h3), laneB(b, h3))
    const back = longer < 0 ? 0 : (back3[backs3[longer] as number] as number)
    if (two < 0) return short + (back2[context & 127] as number) + back
    a = laneA(laneA(laneA(LANE_A, word), h1), h2)
    b = laneB(laneB(laneB(LANE_B, word), h1), h2)
    const three = slotOf(marks3, a, b)
    if (three < 0) return short + (back2[context & 127] as number) + back
    if (longer < 0) return cost3[costs3[three] as number] as number
    const four = slotOf(marks4, laneA(a, h3), laneB(b, h3))
    return four < 0
      ? (cost3[costs3[three] as number] as number) + back
      : (cost4[costs4[four] as number] as number)
  }

  /** Length of the n-gram that answers, for ids of the vocabulary; the same way as `backedOff`. */
  const longest = (h3: number, h2: number, h1: number, word: number): number => {
    if (pair(h1, word) < 0) return 1
    if (h2 < 0 || pair(h2, h1) < 0) return 2
    const a = laneA(laneA(laneA(LANE_A, word), h1), h2)
    const b = laneB(laneB(laneB(LANE_B, word), h1), h2)
    if (slotOf(marks3, a, b) < 0) return 2
    if (h3 < 0) return 3
    const context = slotOf(
      marks3,
      laneA(laneA(laneA(LANE_A, h1), h2), h3),
      laneB(laneB(laneB(LANE_B, h1), h2), h3),
    )
    return context < 0 || slotOf(marks4, laneA(a, h3), laneB(b, h3)) < 0 ? 3 : 4
  }

  return {
    vocabulary: words,
    order: 4,
    cost(h3, h2, h1, word) {
      const id = known(word)
      const extra = id === UNKNOWN ? unknown : 0
      if (h1 < 0) return unigramCost(id) + extra
      const one = known(h1)
      const two = one === BOUNDARY || h2 < 0 ? -1 : known(h2)
      const three = two === BOUNDARY || two < 0 || h3 < 0 ? -1 : known(h3)
      // Rounding may take a cost of nearly 0 below it.
      return Math.max(0, backedOff(three, two, one, id) + extra)
    },
    matched(h3, h2, h1, word) {
      if (h1 < 0) return 1
      const one = known(h1)
      const two = one === BOUNDARY || h2 < 0 ? -1 : known(h2)
      return longest(two === BOUNDARY || two < 0 || h3 < 0 ? -1 : known(h3), two, one, known(word))
    },
    unigram(word) {
      const id = known(word)
      return unigramCost(id) + (id === UNKNOWN ? unknown : 0)
    },
    running: runningCosts(tables),
    wordCosts: wordCosts(tables),
    beside: beside(pair),
  }
}
