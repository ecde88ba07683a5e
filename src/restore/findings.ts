/**
 * Places to findings: what a person is shown. Case and article are repaired, evidence is put in words,
 * confidence comes from the detector. Ordered by start; disjoint.
 */
import type { NgramModel } from '../model/ngrams.ts'
import type { Finding, Sentence, Suggestion, Token } from '../types.ts'
import { confidence, detectorInputs } from './detector.ts'
import { evidenceOf } from './evidence.ts'
import type { Network } from './network.ts'
import { changedMass, type Place, placesOf } from './places.ts'
import type { Reading } from './read.ts'
import { article, realize } from './realize.ts'

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
  const withArticle = needsArticle(model, reading.sentence, place)
  const start = withArticle ? place.start - 1 : place.start
  const covered = tokens.slice(start, place.end)
  const suggestions: Suggestion[] = place.readings.map(({ scored, share }) => {
    const text = realize(scored.candidate, tokens, opens(tokens, place.start))
    return {
      text: withArticle ? articleBefore(model, tokens[start] as Token, text) : text,
      probability: share,
    }
  })
  const first = covered[0] as Token
  const last = covered.at(-1) as Token
  let surface = ''
  for (const token of covered) surface += surface === '' || token.joined ? token.surface : ` ${token.surface}`
  return {
    span: { start: first.span.start, end: last.span.end },
    surface,
    confidence: judged.confidence,
    kind: kindOf(place),
    suggestions: distinct(suggestions),
    evidence: evidenceOf(reading, place, spinRate),
    inQuotation: covered.some((token) => token.quoted),
    tokens: covered,
  }
}

/** Two candidates may read the same once cased; the likelier stays and takes both shares. */
function distinct(suggestions: readonly Suggestion[]): Suggestion[] {
  const byText = new Map<string, number>()
  for (const { text, probability } of suggestions) byText.set(text, (byText.get(text) ?? 0) + probability)
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

/** The place opens its sentence: only punctuation stands before it. */
function opens(tokens: readonly Token[], start: number): boolean {
  for (let i = start - 1; i >= 0; i--) if (tokens[i]?.kind !== 'punctuation') return false
  return true
}

/** The best reading makes the article before it wrong: "an [job ← task]". */
function needsArticle(model: NgramModel, { tokens }: Sentence, place: Place): boolean {
  const before = tokens[place.start - 1]
  const next = place.readings[0]?.scored.candidate.words[0]
  if (next === undefined || (before?.key !== 'a' && before?.key !== 'an')) return false
  return article(model, next) !== before.key
}

/**
 * Is the place an article that is right as it stands, changed only to suit what its neighbour may have
 * been ("a → an" in "a [job ← effort]")? That belongs to the neighbour's fix and is nothing to show alone.
 */
export function suitsNeighbour(model: NgramModel, { reading, place }: Judged): boolean {
  const { tokens } = reading.sentence
  const token = tokens[place.start] as Token
  const next = tokens[place.end]
  const words = place.readings[0]?.scored.candidate.words ?? []
  const isArticle = (key: string | undefined): boolean => key === 'a' || key === 'an'
  if (place.end - place.start > 1 || words.length > 1 || !isArticle(token.key) || !isArticle(words[0]))
    return false
  return next !== undefined && next.kind === 'word' && article(model, next.key) === token.key
}

function articleBefore(model: NgramModel, token: Token, text: string): string {
  const next = /^[\p{L}']+/u.exec(text)?.[0]
  if (next === undefined) return text === '' ? token.surface : `${token.surface} ${text}`
  const right = article(model, next.toLowerCase())
  return `${token.shape === 'lower' ? right : right.charAt(0).toUpperCase() + right.slice(1)} ${text}`
}
