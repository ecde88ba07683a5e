/**
 * Answers to workflow commands of GitHub Actions: a line for every finding, shown beside the text.
 *
 *   ::warning file=posts/a.md,line=3,endLine=3,col=14,endColumn=30,title=spun-phrase::"…" looks replaced …
 *
 * Columns count UTF-16 units from 1, the end is exclusive. Nothing in a document can end a line or begin
 * another command: percent signs, line ends, colons and commas are escaped as the runner decodes them.
 */
import { lineColumn } from '../document/position.ts'
import type { Problem } from '../types.ts'
import { DOCUMENT_RULE, ruleOf } from './kinds.ts'
import { findingMessage, levelOf, verdictMessage } from './message.ts'
import { isFatal, problemMessage } from './problem.ts'
import type { RecordId } from './record.ts'
import { type Form, inARow } from './sheet.ts'
import { visible } from './visible.ts'

/** Workflow commands. */
export const github: Form = {
  document({ id, analysis: { document, findings, verdict, problems } }) {
    let out = problems.map((problem) => problemCommand(id, problem)).join('')
    if (problems.some(isFatal)) return out
    if (verdict.label === 'spun') {
      out += command(
        'notice',
        [
          ['file', id],
          ['title', DOCUMENT_RULE.id],
        ],
        verdictMessage(verdict),
      )
    }
    const position = lineColumn(document.text)
    for (const found of findings) {
      const [start, end] = [position(found.span.start), position(found.span.end)]
      const place: readonly Property[] = [
        ['file', id],
        ['line', start.line],
        ['endLine', end.line],
        // Columns of places on two lines are not shown, and are refused by some versions of the runner.
        ...(start.line === end.line
          ? ([
              ['col', start.column],
              ['endColumn', end.column],
            ] as const)
          : []),
        ['title', ruleOf(found.kind).id],
      ]
      out += command(levelOf(found) === 'warning' ? 'warning' : 'notice', place, findingMessage(found))
    }
    return out
  },
  failed: problemCommand,
  joiner: () => inARow(),
}

type Property = readonly [name: string, value: string | number]

function problemCommand(id: RecordId, problem: Problem): string {
  const level = isFatal(problem) ? 'error' : 'warning'
  return command(
    level,
    [
      ['file', id],
      ['title', problem.kind],
    ],
    visible(problemMessage(problem)),
  )
}

function command(
  name: 'notice' | 'warning' | 'error',
  properties: readonly Property[],
  message: string,
): string {
  const list = properties.map(([key, value]) => `${key}=${propertyText(String(value))}`).join(',')
  return `::${name} ${list}::${messageText(message)}\n`
}

const messageText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const propertyText = (text: string): string => messageText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
