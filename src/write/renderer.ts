/**
 * Every output format by its name: what `scan` and batch runs write with.
 *
 * In: the name of a format and what it needs to know about the program and the terminal. Out: a sheet
 * (or a form, for runs that make parts apart), and whether problems are told in it; where they are not,
 * the caller tells them elsewhere.
 */
import { checkstyle } from './checkstyle.ts'
import { colouredDiff, unifiedDiff } from './diff.ts'
import { github } from './github.ts'
import { htmlReport } from './html-report.ts'
import { jsonJoiner } from './json.ts'
import { jsonLine } from './jsonl.ts'
import { pretty } from './pretty.ts'
import { isFatal } from './problem.ts'
import { rdjsonl } from './rdjsonl.ts'
import { failedRecord, record } from './record.ts'
import { sarif } from './sarif.ts'
import { type Form, inARow, type Sheet, sheetOf } from './sheet.ts'

export const FORMATS = [
  'pretty',
  'json',
  'jsonl',
  'sarif',
  'checkstyle',
  'github',
  'rdjsonl',
  'diff',
  'html',
] as const
export type Format = (typeof FORMATS)[number]

export interface RendererOptions {
  /** Of the program; formats with a field for it name it. */
  readonly version: string
  /** For `pretty` and `diff`. */
  readonly colour: 'ansi' | 'none'
  /** Terminal columns, for `pretty`. */
  readonly columns: number
}

export interface Renderer extends Sheet {
  /** Problems stand in the output; false: the caller has to tell them. */
  readonly tellsProblems: boolean
}

/** A fresh sheet of `format`, good for one output from start to end. */
export function renderer(format: Format, options: RendererOptions): Renderer {
  return { ...sheetOf(formOf(format, options), options.version), tellsProblems: tellsProblems(format) }
}

export const tellsProblems = (format: Format): boolean => format !== 'pretty' && format !== 'diff'

/** How documents become parts of an output in `format`, and parts an output. */
export function formOf(format: Format, options: Pick<RendererOptions, 'colour' | 'columns'>): Form {
  switch (format) {
    case 'pretty':
      return {
        document: ({ analysis }) => (analysis.problems.some(isFatal) ? '' : pretty(analysis, options)),
        failed: () => '',
        joiner: () => inARow(),
      }
    case 'json':
      return { ...RECORDS, joiner: jsonJoiner }
    case 'jsonl':
      return RECORDS
    case 'sarif':
      return sarif
    case 'checkstyle':
      return checkstyle
    case 'github':
      return github
    case 'rdjsonl':
      return rdjsonl
    case 'diff':
      return {
        document({ name, analysis, restored }) {
          const diff = unifiedDiff(name, analysis.document.text, restored ?? analysis.document.text)
          return options.colour === 'ansi' ? colouredDiff(diff) : diff
        },
        failed: () => '',
        joiner: () => inARow(),
      }
    case 'html':
      return htmlReport
  }
}

const RECORDS: Form = {
  document: ({ analysis, id }) => jsonLine(record(analysis, id)),
  failed: (id, problem) => jsonLine(failedRecord(id, [problem])),
  joiner: () => inARow(),
}
