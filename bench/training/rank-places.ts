/** Labelled documents to the ranker's training places: rows of features with the right one marked. */
import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import { rawTokens } from '../../src/document/tokens.ts'
import { documentContext } from '../../src/restore/context.ts'
import { FEATURE_COUNT } from '../../src/restore/features.ts'
import { look } from '../../src/restore/look.ts'
import { logOdds } from '../../src/restore/network.ts'
import { type Knowledge, type ScoredCandidate, scoreCandidates } from '../../src/restore/read.ts'
import type { Sentence } from '../../src/types.ts'
import type { Labelled } from './labelled.ts'
import type { Random } from './random.ts'
import type { RankPlace } from './ranker.ts'

/** What is known of one sentence's tokens: the minimal edits, and which tokens they touch. */
export interface SentenceLabels {
  /** By first token. */
  readonly gold: ReadonlyMap<number, { readonly end: number; readonly words: readonly string[] }>
  /** 0 kept, 1 changed, 2 unknown. */
  readonly state: Uint8Array
}

export function sentenceLabels(sentence: Sentence, labelled: Labelled): SentenceLabels {
  const { tokens } = sentence
  const state = new Uint8Array(tokens.length)
  const gold = new Map<number, { end: number; words: readonly string[] }>()
  const touched = (start: number, end: number): [number, number] => {
    let first = tokens.findIndex((token) => token.span.end > start)
    if (first === -1) first = tokens.length
    let last = first
    while (last < tokens.length && (tokens[last]?.span.start ?? 0) < end) last += 1
    return [first, last]
  }
  for (const range of labelled.unknown) {
    const [first, last] = touched(range.start, range.end)
    state.fill(2, first, last)
  }
  for (const edit of labelled.edits) {
    let [first, last] = touched(edit.start, edit.end)
    if (first >= last) continue
    let words = rawTokens(edit.original).map((token) => token.key)
    while (last - first > 1 && words.length > 0 && tokens[first]?.key === words[0]) {
      first += 1
      words = words.slice(1)
    }
    while (last - first > 1 && words.length > 0 && tokens[last - 1]?.key === words.at(-1)) {
      last -= 1
      words = words.slice(0, -1)
    }
    state.fill(1, first, last)
    gold.set(first, { end: last, words })
  }
  return { gold, state }
}

const isGold = (scored: ScoredCandidate, gold: { end: number; words: readonly string[] }): boolean =>
  scored.candidate.end === gold.end &&
  scored.candidate.words.length === gold.words.length &&
  scored.candidate.words.every((word, i) => word === gold.words[i])

export interface RankStats {
  places: number
  reachable: number
  first: number
  five: number
  candidates: number
}

/** Places of a document; kept words are sampled. `stats` counts one-word edits and where the present weights rank them. */
export function rankPlaces(
  knowledge: Knowledge,
  labelled: Labelled,
  random: Random,
  options: { readonly keep: number; readonly kept: number; readonly weight: number },
  stats: RankStats,
): RankPlace[] {
  const doc = document(labelled.text, { format: 'text' })
  const sentences = readSentences(doc)
  const context = documentContext(knowledge.model, knowledge.vectors, sentences)
  const words = sentences.reduce((n, s) => n + s.tokens.filter((t) => t.kind === 'word').length, 0)
  const rate = (labelled.edits.length + 0.2) / (words + 60)
  const out: RankPlace[] = []
  for (const sentence of sentences) {
    const { gold, state } = sentenceLabels(sentence, labelled)
    const seen = look(knowledge, knowledge.weights.suspicion, sentence, context)
    const places = scoreCandidates(knowledge, seen, undefined, { kept: 120, shown: 120 })
    places.forEach((list, start) => {
      if (list.length === 0 || state[start] === 2) return
      const right = gold.get(start)
      if (state[start] === 1 && right === undefined) return
      if (state[start] === 0 && !random.chance(options.kept)) return
      const rank = right === undefined ? -1 : list.findIndex((scored) => isGold(scored, right))
      if (right !== undefined && right.end === start + 1 && right.words.length === 1) {
        stats.places += 1
        stats.candidates += list.length
        if (rank >= 0) stats.reachable += 1
        if (rank === 0) stats.first += 1
        if (rank >= 0 && rank < 5) stats.five += 1
      }
      const top = list.slice(0, options.keep)
      if (rank >= options.keep) top[top.length - 1] = list[rank] as ScoredCandidate
      const rows = new Float32Array(top.length * FEATURE_COUNT)
      for (const [c, scored] of top.entries()) rows.set(scored.row, c * FEATURE_COUNT)
      out.push({
        rows,
        count: top.length,
        gold: right === undefined ? -1 : rank === -1 ? -2 : Math.min(rank, top.length - 1),
        odds: logOdds(rate),
        weight: options.weight * (state[start] === 0 ? 1 / options.kept : 1),
      })
    })
  }
  return out
}

export const noStats = (): RankStats => ({ places: 0, reachable: 0, first: 0, five: 0, candidates: 0 })

export const statsLine = (stats: RankStats): string => {
  const share = (n: number): string => (n / Math.max(1, stats.places)).toFixed(3)
  return `one-word edits ${stats.places}  among candidates ${share(stats.reachable)}  first ${share(stats.first)}  five ${share(stats.five)}  candidates a word ${(stats.candidates / Math.max(1, stats.places)).toFixed(0)}`
}
