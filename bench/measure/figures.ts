/**
 * Observed documents of one set to its figures: places, restored wordings, verdict, repair, harm.
 *
 * A place counts by word tokens, an edit by its wording. An edit is restored when the suggestion makes
 * the stretch that edit and finding cover together read as the original did, so that a finding which
 * takes a neighbour along is right exactly when it keeps that neighbour.
 */
import type { LabelledEdit } from './labelled.ts'
import type { Observed, Place } from './observe.ts'
import { auc, f1, type ScoredTruth, truePositives } from './statistics.ts'
import { differences, isWord, type MeasureToken, measureKeys, tokenDistance } from './words.ts'

/** Edits longer than this on either side are rewriting, not replacement. */
const LONGEST_EDIT = 5
/** Rank of what is not among the suggestions. */
export const NOT_RANKED = Number.POSITIVE_INFINITY

export interface Restored {
  readonly edits: number
  readonly first: number
  readonly five: number
}

export interface SpunFigures {
  readonly documents: number
  readonly words: number
  /** Word tokens: in findings and in edits, in findings only, in edits only. */
  readonly hit: number
  readonly wrong: number
  readonly missed: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly oneWord: Restored
  readonly phrase: Restored
  /** All labelled edits, and those that a finding touches. */
  readonly edits: number
  readonly editsFound: number
  /** 1 − distance(fixed, original) / distance(spun, original); undefined without originals. */
  readonly netRepair: number | undefined
  readonly auc: number | undefined
  /** Share of spun documents above all but 1 % of the clean ones. */
  readonly atOnePercent: number | undefined
  readonly called: Readonly<Record<'clean' | 'doubtful' | 'spun', number>>
}

export interface CleanFigures {
  readonly documents: number
  readonly words: number
  readonly findings: number
  readonly fixedTokens: number
  readonly called: Readonly<Record<'clean' | 'doubtful' | 'spun', number>>
}

/** Figures of a spun set; `clean` are the verdict probabilities of the clean documents beside it. */
export function spunFigures(observed: readonly Observed[], clean: readonly number[]): SpunFigures {
  let hit = 0
  let wrong = 0
  let missed = 0
  let editsFound = 0
  let before = 0
  let after = 0
  const oneWord = { edits: 0, first: 0, five: 0 }
  const phrase = { edits: 0, first: 0, five: 0 }
  for (const { doc, shown, all, fixed } of observed) {
    const gold = tokensOf(doc.edits)
    const found = tokensOf(shown)
    doc.tokens.forEach(({ key }, i) => {
      if (!isWord(key)) return
      if (gold.has(i) && found.has(i)) hit += 1
      else if (found.has(i)) wrong += 1
      else if (gold.has(i)) missed += 1
    })
    for (const edit of doc.edits) {
      if (isFound(edit, found)) editsFound += 1
      if (!isReplacement(edit)) continue
      const box = isOneWord(edit) ? oneWord : phrase
      const rank = rankOf(doc.tokens, edit, all)
      box.edits += 1
      if (rank === 1) box.first += 1
      if (rank <= 5) box.five += 1
    }
    if (doc.original === undefined) continue
    const original = measureKeys(doc.original)
    before += tokenDistance(
      doc.tokens.map(({ key }) => key),
      original,
    )
    after += tokenDistance(fixed, original)
  }
  const precision = hit / Math.max(1, hit + wrong)
  const recall = hit / Math.max(1, hit + missed)
  const probabilities = observed.map(({ verdict }) => verdict.probability)
  return {
    ...base(observed),
    hit,
    wrong,
    missed,
    precision,
    recall,
    f1: f1(precision, recall),
    oneWord,
    phrase,
    edits: observed.reduce((sum, { doc }) => sum + doc.edits.length, 0),
    editsFound,
    netRepair: before === 0 ? undefined : 1 - after / before,
    auc: auc(probabilities, clean),
    atOnePercent: truePositives(probabilities, clean, 0.01),
  }
}

