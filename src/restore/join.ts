/**
 * Neighbouring places that were both replaced become one: "center changed" ← "focus switched".
 *
 * A reviewer decides such a run at once, and its readings are judged together: the language model
 * reads every combination of the parts' best readings (keeping a part included) in one window.
 */
import type { Source } from '../types.ts'
import type { Part } from './candidates.ts'
import { F } from './features.ts'
import type { Judged } from './findings.ts'
import type { Place, PlaceReading } from './places.ts'
import type { ScoredCandidate } from './read.ts'

export interface JoinOptions {
  /** Confidence from which neighbours are joined, 0–1. */
  readonly above: number
  /** Nats of score per nat of language-model cost. */
  readonly modelWeight: number
}

/** Most places in one run, and readings tried for each of its parts. */
const LONGEST = 4
const TRIED = 4
const SHOWN = 10

/** `judged` with runs joined; order is kept. */
export function joined(judged: readonly Judged[], options: JoinOptions): Judged[] {
  const out: Judged[] = []
  for (let i = 0; i < judged.length; ) {
    let j = i + 1
    while (
      j < judged.length &&
      j - i < LONGEST &&
      follows(judged[j - 1] as Judged, judged[j] as Judged, options.above)
    )
      j += 1
    const run = judged.slice(i, j)
    out.push(run.length === 1 ? (run[0] as Judged) : together(run, options))
    i = j
  }
  return out
}

function follows(a: Judged, b: Judged, above: number): boolean {
  return (
    a.reading === b.reading && a.place.end === b.place.start && a.confidence >= above && b.confidence >= above
  )
}

interface Choice {
  readonly log: number
  readonly reading: PlaceReading | undefined
}

function together(run: readonly Judged[], { modelWeight }: JoinOptions): Judged {
  const first = run[0] as Judged
  const last = run.at(-1) as Judged
  const { context } = first.reading
  const start = first.place.start
  const end = last.place.end
  const observed = context.observed(start, Math.min(end + 3, context.length + 1))
  const least = 1e-4
  const costs = new Float64Array(2)
  const choices: Choice[][] = run.map(({ place, confidence }) => [
    { log: Math.log(Math.max(least, 1 - confidence)), reading: undefined },
    ...place.readings.slice(0, TRIED).map((reading) => ({
      log: Math.log(Math.max(least, confidence * reading.share)),
      reading,
    })),
  ])
  const readings: { scored: ScoredCandidate; log: number }[] = []
  for (const combination of combinations(choices)) {
    if (combination.every(({ reading }) => reading === undefined)) continue
    const scored = combined(run, combination, start, end)
    context.replaced(start, end, scored.candidate.ids, costs)
    const joint = observed - (costs[1] as number)
    scored.row[F.lm] = joint
    let log = modelWeight * joint
    for (const { log: own, reading } of combination)
      log += own - (reading === undefined ? 0 : modelWeight * reading.scored.lm)
    readings.push({ scored, log })
  }
  readings.sort((a, b) => b.log - a.log)
  const top = readings[0]?.log ?? 0
  const total = readings.reduce((sum, { log }) => sum + Math.exp(log - top), 0)
  const place: Place = {
    start,
    end,
    posterior: Math.max(...run.map(({ place }) => place.posterior)),
    readings: readings
      .slice(0, SHOWN)
      .map(({ scored, log }) => ({ scored, share: Math.exp(log - top) / total })),
  }
  const strongest = run.reduce((best, each) => (each.confidence > best.confidence ? each : best), first)
  return { reading: first.reading, place, inputs: strongest.inputs, confidence: strongest.confidence }
}

function* combinations(choices: readonly (readonly Choice[])[]): Generator<readonly Choice[]> {
  const [head, ...tail] = choices
  if (head === undefined) {
    yield []
    return
  }
  for (const rest of combinations(tail)) for (const choice of head) yield [choice, ...rest]
}

/** The parts' readings as one candidate for the whole run, with a row of its own. */
function combined(
  run: readonly Judged[],
  combination: readonly Choice[],
  start: number,
  end: number,
): ScoredCandidate {
  const words: string[] = []
  const ids: number[] = []
  const parts: Part[] = []
  const sources: Source[] = []
  let score = 0
  let lead: ScoredCandidate | undefined
  run.forEach(({ reading, place }, i) => {
    const chosen = combination[i]?.reading?.scored
    parts.push({ start: place.start, end: place.end, read: chosen?.candidate })
    if (chosen === undefined) {
      for (let t = place.start; t < place.end; t++) {
        words.push(reading.sentence.tokens[t]?.key ?? '')
        ids.push(reading.context.ids[t] as number)
      }
      return
    }
    words.push(...chosen.candidate.words)
    ids.push(...chosen.candidate.ids)
    sources.push(...chosen.candidate.sources)
    score += chosen.score
    lead ??= chosen
  })
  const model = lead as ScoredCandidate // a combination that keeps everything never comes here
  return {
    ...model,
    // The row of the run's own: what the model saves is told as a reason.
    row: Float64Array.from(model.row),
    score,
    candidate: {
      ...model.candidate,
      start,
      end,
      words,
      ids: Int32Array.from(ids),
      written: undefined,
      kind: undefined,
      sources,
      parts,
    },
  }
}
