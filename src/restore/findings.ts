/**
 * Places to findings: what a person is shown. Case and article are repaired, evidence is put in words,
 * confidence comes from the detector. Ordered by start; disjoint.
 */
import type { NgramModel } from '../model/ngrams.ts'
import type { Finding, Suggestion, Token } from '../types.ts'
import { article, isArticle } from './article.ts'
import { cover } from './cover.ts'
import { confidence, detectorInputs } from './detector.ts'
import { evidenceOf } from './evidence.ts'
import { surfaceOf } from './glue.ts'
import type { Network } from './network.ts'
import { changedMass, type Place, placesOf } from './places.ts'
import type { Reading } from './read.ts'
import { realize } from './realize.ts'

/** A place with its confidence, before it is put in words. */
export interface Judged {
  readonly reading: Reading
  readonly place: Place
  readonly inputs: Float64Array
  readonly confidence: number
}

const NEAR = 3

/** Every place of a sentence with its confidence; nothing is dropped. */
export function judge(
  network: Network,
  reading: Reading,
  posterior: Float64Array,
  rate: number,
  words: number,
): Judged[] {
  if (reading.places.length === 0) return []
  const mass = changedMass(reading, posterior)
  return placesOf(reading, posterior).map((place) => {
    const suspicion = Math.max(...reading.suspicion.subarray(place.start, place.end))
    const inputs = detectorInputs(place, { near: meanAround(mass, place), rate, words, suspicion })
    return { reading, place, inputs, confidence: confidence(network, inputs) }
  })
}

function meanAround(mass: Float64Array, { start, end }: Place): number {
  let sum = 0
  let n = 0
  for (let i = Math.max(0, start - NEAR); i < Math.min(mass.length, end + NEAR); i++) {
    if (i >= start && i < end) continue
    sum += mass[i] as number
    n += 1
  }
  return n === 0 ? 0 : sum / n
}

/** Puts a judged place in words. */
export function finding(model: NgramModel, judged: Judged, spinRate: number): Finding {
  const { reading, place } = judged
  const { tokens } = reading.sentence
  const opens = opensSentence(tokens, place.start)
  const wordings = place.readings.map(({ scored: { candidate } }) => ({
    text: realize(candidate, tokens, opens),
    first: candidate.words[0],
    isMade: candidate.parts !== undefined,
  }))
  const { start, end, texts } = cover(model, tokens, place, wordings, opens)
  const covered = tokens.slice(start, end)
  const surface = surfaceOf(covered)
  return {
    // A place has tokens.
    span: { start: (covered[0] as Token).span.start, end: (covered.at(-1) as Token).span.end },
    surface,
    confidence: judged.confidence,
    kind: kindOf(place),
    suggestions: distinct(
      place.readings.map(({ share }, i) => ({ text: texts[i] as string, probability: share })),
      surface,
    ),
    evidence: evidenceOf(reading, place, spinRate, wordings[0]?.text ?? ''),
    inQuotation: covered.some((token) => token.quoted),
    tokens: covered,
  }
}

/**
 * Two candidates may read the same once cased; the likelier stays and takes both shares. One that reads as
 * the text does says nothing, unless it is all there is.
 */
function distinct(suggestions: readonly Suggestion[], surface: string): Suggestion[] {
  const byText = new Map<string, number>()
  for (const { text, probability } of suggestions) byText.set(text, (byText.get(text) ?? 0) + probability)
  if (byText.size > 1) byText.delete(surface)
  return [...byText]
    .map(([text, probability]) => ({ text, probability: Math.min(1, probability) }))
    .sort((a, b) => b.probability - a.probability)
}

function kindOf(place: Place): Finding['kind'] {
  const best = place.readings[0]?.scored.candidate
  if (best === undefined) return 'word'
  if (best.kind === 'name' || best.kind === 'number' || best.kind === 'insertion' || best.kind === 'markup')
    return best.kind
  if (best.words.length === 0) return 'insertion'
  return place.end - place.start > 1 || best.words.length > 1 ? 'phrase' : 'word'
}

/** The place opens its sentence, or what is said in it: only punctuation or a list's number stands before it. */
function opensSentence(tokens: readonly Token[], start: number): boolean {
  const before = tokens[start - 1]
  if (before?.key === '"' && tokens[start]?.joined === true) return true
  for (let i = start - 1; i >= 0; i--)
    if (tokens[i]?.kind !== 'punctuation' && !(i === 0 && tokens[i]?.kind === 'number')) return false
  return before?.kind !== 'number'
}

/**
 * Is the place an article that is right as it stands, changed only to suit what its neighbour may have
 * been ("a → an" in "a [job ← effort]")? That belongs to the neighbour's fix and is nothing to show alone.
 */
export function suitsNeighbour(model: NgramModel, { reading, place }: Judged): boolean {
  const { tokens } = reading.sentence
  const { key } = tokens[place.start] as Token
  const behind = tokens[place.end]
  const next = behind?.key === '"' || behind?.key === "'" ? tokens[place.end + 1] : behind
  const words = place.readings[0]?.scored.candidate.words ?? []
  if (place.end - place.start > 1 || words.length > 1 || !isArticle(key) || !isArticle(words[0])) return false
  return next === undefined || next.kind === 'punctuation' || article(model, next.key) === key
}
