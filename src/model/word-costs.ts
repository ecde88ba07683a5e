/**
 * Many words for one place: what does the sentence cost with each of them there?
 *
 * In: the three ids before the place and the three behind it, and the words. Out: for each what `cost`
 * (ngrams.ts) would add up to over the word and what follows, to the bit, at a quarter of the lookups:
 * what no word changes is looked up once for the place, and an n-gram that one question asks for as its
 * own another asks for as its context.
 *
 * One thing is left out: a 4-gram context is looked up only if its first two words are a known pair. The
 * others are never kept, so that only wrong hits of the fingerprints are missed.
 */
import { BOUNDARY, UNKNOWN } from './corpus.ts'
import type { NgramTables } from './ngram-tables.ts'
import { LANE_A, LANE_B, laneA, laneB, slotOf } from './table.ts'

/**
 * Costs of reading one token as each of the first `count` ids of `words`, nats.
 *
 * @param place six ids: the three tokens before it, nearest last (the last is always there), then the
 *   three behind it. −1 for none; nothing stands behind the end of a sentence (id 1).
 * @param words ids of words, never a boundary
 * @param own written by word: cost of the word itself
 * @param whole written by word: cost of the word and what stands behind it
 */
export type WordCosts = (
  place: ArrayLike<number>,
  words: ArrayLike<number>,
  count: number,
  own: Float64Array,
  whole: Float64Array,
) => void

/** Words whose pairs are looked up in one go: the processor waits for several at a time. */
const BATCH = 128

