/**
 * Answers to the XML of Checkstyle, which build servers read: one `file` for every document, one `error`
 * for every finding.
 *
 * Columns count UTF-16 units from 1. The verdict of a document that reads as spun, and what is wrong
 * with an input, stand at line 1 without a column.
 */
import { lineColumn } from '../document/position.ts'
import type { Problem } from '../types.ts'
import { DOCUMENT_RULE, ruleOf } from './kinds.ts'
import { escapeMarkup } from './markup.ts'
import { findingMessage, levelOf, verdictMessage } from './message.ts'
import { isFatal, problemMessage } from './problem.ts'
import type { RecordId } from './record.ts'
import { type Form, inARow } from './sheet.ts'
import { visible } from './visible.ts'

/** One file of XML. */
export const checkstyle: Form = {
  document: ({ id, analysis: { document, findings, verdict, problems } }) => {
    const errors = problems.map(problemError)
    if (!problems.some(isFatal)) {
      if (verdict.label === 'spun')
        errors.push(error(1, undefined, 'info', verdictMessage(verdict), DOCUMENT_RULE.id))
      const position = lineColumn(document.text)
      for (const found of findings) {
        const { line, column } = position(found.span.start)
        const severity = levelOf(found) === 'warning' ? 'warning' : 'info'
        errors.push(error(line, column, severity, findingMessage(found), ruleOf(found.kind).id))
      }
    }
    return fileOf(id, errors)
  },
  failed: (id, problem) => fileOf(id, [problemError(problem)]),
  joiner: () =>
    inARow('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n', '</checkstyle>\n'),
}

function fileOf(id: RecordId, errors: readonly string[]): string {
  const name = escapeMarkup(visible(String(id)))
  return `<file name="${name}">\n${errors.join('')}</file>\n`
}

const problemError = (problem: Problem): string =>
  error(1, undefined, isFatal(problem) ? 'error' : 'warning', visible(problemMessage(problem)), problem.kind)

function error(
  line: number,
  column: number | undefined,
  severity: 'info' | 'warning' | 'error',
  message: string,
  source: string,
): string {
  const at = column === undefined ? `line="${line}"` : `line="${line}" column="${column}"`
  return `<error ${at} severity="${severity}" message="${escapeMarkup(message)}" source="unspin.${source}"/>\n`
}
