/** What a trained pipeline reaches on labelled documents: places, restorations, calibration, verdicts. */

import { rawTokens } from '../../src/document/tokens.ts'
import type { Dialect } from '../../src/lexicon/dialects.ts'
import type { Reading } from '../../src/pipeline.ts'
import { documentNumbers } from '../../src/pipeline.ts'
import type { Judged } from '../../src/restore/findings.ts'
import { verdict } from '../../src/restore/verdict.ts'
import type { Weights } from '../../src/restore/weights.ts'
import type { Labelled } from './labelled.ts'

export interface ReadDocument {
  readonly doc: Labelled
  readonly reading: Reading
  readonly places: readonly { readonly judged: Judged; readonly changed: boolean }[]
}

/** One paragraph of figures for a set. */
export function placeReport(
  name: string,
  read: readonly ReadDocument[],
  weights: Weights,
  dialects: readonly Dialect[],
): string {
  const least = weights.thresholds.minConfidence
  let tp = 0
  let shown = 0
  let real = 0
  let words = 0
  const bins = Array.from({ length: 10 }, () => ({ n: 0, sum: 0, real: 0 }))
  const labels = { clean: 0, doubtful: 0, spun: 0 }
  let first = 0
  let five = 0
  let edits = 0
  for (const { doc, reading, places } of read) {
    words += reading.words
    labels[verdict(weights.verdict, documentNumbers({ dialects }, reading)).label] += 1
    for (const { judged, changed } of places) {
      const bin = bins[Math.min(9, Math.floor(judged.confidence * 10))]
      if (bin !== undefined) {
        bin.n += 1
        bin.sum += judged.confidence
        bin.real += changed ? 1 : 0
      }
      if (changed) real += 1
      if (judged.confidence < least) continue
      shown += 1
      if (changed) tp += 1
    }
    for (const edit of doc.edits) {
      const words = rawTokens(edit.original).map((t) => t.key)
      if (words.length !== 1) continue
      const place = places.find(({ judged: { reading: r, place: p } }) => {
        const token = r.sentence.tokens[p.start]
        return p.end - p.start === 1 && token?.span.start === edit.start && token.span.end === edit.end
      })
      if (place === undefined) continue
      edits += 1
      const rank = place.judged.place.readings.findIndex(
        ({ scored }) => scored.candidate.words.join(' ') === words[0],
      )
      if (rank === 0) first += 1
      if (rank >= 0 && rank < 5) five += 1
    }
  }
  const total = bins.reduce((sum, { n }) => sum + n, 0)
  const ece = bins.reduce(
    (sum, b) => sum + (b.n === 0 ? 0 : (b.n / total) * Math.abs(b.sum / b.n - b.real / b.n)),
    0,
  )
  const shownBins = bins.slice(3)
  const shownTotal = shownBins.reduce((sum, { n }) => sum + n, 0)
  const eceShown = shownBins.reduce(
    (sum, b) => sum + (b.n === 0 ? 0 : (b.n / shownTotal) * Math.abs(b.sum / b.n - b.real / b.n)),
    0,
  )
  return [
    `${name}: ${read.length} documents, ${words} words, verdicts ${JSON.stringify(labels)}`,
    `  places P ${(tp / Math.max(1, shown)).toFixed(3)} R ${(tp / Math.max(1, real)).toFixed(3)}; shown per 1,000 words ${((1000 * shown) / words).toFixed(2)}, wrong ${((1000 * (shown - tp)) / words).toFixed(2)}`,
    `  one-word edits at own place: first ${(first / Math.max(1, edits)).toFixed(3)} five ${(five / Math.max(1, edits)).toFixed(3)} of ${edits}`,
    `  calibration error ${ece.toFixed(3)}, of places above .3: ${eceShown.toFixed(3)}; ${bins.map((b) => (b.n === 0 ? '-' : (b.real / b.n).toFixed(2))).join(' ')}`,
  ].join('\n')
}
