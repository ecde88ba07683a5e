/**
 * A suggestion as an edit of the source: which range goes, what comes in its place.
 *
 * In: the document, a finding, one of its suggestions. Out: the edit, or nothing where other things than
 * words stand inside the place (tags, emphasis marks, character references): a format that knows
 * one range and one text could only write over them. `fix` can do more, since it edits run by run.
 */
import type { Document, Finding, Span, Suggestion } from '../types.ts'

export interface Replacement {
  readonly span: Span<'text'>
  readonly text: string
}

export function replacement(
  { text, format }: Document,
  { span, surface, tokens }: Finding,
  suggestion: Suggestion,
): Replacement | undefined {
  if (!isWords(text, span, surface, tokens)) return undefined
  // A deletion takes the space before it along.
  let { start } = span
  if (suggestion.text === '') while (isBlank(text.charCodeAt(start - 1))) start -= 1
  const words = suggestion.text
  return {
    span: { start, end: span.end },
    text: format === 'html' ? words.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : words,
  }
}

/** Tokens that read as they are written, with nothing but white space between them. */
function isWords(
  text: string,
  { start, end }: Span<'text'>,
  surface: string,
  tokens: Finding['tokens'],
): boolean {
  if (tokens.length === 0) return text.slice(start, end) === surface
  let at = start
  for (const token of tokens) {
    if (text.slice(at, token.span.start).trim() !== '') return false
    if (text.slice(token.span.start, token.span.end) !== token.surface) return false
    at = token.span.end
  }
  return at === end
}

const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x09
