/** What each stage made of a sentence or a place, as plain data for people who ask why. */
import { F, FEATURES } from './features.ts'
import type { Judged } from './findings.ts'
import type { Reading, ScoredCandidate } from './read.ts'
import { inWords } from './realize.ts'

export type Stage = 'tokens' | 'candidates' | 'lattice' | 'paths'

const SHOWN = 12
const round = (x: number): number => Math.round(x * 1000) / 1000

/** Plain data of one stage for the sentences that cover `at` (all of them without it). */
export function stageData(stage: Stage, judged: readonly Judged[], at: number | undefined): unknown {
  const sentences = new Map<Reading, Judged[]>()
  for (const each of judged) sentences.set(each.reading, [...(sentences.get(each.reading) ?? []), each])
  const covers = ({ sentence }: Reading): boolean => {
    const first = sentence.tokens[0]
    const last = sentence.tokens.at(-1)
    return (
      at === undefined ||
      (first !== undefined && last !== undefined && first.span.start <= at && at <= last.span.end)
    )
  }
  return [...sentences]
    .filter(([reading]) => covers(reading))
    .map(([reading, places]) => ofSentence(stage, reading, places, at))
}

function ofSentence(
  stage: Stage,
  reading: Reading,
  places: readonly Judged[],
  at: number | undefined,
): unknown {
  const { tokens } = reading.sentence
  switch (stage) {
    case 'tokens':
      return tokens.map((token, i) => ({
        ...token,
        cost: round(reading.context.observed(i, i + 1)),
        unigram: round(reading.context.unigram(reading.context.ids[i] as number)),
      }))
    case 'candidates':
      return reading.places.flatMap((list, i) =>
        isAt(reading, i, at)
          ? [{ token: tokens[i]?.surface, candidates: list.slice(0, SHOWN).map(candidateData) }]
          : [],
      )
    case 'lattice':
      return reading.decoded.arcs
        .filter((arc) => arc.changed)
        .map(({ start, end, score, ids }) => ({ start, end, ids: Array.from(ids), score: round(score) }))
    case 'paths':
      return places
        .filter(({ place }) => isAt(reading, place.start, at) || isAt(reading, place.end - 1, at))
        .map(({ place, confidence }) => ({
          spun: tokens
            .slice(place.start, place.end)
            .map((token) => token.surface)
            .join(' '),
          posterior: round(place.posterior),
          confidence: round(confidence),
          readings: place.readings.map(({ scored, share }) => ({
            original: inWords(scored.candidate.words),
            share: round(share),
            score: round(scored.score),
          })),
        }))
  }
}

function isAt(reading: Reading, token: number, at: number | undefined): boolean {
  if (at === undefined) return true
  const span = reading.sentence.tokens[token]?.span
  return span !== undefined && span.start <= at && at < span.end
}

function candidateData({ candidate, row, score }: ScoredCandidate): unknown {
  return {
    original: inWords(candidate.words),
    score: round(score),
    lm: round(row[F.lm] as number),
    sources: candidate.sources.map(({ name, path, origin }) => ({ name, path: path.join(' ← '), origin })),
    features: Object.fromEntries(
      FEATURES.map((name, i) => [name, round(row[i] as number)] as const).filter(([, v]) => v !== 0),
    ),
  }
}
