/**
 * Findings to a fixed text: which fixes are safe, and the edits that carry them out.
 *
 * In: the text as given and findings. Out: edits of text stretches only: where markup stands between
 * the words of a place, every tag or mark is kept and the words go where the words were.
 */
import { type Edit, splice } from '../document/splice.ts'
import type { Finding, InputFormat, Span, Token } from '../types.ts'

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
    const own = fixEdits(text, found, format === 'html' ? escaped(suggestion.text) : suggestion.text)
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

const escaped = (part: string): string => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** One edit for every run of words with nothing but white space between them. */
function fixEdits(text: string, found: Finding, replacement: string): Edit[] {
  const parts = runs(text, found.tokens)
  if (parts.length < 2) return [plainEdit(text, found, replacement)]
  const words = replacement === '' ? [] : replacement.split(' ')
  // Every run gets its share of the words, in order; with fewer words than runs the last stay empty.
  const share = Math.max(1, words.length / parts.length)
  return parts.map((span, i) => {
    const own = words.slice(Math.round(i * share), Math.round((i + 1) * share)).join(' ')
    const next = parts[i + 1]
    const open = own !== '' && next !== undefined && Math.round((i + 1) * share) < words.length
    return { span, text: open && !parted(text.slice(span.end, next.start)) ? `${own} ` : own }
  })
}

/** One stretch; a deletion takes the space before it along. */
function plainEdit(text: string, found: Finding, replacement: string): Edit {
  let { start } = found.span
  if (replacement === '') while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start -= 1
  return { span: { start, end: found.span.end }, text: replacement }
}

/** Stretches of tokens that no markup separates. */
function runs(text: string, tokens: readonly Token[]): Span<'text'>[] {
  const out: Span<'text'>[] = []
  for (const { span } of tokens) {
    const last = out.at(-1)
    if (last !== undefined && !isMarkup(text.slice(last.end, span.start)))
      out[out.length - 1] = { start: last.start, end: span.end }
    else out.push(span)
  }
  return out
}

/** Tokens are parted by white space, by a reference that reads as such, or by markup. */
const isMarkup = (gap: string): boolean =>
  !/^[\s\p{Z}\p{Cc}\u200b\ufeff\u00ad]*$/u.test(gap) && !/^&[#\w]{1,12};$/.test(gap)

/** White space at either end of the gap or behind a tag; that inside a tag parts no words. */
const parted = (gap: string): boolean => /^[\s&]|[\s;]$|>\s/.test(gap)
