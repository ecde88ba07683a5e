/**
 * The names and the numbers of everything a reading is judged by.
 *
 * In: a candidate at a place of a sentence. Out: one row of `FEATURES.length` numbers in the order of
 * `FEATURES`. The first block belongs to the candidate, the second to the place (the same for all
 * candidates there, so it moves "was it replaced" and never "by what"). No weight stands here: they
 * are trained (models/en.weights.json) and multiply these rows as score = w · f, in nats.
 */
import type { NgramModel } from '../model/ngrams.ts'
import type { Vectors } from '../model/vectors.ts'
import type { Token } from '../types.ts'
import type { Candidate, Strengths } from './candidates.ts'
import type { SentenceContext } from './context.ts'

export const FEATURES = [
  // — the candidate —
  'lm', // language-model cost saved over the place and three tokens to the right, nats
  'lmLeft', // the part of it that the left context alone explains, nats
  'commoner', // unigram cost saved, nats
  'entry', // strength in phrase entries, 0–1
  'habitCommon', // listed as a habitual replacement, common / seen / rare: 0 or 1
  'habitSeen',
  'habitRare',
  'wordnetSynonym', // WordNet: same synset, 0 or 1
  'wordnetNear', // WordNet: similar, hypernym, hyponym, sister, derived, 0 or 1
  'mobyForward', // Moby lists the spun word under the original, 0 or 1
  'mobyBackward', // Moby lists the original under the spun word, 0 or 1
  'strength', // strength the thesaurus gives the path, 0–1
  'twoHop', // only over a bridge word: strength, 0–1
  'twoHopOnly', // 1 when nothing else proposes it
  'expected', // only the model proposes it: 1
  'sources', // number of sources beyond the first
  'cosine', // of word vectors, spun and original head word
  'noCosine', // 1 when either has no vector
  'fit', // fit of the original to the words around it minus that of the spun word
  'topic', // fit of the original to the whole document minus that of the spun word
  'slot', // fit of the original to the slot, words around in their positions, minus that of the spun word
  'noSlot', // 1 when the slot model knows none of its words
  'repeated', // the original occurs elsewhere in the document
  'sameStem', // they share their first four letters or more
  'longer', // words the original has more than the spun form
  'shorter', // words it has fewer
  'unknown', // words of the original that the model does not know
  'deletion', // the words are superfluous
  'spelling', // article or doubled word repaired
  'words', // words of the original beyond the first
  'function', // original is among the most frequent words
  'habitChannel', // ln of the share of this replacement among those listed for the original
  'term', // a known term, replaced word by word: 0 or 1
  'termPath', // mean strength of the paths from its words, 0–1
  'lmHabit', // lm × habit or entry: context counts differently for known replacements
  // — the place —
  'bias',
  'oldUnigram', // unigram cost of the spun wording, nats a word
  'surpriseLeft', // cost after its left context minus unigram cost, nats
  'surpriseRight', // the same for the word behind the place
  'surpriseSpan', // mean cost of the place and three tokens to the right, nats
  'oldFit', // fit of the spun wording to the words around it
  'oldTopic', // fit of the spun wording to the whole document
  'oldSlot', // fit of the spun wording to the slot
  'oldCount', // ln of how often the document has its rarest word
  'oldFunction', // the spun word is among the most frequent words
  'title', // capitalised inside a sentence
  'upper', // ALL CAPS
  'heading',
  'oldUnknown',
  'hyphen', // part of a hyphenated word
  'span', // words beyond the first
  'spunness', // ln odds that a spinner rather than a writer prints this word, from the habit lists
] as const

export type FeatureName = (typeof FEATURES)[number]
export const FEATURE_COUNT = FEATURES.length
/** First feature that belongs to the place. */
export const PLACE_START = FEATURES.indexOf('bias')

/** Index of every feature in a row. Keyed by our own names, not by words of a text. */
export const F = Object.fromEntries(FEATURES.map((name, index) => [name, index])) as Readonly<
  Record<FeatureName, number>
>

/** What a candidate is, wherever it stands. */
export interface CandidateParts {
  readonly words: readonly string[]
  readonly ids: ArrayLike<number>
  /** Number of sources. */
  readonly sources: number
  readonly strengths: Strengths
}

/** The wording that stands at the place. */
export interface OldWording {
  /** Key of the first token. */
  readonly key: string
  readonly ids: ArrayLike<number>
}

/** Where a fit cannot be had: the middle of its range, nats. */
export const USUAL_FIT = -2
export const USUAL_SLOT = -2
/** Ids below this count as function words: the vocabulary is ordered by frequency. */
const FUNCTION_WORDS = 130
export const isFunction = (id: number): number => (id > 2 && id < FUNCTION_WORDS ? 1 : 0)

/** The rarest word stands for a wording where vectors are compared. */
export function headOf(model: NgramModel, ids: ArrayLike<number>): number {
  let head = 0
  let most = -1
  for (let i = 0; i < ids.length; i++) {
    const cost = model.unigram(ids[i] as number)
    if (cost > most) {
      most = cost
      head = ids[i] as number
    }
  }
  return head
}

function unigramSum(model: NgramModel, ids: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < ids.length; i++) sum += model.unigram(ids[i] as number)
  return sum
}