export function cleanFigures(observed: readonly Observed[]): CleanFigures {
  const changed = ({ doc, fixed }: Observed): number =>
    differences(
      doc.tokens.map(({ key }) => key),
      fixed,
    ).reduce(
      (sum, { first, end, otherFirst, otherEnd }) => sum + Math.max(end - first, otherEnd - otherFirst),
      0,
    )
  return {
    ...base(observed),
    findings: observed.reduce((sum, { shown }) => sum + shown.length, 0),
    fixedTokens: observed.reduce((sum, each) => sum + changed(each), 0),
  }
}

/** Rank from 1 of the first suggestion that restores the edit, over all findings at its place. */
export function rankOf(tokens: readonly MeasureToken[], edit: LabelledEdit, found: readonly Place[]): number {
  const keys = (from: number, to: number): string[] => tokens.slice(from, to).map(({ key }) => key)
  let best = NOT_RANKED
  for (const { first, end, suggestions } of found) {
    if (end <= edit.first || first >= edit.end) continue
    const low = Math.min(first, edit.first)
    const high = Math.max(end, edit.end)
    const wanted = [...keys(low, edit.first), ...edit.original, ...keys(edit.end, high)].join(' ')
    const rank = suggestions.findIndex(
      (words) => [...keys(low, first), ...words, ...keys(end, high)].join(' ') === wanted,
    )
    if (rank >= 0) best = Math.min(best, rank + 1)
  }
  return best
}

/** An edit that puts words for words, short enough to be asked back. */
export function isReplacement({ first, end, original }: LabelledEdit): boolean {
  const size = end - first
  if (size === 0 || size > LONGEST_EDIT || original.length === 0 || original.length > LONGEST_EDIT)
    return false
  return original.every((key) => isWord(key) || key.includes("'") || key.includes('-'))
}

export const isOneWord = ({ first, end, original }: LabelledEdit): boolean =>
  end - first === 1 && original.length === 1

/** Every finding without a threshold as (confidence, did it touch an edit); unknown places are left out. */
export const scoredPlaces = (observed: readonly Observed[]): ScoredTruth[] =>
  observed.flatMap(({ doc, all }) => {
    const gold = tokensOf(doc.edits)
    return all
      .filter((place) => !touches(place, doc.unknown) || touches(place, gold))
      .map((place) => ({ score: place.confidence, right: touches(place, gold) }))
  })

/** Every word token in a finding as (confidence, is it edited), and how many edited ones no finding has. */
export function scoredWords(observed: readonly Observed[]): { scores: ScoredTruth[]; missed: number } {
  const scores: ScoredTruth[] = []
  let missed = 0
  for (const { doc, all } of observed) {
    const gold = tokensOf(doc.edits)
    const confidence = new Map<number, number>()
    for (const place of all)
      for (let i = place.first; i < place.end; i++)
        confidence.set(i, Math.max(place.confidence, confidence.get(i) ?? 0))
    doc.tokens.forEach(({ key }, i) => {
      if (!isWord(key) || (doc.unknown.has(i) && !gold.has(i))) return
      const score = confidence.get(i)
      if (score !== undefined) scores.push({ score, right: gold.has(i) })
      else if (gold.has(i)) missed += 1
    })
  }
  return { scores, missed }
}

export const tokensOf = (ranges: readonly { readonly first: number; readonly end: number }[]): Set<number> =>
  new Set(ranges.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, k) => first + k)))

export function touches(
  { first, end }: { readonly first: number; readonly end: number },
  tokens: ReadonlySet<number>,
): boolean {
  for (let i = first; i < end; i++) if (tokens.has(i)) return true
  return false
}

/** What was left out counts as found when the token behind it is. */
export const isFound = ({ first, end }: LabelledEdit, found: ReadonlySet<number>): boolean =>
  touches({ first, end: Math.max(end, first + 1) }, found)

function base(observed: readonly Observed[]) {
  const called = { clean: 0, doubtful: 0, spun: 0 }
  for (const { verdict } of observed) called[verdict.label] += 1
  const words = observed.reduce((sum, { doc }) => sum + doc.tokens.filter(({ key }) => isWord(key)).length, 0)
  return { documents: observed.length, words, called }
}
