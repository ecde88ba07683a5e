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
  const read = (masks: readonly Uint8Array[], all: boolean): ReadBlock => {
    const readings = looks.map((seen, i) => readSentence(knowledge, seen, masks[i] as Uint8Array, all))
    return { readings, ...estimateRate(readings, prior) }
  }
  const { probe } = suspicion
  if (rough < probe.below) {
    const few = suspects(looks, suspicion, rough, probe.from)
    const first = read(few, false)
    if (!anyReplaced(first, probe.found)) return listAll ? read(few, true) : first
  }
  return read(suspects(looks, suspicion, rough, suspicion.readFrom), listAll)
}

/** Does any reading that changes the text have this posterior? */
const anyReplaced = ({ readings, posteriors }: ReadBlock, least: number): boolean =>
  readings.some(({ decoded }, i) =>
    decoded.arcs.some((arc, index) => arc.changed && (posteriors[i]?.[index] ?? 0) >= least),
  )