/** The features of a candidate that no context changes, in `row`; the others are 0. */
export function template(
  model: NgramModel,
  vectors: Vectors,
  old: OldWording,
  candidate: CandidateParts,
  row: Float64Array = new Float64Array(FEATURE_COUNT),
): Float64Array {
  row.fill(0)
  const { ids, strengths: s } = candidate
  row[F.commoner] = unigramSum(model, old.ids) - unigramSum(model, ids)
  row[F.entry] = s.entry
  row[F.habitCommon] = s.habit >= 0.99 ? 1 : 0
  row[F.habitSeen] = s.habit >= 0.4 && s.habit < 0.99 ? 1 : 0
  row[F.habitRare] = s.habit > 0 && s.habit < 0.4 ? 1 : 0
  row[F.wordnetSynonym] = s.wordnetSynonym
  row[F.wordnetNear] = s.wordnetNear
  row[F.mobyForward] = s.mobyForward
  row[F.mobyBackward] = s.mobyBackward
  row[F.strength] = s.strength
  row[F.twoHop] = s.twoHop
  row[F.twoHopOnly] = s.twoHop > 0 && candidate.sources === 1 ? 1 : 0
  row[F.expected] = s.expected > 0 && candidate.sources === 1 ? 1 : 0
  row[F.sources] = candidate.sources - 1
  if (ids.length > 0) {
    const head = headOf(model, ids)
    const cosine = vectors.cosine(head, headOf(model, old.ids))
    row[F.cosine] = cosine
    row[F.noCosine] = cosine === 0 ? 1 : 0
    row[F.function] = isFunction(head)
  }
  row[F.sameStem] = sharesStem(candidate.words[0], old.key) ? 1 : 0
  row[F.longer] = Math.max(0, ids.length - old.ids.length)
  row[F.shorter] = Math.max(0, old.ids.length - ids.length)
  for (let i = 0; i < ids.length; i++) if (ids[i] === 0) row[F.unknown] = (row[F.unknown] as number) + 1
  row[F.deletion] = ids.length === 0 ? 1 : 0
  row[F.spelling] = s.spelling
  row[F.words] = Math.max(0, ids.length - 1)
  row[F.habitChannel] = s.channel
  row[F.term] = s.term
  row[F.termPath] = s.termPath
  return row
}

/** How often the document has the place's rarest word; at least 1. */
function rarestCount({ tokens, document }: SentenceContext, start: number, end: number): number {
  let least = Number.POSITIVE_INFINITY
  for (const { key } of tokens.slice(start, end)) least = Math.min(least, document.counts.get(key) ?? 1)
  return Math.max(1, least)
}

/** The features of the place itself but its fits, at their own indices; the others are 0. */
export function placeValues(
  sentence: SentenceContext,
  start: number,
  end: number,
  candidates: readonly Candidate[],
  old: OldWording,
): Float64Array {
  const { model, ids, tokens, length } = sentence
  const values = new Float64Array(FEATURE_COUNT)
  const token = tokens[start] as Token
  const unigram = unigramSum(model, old.ids)
  const window = Math.min(end + 3, length + 1)
  const behind = end <= length ? sentence.observed(end, end + 1) : 0
  values[F.bias] = 1
  values[F.oldUnigram] = unigram / (end - start)
  values[F.surpriseLeft] = sentence.observed(start, start + 1) - model.unigram(ids[start] as number)
  values[F.surpriseRight] = behind - (end < length ? model.unigram(ids[end] as number) : 3)
  values[F.surpriseSpan] = sentence.observed(start, window) / (window - start)
  values[F.oldFunction] = isFunction(headOf(model, old.ids))
  values[F.oldCount] = Math.log(rarestCount(sentence, start, end))
  values[F.title] = start > 0 && token.shape === 'title' && sentence.kind !== 'heading' ? 1 : 0
  values[F.upper] = token.shape === 'upper' && token.key.length > 1 ? 1 : 0
  values[F.heading] = sentence.kind === 'heading' ? 1 : 0
  for (let i = start; i < end; i++)
    if (ids[i] === 0) values[F.oldUnknown] = (values[F.oldUnknown] as number) + 1
  const next = tokens[end]
  values[F.hyphen] = (token.joined && start > 0) || (next?.joined && next.key === '-') ? 1 : 0
  values[F.span] = end - start - 1
  values[F.spunness] = spunness(model, candidates, unigram)
  return values
}

/**
 * ln of how often a spinner would print this wording over how often a writer does:
 * Σ over listed originals p(original) · p(wording | original) / p(wording). 0 when no list has it.
 */
function spunness(model: NgramModel, candidates: readonly Candidate[], oldUnigram: number): number {
  let sum = 0
  for (const { ids, strengths } of candidates)
    if (strengths.habit > 0) sum += Math.exp(strengths.channel - unigramSum(model, ids))
  return sum === 0 ? 0 : Math.max(-6, Math.min(8, Math.log(sum) + oldUnigram))
}

export function dot(w: Float64Array, f: Float64Array): number {
  let sum = 0
  for (let i = 0; i < w.length; i++) sum += (w[i] as number) * (f[i] as number)
  return sum
}

function sharesStem(a: string | undefined, b: string | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.length >= 4 && b.length >= 4 && a.slice(0, 4) === b.slice(0, 4)
  )
}
