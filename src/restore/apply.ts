/**
 * Findings to a fixed text: which fixes are safe, and what the text is with them.
 *
 * In: the text as given and findings. Out: the text with the first suggestion of each (edits.ts says how
 * one is written), and where each fix lies in it.
 */
import { type Edit, splice } from '../document/splice.ts'
import type { Finding, InputFormat, Span } from '../types.ts'
import { fixEdits } from './edits.ts'

export interface AppliedFix {
  /** Place in the text as given. */
  readonly span: Span<'text'>
  readonly surface: string
  readonly text: string
  readonly probability: number
  readonly confidence: number
}

export interface Fixed {
  readonly text: string
  readonly applied: readonly AppliedFix[]
  /** Where each fix lies in the fixed text, in the order of `applied`. */
  readonly places: readonly Span<'text'>[]
}

/** Is the fix safe enough: sure that the place is spun, and of what stood there? */
export const isSafe = (found: Finding, applyAbove: number, applyShare: number): boolean =>
  found.confidence >= applyAbove && (found.suggestions[0]?.probability ?? 0) >= applyShare

/** Applies the first suggestion of every finding; findings are disjoint and in order. */
export function applyFindings(text: string, findings: readonly Finding[], format: InputFormat): Fixed {
  const edits: Edit[] = []
  const applied: AppliedFix[] = []
  const places: Span<'text'>[] = []
  let shift = 0
  for (const found of findings) {
    const suggestion = found.suggestions[0]
    if (suggestion === undefined) continue
    const source = { text, format, from: edits.at(-1)?.span.end ?? 0 }
    const tokens = found.tokens.length > 0 ? found.tokens : [found]
    const own = fixEdits(source, tokens, format === 'html' ? escaped(suggestion.text) : suggestion.text)
    const first = own[0]
    if (first === undefined) continue
    const start = first.span.start + shift
    for (const edit of own) {
      edits.push(edit)
      shift += edit.text.length - (edit.span.end - edit.span.start)
    }
    const { span, surface, confidence } = found
    places.push({ start, end: Math.max(start, span.end + shift) })
    applied.push({ span, surface, text: suggestion.text, probability: suggestion.probability, confidence })
  }
  return { text: splice(text, edits), applied, places }
}

const escaped = (part: string): string => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