export function wordCosts(tables: NgramTables): WordCosts {
  const { unknown, unigramScale, costs1, backs1, back1, pair, cost2, back2 } = tables
  const { marks3, costs3, backs3, cost3, back3, marks4, costs4, cost4, known } = tables
  const { min, step } = unigramScale
  const before = new Int32Array(BATCH)
  const behind = new Int32Array(BATCH)

  // Below, every `as number` reads a slot that slotOf found, a level below 256, or an id that `known` gave.
  const unigram = (word: number): number => min + (costs1[word] as number) * step
  const backOf1 = (word: number): number => back1[backs1[word] as number] as number
  const costOf2 = (payload: number): number => cost2[payload >>> 7] as number
  const backOf2 = (payload: number): number => back2[payload & 127] as number
  const costOf3 = (slot: number): number => cost3[costs3[slot] as number] as number
  const backOf3 = (slot: number): number => (slot < 0 ? 0 : (back3[backs3[slot] as number] as number))
  const costOf4 = (slot: number): number => cost4[costs4[slot] as number] as number
  const extraOf = (word: number): number => (word === UNKNOWN ? unknown : 0)

  return (place, words, count, own, whole) => {
    const h1 = known(place[2] as number)
    const h2 = h1 === BOUNDARY || (place[1] as number) < 0 ? -1 : known(place[1] as number)
    const h3 = h2 === BOUNDARY || h2 < 0 || (place[0] as number) < 0 ? -1 : known(place[0] as number)
    const hasNext = (place[3] as number) >= 0
    const hasSecond = hasNext && (place[4] as number) >= 0
    const hasThird = hasSecond && (place[5] as number) >= 0
    const n1 = hasNext ? known(place[3] as number) : UNKNOWN
    const n2 = hasSecond ? known(place[4] as number) : UNKNOWN
    const n3 = hasThird ? known(place[5] as number) : UNKNOWN
    const extra1 = extraOf(n1)
    const extra2 = extraOf(n2)
    const extra3 = extraOf(n3)
    // The word itself, where it does not follow h1.
    const left = h2 < 0 ? -1 : pair(h2, h1)
    const farLeft =
      left < 0 || h3 < 0
        ? -1
        : slotOf(marks3, laneA(laneA(laneA(LANE_A, h1), h2), h3), laneB(laneB(laneB(LANE_B, h1), h2), h3))
    const backLeft1 = backOf1(h1)
    const backLeft2 = left < 0 ? 0 : backOf2(left)
    const backLeft3 = backOf3(farLeft)
    // The first word behind it, where it does not follow the word.
    const unigram1 = unigram(n1)
    const a1 = laneA(LANE_A, n1)
    const b1 = laneB(LANE_B, n1)
    // The second: the pair in front of it stands fast.
    const pair12 = hasSecond ? pair(n1, n2) : -1
    const short2 = pair12 < 0 ? unigram(n2) + backOf1(n1) : costOf2(pair12)
    const a2 = laneA(laneA(LANE_A, n2), n1)
    const b2 = laneB(laneB(LANE_B, n2), n1)
    // The third: all but the word itself does.
    const pair23 = hasThird ? pair(n2, n3) : -1
    const short3 = pair23 < 0 ? unigram(n3) + backOf1(n2) : costOf2(pair23)
    const a3 = laneA(laneA(laneA(LANE_A, n3), n2), n1)
    const b3 = laneB(laneB(laneB(LANE_B, n3), n2), n1)
    const three3 = pair12 < 0 || pair23 < 0 ? -1 : slotOf(marks3, a3, b3)
    const context3 = pair12 < 0 ? 0 : backOf2(pair12)

    for (let from = 0; from < count; from += BATCH) {
      const to = Math.min(count, from + BATCH)
      for (let i = from; i < to; i++) before[i - from] = pair(h1, known(words[i] as number))
      if (hasNext) for (let i = from; i < to; i++) behind[i - from] = pair(known(words[i] as number), n1)
      for (let i = from; i < to; i++) {
        const word = known(words[i] as number)
        const pair0 = before[i - from] as number
        let slot0 = -1 // h2 h1 word
        let cost = pair0 < 0 ? unigram(word) + backLeft1 : costOf2(pair0)
        if (pair0 >= 0 && h2 >= 0)
          slot0 = slotOf(
            marks3,
            laneA(laneA(laneA(LANE_A, word), h1), h2),
            laneB(laneB(laneB(LANE_B, word), h1), h2),
          )
        if (left >= 0) {
          if (slot0 < 0) cost = cost + backLeft2 + backLeft3
          else if (farLeft < 0) cost = costOf3(slot0)
          else {
            const four = slotOf(
              marks4,
              laneA(laneA(laneA(laneA(LANE_A, word), h1), h2), h3),
              laneB(laneB(laneB(laneB(LANE_B, word), h1), h2), h3),
            )
            cost = four < 0 ? costOf3(slot0) + backLeft3 : costOf4(four)
          }
        }
        let sum = Math.max(0, cost + extraOf(word))
        own[i] = sum
        if (hasNext) {
          const pair1 = behind[i - from] as number
          let slot1 = -1 // h1 word n1
          cost = pair1 < 0 ? unigram1 + backOf1(word) : costOf2(pair1)
          if (pair1 >= 0 && (pair0 >= 0 || hasSecond))
            slot1 = slotOf(marks3, laneA(laneA(a1, word), h1), laneB(laneB(b1, word), h1))
          if (pair0 >= 0) {
            if (slot1 < 0) cost = cost + backOf2(pair0) + backOf3(slot0)
            else if (slot0 < 0) cost = costOf3(slot1)
            else {
              const four = slotOf(
                marks4,
                laneA(laneA(laneA(a1, word), h1), h2),
                laneB(laneB(laneB(b1, word), h1), h2),
              )
              cost = four < 0 ? costOf3(slot1) + backOf3(slot0) : costOf4(four)
            }
          }
          sum += Math.max(0, cost + extra1)
          if (hasSecond) {
            let slot2 = -1 // word n1 n2
            cost = short2
            if (pair1 >= 0) {
              const a = laneA(a2, word)
              const b = laneB(b2, word)
              if (pair12 >= 0) slot2 = slotOf(marks3, a, b)
              if (slot2 < 0) cost = short2 + backOf2(pair1) + backOf3(slot1)
              else if (slot1 < 0) cost = costOf3(slot2)
              else {
                const four = slotOf(marks4, laneA(a, h1), laneB(b, h1))
                cost = four < 0 ? costOf3(slot2) + backOf3(slot1) : costOf4(four)
              }
            }
            sum += Math.max(0, cost + extra2)
            if (hasThird) {
              cost = short3
              if (pair12 >= 0) {
                if (three3 < 0) cost = short3 + context3 + backOf3(slot2)
                else if (slot2 < 0) cost = costOf3(three3)
                else {
                  const four = slotOf(marks4, laneA(a3, word), laneB(b3, word))
                  cost = four < 0 ? costOf3(three3) + backOf3(slot2) : costOf4(four)
                }
              }
              sum += Math.max(0, cost + extra3)
            }
          }
        }
        whole[i] = sum
      }
    }
  }
}
