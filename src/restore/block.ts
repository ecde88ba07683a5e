/**
 * A document, or a block of a long one, read: the suspects of every sentence, and the spin rate that
 * follows. Where the cheap look finds little, the most suspicious words alone are read first; the others
 * only if one of those was probably replaced. Most text of a corpus is clean and ends there.
 */
import type { Look } from './look.ts'
import { estimateRate, type RateEstimate } from './rate.ts'
import { type Knowledge, type Reading, readSentence } from './read.ts'
import { roughRate, suspects } from './suspects.ts'

export interface ReadBlock extends RateEstimate {
  readonly readings: readonly Reading[]
}

/** Reads the sentences of `looks`; with `listAll` every other word that has a candidate is listed too. */
export function readBlock(knowledge: Knowledge, looks: readonly Look[], listAll: boolean): ReadBlock {
  const { suspicion, rate: prior } = knowledge.weights
  const rough = roughRate(looks, suspicion)
  const estimated = (readings: readonly Reading[]): ReadBlock => ({
    readings,
    ...estimateRate(readings, prior),
  })
  const read = (masks: readonly Uint8Array[], all: boolean): Reading[] =>
    looks.map((seen, i) => readSentence(knowledge, seen, masks[i] as Uint8Array, all))
  const { probe } = suspicion
  if (rough < probe.below) {
    const few = suspects(looks, suspicion, rough, probe.from)
    const first = estimated(read(few, false))
    if (!anyReplaced(first, probe.found)) return listAll ? estimated(read(few, true)) : first
    const more = suspects(looks, suspicion, rough, suspicion.readFrom)
    if (listAll) return estimated(read(more, true))
    // A sentence with no further suspect reads as it did.
    const again = (seen: Look, i: number): Reading => {
      const mask = more[i] as Uint8Array
      const known = first.readings[i] as Reading
      return isSame(mask, few[i] as Uint8Array) ? known : readSentence(knowledge, seen, mask, false)
    }
    return estimated(looks.map(again))
  }
  return estimated(read(suspects(looks, suspicion, rough, suspicion.readFrom), listAll))
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((flag, i) => flag === b[i])

/** Does any reading that changes the text have this posterior? */
const anyReplaced = ({ readings, posteriors }: ReadBlock, least: number): boolean =>
  readings.some(({ decoded }, i) =>
    decoded.arcs.some((arc, index) => arc.changed && (posteriors[i]?.[index] ?? 0) >= least),
  )
