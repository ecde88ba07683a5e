/**
 * Findings to a fixed text: which fixes are safe, and the edits that carry them out.
 *
 * In: the text as given and findings. Out: edits of text stretches only: where markup stands between
 * the words of a place, every tag is kept and the words go where the words were.
 */
import { splice, type Edit } from '../document/splice.ts'
import type { Finding, Span } from '../types.ts'

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
export function applyFindings(text: string, findings: readonly Finding[], markup: boolean): Fixed {
  const edits: Edit[] = []
  const applied: AppliedFix[] = []
  const places: Span<'text'>[] = []
  let shift = 0
  for (const found of findings) {
    const suggestion = found.suggestions[0]
    if (suggestion === undefined) continue
    const own = markup ? markupEdits(text, found, suggestion.text) : [plainEdit(text, found, suggestion.text)]
    const first = own[0]
    if (first === undefined) continue
    const start = first.span.start + shift
    for (const edit of own) {
      edits.push(edit)
      shift += edit.text.length - (edit.span.end - edit.span.start)
    }
    const { span, surface, confidence } = found
    places.push({ start, end: span.end + shift })
    applied.push({ span, surface, text: suggestion.text, probability: suggestion.probability, confidence })
  }
  return { text: splice(text, edits), applied, places }
}

/** One stretch; a deletion takes the space before it along. */
function plainEdit(text: string, found: Finding, replacement: string): Edit {
  let { start } = found.span
  if (replacement === '') while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start -= 1
  return { span: { start, end: found.span.end }, text: replacement }
}

/** Word by word where the numbers agree, else everything into the first word's place. */
function markupEdits(text: string, found: Finding, replacement: string): Edit[] {
  const tokens = found.tokens
  const between = tokens.slice(1).some((token, i) => text.slice(tokens[i]?.span.end, token.span.start).includes('<'))
  const escaped = (part: string): string => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  if (!between) return [plainEdit(text, found, escaped(replacement))]
  const words = replacement.split(' ')
  return tokens.map((token, i) => ({
    span: token.span,
    text: escaped(words.length === tokens.length ? (words[i] as string) : i === 0 ? replacement : ''),
  }))
}
