/**
 * Where a set loses: what becomes of each labelled edit, and what the wrong findings are.
 *
 * In: observed spun documents. Out: counts that add up. Restoration: first, second to fifth, below
 * five, proposed but not shown (cut off by the ranking, or its place went to another reading), never
 * proposed. Detection: found, below the threshold, no place there at all; findings right, unknown, wrong.
 */
import { isFound, isOneWord, isReplacement, NOT_RANKED, rankOf, tokensOf, touches } from './figures.ts'
import type { LabelledEdit } from './labelled.ts'
import type { Observed } from './observe.ts'

export type Fate = 'first' | 'toFive' | 'belowFive' | 'proposedOnly' | 'neverProposed'

export interface Losses {
  /** Fates of edits of one word for one word, and of up to five words. */
  readonly oneWord: Readonly<Record<Fate, number>>
  readonly phrase: Readonly<Record<Fate, number>>
  /** All edits that left something in the text, the base of the next three counts. */
  readonly visible: number
  readonly found: number
  readonly belowThreshold: number
  readonly noPlace: number
  /** Findings at the default threshold, the base of the last three counts. */
  readonly findings: number
  readonly rightFindings: number
  readonly unknownFindings: number
  readonly wrongFindings: number
}

export function losses(observed: readonly Observed[]): Losses {
  const none = (): Record<Fate, number> => ({
    first: 0,
    toFive: 0,
    belowFive: 0,
    proposedOnly: 0,
    neverProposed: 0,
  })
  const n = {
    oneWord: none(),
    phrase: none(),
    visible: 0,
    found: 0,
    belowThreshold: 0,
    noPlace: 0,
    findings: 0,
    rightFindings: 0,
    unknownFindings: 0,
    wrongFindings: 0,
  }
  for (const each of observed) {
    const { doc, shown, all } = each
    const shownTokens = tokensOf(shown)
    const allTokens = tokensOf(all)
    const gold = tokensOf(doc.edits)
    for (const edit of doc.edits) {
      if (edit.end > edit.first) {
        n.visible += 1
        if (isFound(edit, shownTokens)) n.found += 1
        else if (touches(edit, allTokens)) n.belowThreshold += 1
        else n.noPlace += 1
      }
      if (isReplacement(edit)) n[isOneWord(edit) ? 'oneWord' : 'phrase'][fate(each, edit)] += 1
    }
    for (const place of shown) {
      n.findings += 1
      if (touches(place, gold)) n.rightFindings += 1
      else if (touches(place, doc.unknown)) n.unknownFindings += 1
      else n.wrongFindings += 1
    }
  }
  return n
}

/** What became of a replacement. */
export function fate({ doc, all, proposed }: Observed, edit: LabelledEdit): Fate {
  const rank = rankOf(doc.tokens, edit, all)
  if (rank === 1) return 'first'
  if (rank <= 5) return 'toFive'
  if (rank !== NOT_RANKED) return 'belowFive'
  return proposed.has(edit) ? 'proposedOnly' : 'neverProposed'
}
