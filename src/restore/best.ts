/**
 * The best wordings of a span while they are compared: a short list in columns, kept in order.
 *
 * In: wordings one by one, each with a score. Out: the best of them, best first, equals by arrival. Nothing
 * is allocated for a wording.
 */

/** Made once for many spans. A wording has a number: those of `listed` come first, then those of `prepared`. */
export interface Best {
  numbers: Int32Array
  lm: Float64Array
  lmLeft: Float64Array
  /** Without fits and place, nats. */
  score: Float64Array
  count: number
  /** How many are kept. */
  most: number
}

export const noneBest = (): Best => ({
  numbers: new Int32Array(0),
  lm: new Float64Array(0),
  lmLeft: new Float64Array(0),
  score: new Float64Array(0),
  count: 0,
  most: 0,
})

/** Empties the list for the next span, of which `most` are kept. */
export function empty(best: Best, most: number): void {
  best.count = 0
  best.most = most
  if (best.score.length >= most) return
  best.numbers = new Int32Array(most)
  best.lm = new Float64Array(most)
  best.lmLeft = new Float64Array(most)
  best.score = new Float64Array(most)
}

/** What a wording must exceed to be among the best. */
export const leastOf = ({ count, most, score }: Best): number =>
  count < most ? Number.NEGATIVE_INFINITY : (score[most - 1] ?? Number.POSITIVE_INFINITY)

/** Puts a wording where it belongs, behind its equals; the worst falls out where there is no room. */
export function enter(best: Best, number: number, lm: number, lmLeft: number, score: number): void {
  if (best.most === 0 || !(score > leastOf(best))) return
  if (best.count < best.most) best.count += 1
  const { numbers, score: scores } = best
  let at = best.count - 1
  for (; at > 0 && (scores[at - 1] as number) < score; at--) {
    numbers[at] = numbers[at - 1] as number // at ≤ count − 1
    best.lm[at] = best.lm[at - 1] as number
    best.lmLeft[at] = best.lmLeft[at - 1] as number
    scores[at] = scores[at - 1] as number
  }
  numbers[at] = number
  best.lm[at] = lm
  best.lmLeft[at] = lmLeft
  scores[at] = score
}
