/**
 * Marginals to places: the disjoint stretches of a sentence that may have been replaced, each with its
 * readings best first.
 *
 * Spans compete by posterior: the likeliest first, then whatever does not overlap it. Candidates that
 * did not enter the lattice follow those that did, by local score, so that a reviewer who asks for
 * everything sees everything.
 */
import type { Reading, ScoredCandidate } from './read.ts'

export interface PlaceReading {
  readonly scored: ScoredCandidate
  /** Share among the readings that change the place, 0–1. */
  readonly share: number
}

export interface Place {
  readonly start: number
  readonly end: number
  /** Posterior that something in the span was replaced, 0–1. */
  readonly posterior: number
  /** Best first, never empty. */
  readonly readings: readonly PlaceReading[]
}

const SHOWN = 10

export function placesOf(reading: Reading, posterior: Float64Array): Place[] {
  if (reading.places.length === 0) return []
  const length = reading.sentence.tokens.length
  const spans = new Map<
    number,
    { start: number; end: number; mass: number; best: number; list: ScoredCandidate[] }
  >()
  for (const list of reading.places) {
    for (const scored of list) {
      const { start, end } = scored.candidate
      const key = start * (length + 1) + end
      const span = spans.get(key) ?? { start, end, mass: 0, best: Number.NEGATIVE_INFINITY, list: [] }
      if (scored.arc >= 0) span.mass += posterior[scored.arc] as number
      span.best = Math.max(span.best, scored.score)
      span.list.push(scored)
      spans.set(key, span)
    }
  }
  const ordered = [...spans.values()].sort(
    (a, b) => b.mass - a.mass || b.best - a.best || a.start - b.start || a.end - b.end,
  )
  const taken = new Uint8Array(length)
  const changed = changedMass(reading, posterior)
  const places: Place[] = []
  for (const { start, end, list } of ordered) {
    if (taken.subarray(start, end).some((flag) => flag === 1)) continue
    taken.fill(1, start, end)
    let most = 0
    for (let i = start; i < end; i++) most = Math.max(most, changed[i] as number)
    places.push({ start, end, posterior: Math.min(1, most), readings: shares(list, posterior) })
  }
  return places.sort((a, b) => a.start - b.start)
}

/** Posterior that a token is covered by a reading that changes it. */
export function changedMass(reading: Reading, posterior: Float64Array): Float64Array {
  const mass = new Float64Array(reading.sentence.tokens.length)
  reading.decoded.arcs.forEach((arc, index) => {
    if (!arc.changed) return
    for (let i = arc.start; i < arc.end; i++) mass[i] = (mass[i] as number) + (posterior[index] as number)
  })
  return mass
}

/** Arcs by their posterior; the rest take what a softmax of local scores leaves them. */
function shares(list: readonly ScoredCandidate[], posterior: Float64Array): PlaceReading[] {
  const top = list.reduce((best, { score }) => Math.max(best, score), Number.NEGATIVE_INFINITY)
  const local = list.map(({ score }) => Math.exp(score - top))
  const localSum = local.reduce((a, b) => a + b, 0)
  const mass = list.reduce((sum, { arc }) => sum + (arc >= 0 ? (posterior[arc] as number) : 0), 0)
  const weigh = list.map((scored, i) => {
    const own = (local[i] as number) / localSum
    // Posterior mass counts once it is there; a trace of the local share orders what has none.
    return {
      scored,
      share:
        scored.arc >= 0 ? (posterior[scored.arc] as number) + 1e-6 * own : 1e-7 * own * Math.max(mass, 1e-3),
    }
  })
  const total = weigh.reduce((sum, { share }) => sum + share, 0)
  return weigh
    .map(({ scored, share }) => ({ scored, share: share / total }))
    .sort((a, b) => b.share - a.share || b.scored.score - a.scored.score)
    .slice(0, SHOWN)
}
