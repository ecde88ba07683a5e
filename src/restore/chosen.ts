/**
 * Texts that a person chose, into a document.
 *
 * In: the text, its tokens, ordered and disjoint places with what takes their place. Out: the new text,
 * written as the engine writes its own fixes: markup inside a place stays, and a text that goes into
 * HTML is escaped.
 */
import type { Finding, InputFormat, Span, Token } from '../types.ts'
import { applyFindings, type Fixed } from './apply.ts'

export interface Chosen {
  readonly span: Span<'text'>
  /** Empty deletes the wording. */
  readonly text: string
}

/** @throws RangeError when places overlap or are out of order: a bug of the caller */
export function applyChosen(
  text: string,
  format: InputFormat,
  tokens: readonly Token[],
  chosen: readonly Chosen[],
): Fixed {
  let at = 0
  const findings = chosen.map((one): Finding => {
    while ((tokens[at]?.span.start ?? Number.POSITIVE_INFINITY) < one.span.start) at += 1
    let end = at
    while ((tokens[end]?.span.end ?? Number.POSITIVE_INFINITY) <= one.span.end) end += 1
    const covered = tokens.slice(at, end)
    at = end
    return {
      span: one.span,
      surface: text.slice(one.span.start, one.span.end),
      confidence: 1,
      kind: 'phrase',
      suggestions: [{ text: one.text, probability: 1 }],
      evidence: [{ kind: 'form', text: 'chosen by a person' }],
      inQuotation: false,
      tokens: covered,
    }
  })
  return applyFindings(text, findings, format)
}
