/**
 * Answers to the Diagnostic lines of reviewdog (rdjsonl): one JSON object a line, with suggestions that
 * it can offer for applying.
 *
 * Lines and columns count from 1, columns in UTF-8 bytes of the text as decoded (a byte order mark is
 * not counted); ends are exclusive.
 */
import type { Analysis, Finding, Problem, Span } from '../types.ts'
import { jsonLine } from './jsonl.ts'
import { DOCUMENT_RULE, ruleOf } from './kinds.ts'
import { findingMessage, levelOf, verdictMessage } from './message.ts'
import { type Offsets, offsets } from './offsets.ts'
import { isFatal, problemMessage } from './problem.ts'
import type { RecordId } from './record.ts'
import { replacement } from './replacement.ts'
import { type Form, inARow } from './sheet.ts'
import { visible } from './visible.ts'

const MOST_SUGGESTIONS = 3

/** Diagnostics. */
export const rdjsonl: Form = {
  document({ id, analysis }) {
    const { document, findings, verdict, problems } = analysis
    let out = problems.map((problem) => problemLine(id, problem)).join('')
    if (problems.some(isFatal)) return out
    if (verdict.label === 'spun') {
      out += diagnostic(id, {}, 'INFO', DOCUMENT_RULE.id, verdictMessage(verdict), [])
    }
    if (findings.length === 0) return out
    const counts = offsets(document.text)
    for (const found of findings) {
      const level = levelOf(found) === 'warning' ? 'WARNING' : 'INFO'
      out += diagnostic(
        id,
        { range: rangeOf(found.span, counts) },
        level,
        ruleOf(found.kind).id,
        findingMessage(found),
        suggestionsOf(analysis, found, counts),
      )
    }
    return out
  },
  failed: (id, problem) => problemLine(id, problem),
  joiner: () => inARow(),
}

function diagnostic(
  id: RecordId,
  place: { readonly range?: object },
  severity: 'INFO' | 'WARNING' | 'ERROR',
  rule: string,
  message: string,
  suggestions: readonly object[],
): string {
  return jsonLine({
    message,
    location: { path: String(id), ...place },
    severity,
    source: { name: 'unspin' },
    code: { value: rule },
    ...(suggestions.length > 0 && { suggestions }),
  })
}

const problemLine = (id: RecordId, problem: Problem): string =>
  diagnostic(
    id,
    {},
    isFatal(problem) ? 'ERROR' : 'WARNING',
    problem.kind,
    visible(problemMessage(problem)),
    [],
  )

const suggestionsOf = ({ document }: Analysis, found: Finding, counts: Offsets): object[] =>
  found.suggestions.slice(0, MOST_SUGGESTIONS).flatMap((suggestion) => {
    const edit = replacement(document, found, suggestion)
    return edit === undefined ? [] : { range: rangeOf(edit.span, counts), text: edit.text }
  })

const rangeOf = ({ start, end }: Span<'text'>, { bytePosition }: Offsets): object => ({
  start: bytePosition(start),
  end: bytePosition(end),
})
