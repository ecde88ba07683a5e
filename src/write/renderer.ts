/**
 * Every output format by its name: what `scan` and batch runs write with.
 *
 * In: the name of a format and what it needs to know about the program and the terminal. Out: a sheet,
 * and whether problems are told in it; where they are not, the caller tells them elsewhere.
 */
import { checkstyle } from './checkstyle.ts'
import { colouredDiff, unifiedDiff } from './diff.ts'
import { github } from './github.ts'
import { htmlReport } from './html-report.ts'
import { jsonArray } from './json.ts'
import { jsonLine } from './jsonl.ts'
import { pretty } from './pretty.ts'
import { isFatal } from './problem.ts'
import { rdjsonl } from './rdjsonl.ts'
import { failedRecord, record } from './record.ts'
import { sarif } from './sarif.ts'
import type { Sheet } from './sheet.ts'

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
  return { ...sheet(format, options), tellsProblems: format !== 'pretty' && format !== 'diff' }
}

function sheet(format: Format, options: RendererOptions): Sheet {
  switch (format) {
    case 'pretty':
      return {
        ...PLAIN,
        document: ({ analysis }) => (analysis.problems.some(isFatal) ? '' : pretty(analysis, options)),
      }
    case 'json': {
      const array = jsonArray()
      return {
        start: () => '',
        document: ({ analysis, id }) => array.next(record(analysis, id)),
        failed: (id, problem) => array.next(failedRecord(id, [problem])),
        end: () => array.end(),
      }
    }
    case 'jsonl':
      return {
        ...PLAIN,
        document: ({ analysis, id }) => jsonLine(record(analysis, id)),
        failed: (id, problem) => jsonLine(failedRecord(id, [problem])),
      }
    case 'sarif':
      return sarif(options.version)
    case 'checkstyle':
      return checkstyle()
    case 'github':
      return github()
    case 'rdjsonl':
      return rdjsonl()
    case 'diff':
      return {
        ...PLAIN,
        document({ name, analysis, restored }) {
          const diff = unifiedDiff(name, analysis.document.text, restored ?? analysis.document.text)
          return options.colour === 'ansi' ? colouredDiff(diff) : diff
        },
      }
    case 'html':
      return htmlReport(options.version)
  }
}

/** Documents one after the other, and nothing else. */
const PLAIN: Pick<Sheet, 'start' | 'failed' | 'end'> = { start: () => '', failed: () => '', end: () => '' }
