/**
 * A finding or a verdict as one line of words: what machine formats show to a person.
 *
 * In: what was judged. Out: a line that passed `visible`, never empty. All formats say it in the same
 * words, and in those of a risk marker: a wording looks replaced, nobody is accused.
 */
import type { Finding, Suggestion, Verdict } from '../types.ts'
import { shortened, visible } from './visible.ts'

/** Formats with two levels call a place a warning from this confidence on, a note below. */
const WARNING_FROM = 0.8
const SHOWN_SUGGESTIONS = 3
const LONGEST_PART = 200

export type Level = 'warning' | 'note'

export const levelOf = ({ confidence }: Pick<Finding, 'confidence'>): Level =>
  confidence >= WARNING_FROM ? 'warning' : 'note'

/** "gadget" looks replaced (confidence 0.91); probably: machine (0.70), device (0.20); reason */
export function findingMessage({ surface, confidence, suggestions, evidence, inQuotation }: Finding): string {
  const best = suggestions.slice(0, SHOWN_SUGGESTIONS).map(proposal).join(', ')
  const quoted = inQuotation ? ', in a quotation' : ''
  const probably = best === '' ? 'no original is proposed' : `probably: ${best}`
  return `"${part(surface)}" looks replaced (confidence ${confidence.toFixed(2)}${quoted}); ${probably}; ${part(evidence[0].text)}`
}

/** One proposal with its probability; an empty text is a deletion. */
export function proposal({ text, probability }: Suggestion): string {
  return `${text === '' ? '(delete)' : part(text)} (${probability.toFixed(2)})`
}

export function verdictMessage({ probability, spinRate }: Verdict): string {
  const share = `about ${Math.round(100 * spinRate)} % of its words`
  return `the document reads as spun (probability ${probability.toFixed(2)}, ${share}): a risk marker, not a proof`
}

/** The verdict in words; never an accusation. */
export function verdictWords(label: Verdict['label']): string {
  switch (label) {
    case 'clean':
      return 'reads clean'
    case 'doubtful':
      return 'doubtful, some wording looks replaced'
    case 'spun':
      return 'likely spun'
  }
}

const part = (text: string): string => shortened(visible(text), LONGEST_PART)
