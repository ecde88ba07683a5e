/**
 * `unspin scan`: documents in, verdicts and findings out, in one of three formats.
 *
 * Nothing is written but standard output. JSON Lines are answered record by record: one line out for
 * every record in, in input order, failures included.
 */
import type { Analysis, Problem } from '../index.ts'
import { jsonArray } from '../write/json.ts'
import { jsonLine } from '../write/jsonl.ts'
import { pretty } from '../write/pretty.ts'
import { failedRecord, type RecordId, record } from '../write/record.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Options } from './options.ts'
import { analyzeOptions, isFatal, problemLines, runDocuments } from './run-documents.ts'
import type { World } from './world.ts'

export const SCAN_FORMATS = ['pretty', 'json', 'jsonl'] as const
export type ScanFormat = (typeof SCAN_FORMATS)[number]

interface Writer {
  analysed(analysis: Analysis, id: RecordId): Promise<void>
  failed(id: RecordId, problem: Problem): Promise<void>
  end(): Promise<void>
}

export function scan(
  paths: readonly string[],
  format: ScanFormat,
  options: Options,
  world: World,
): Promise<ExitCode> {
  const writer = writers(format, options, world)
  return runDocuments(paths, options, world, {
    tellFailures: format === 'pretty',
    failed: writer.failed,
    end: writer.end,
    async answer(engine, input, seen) {
      const analysis = world.api.analyze(engine, input.content, analyzeOptions(input, options))
      if (analysis.problems.some(isFatal)) seen.failures += 1
      if (isSpun(analysis)) seen.found = true
      await writer.analysed(analysis, input.id)
    },
  })
}

/** What exit code 2 stands for: a place at or above the threshold, or a document that reads as spun. */
function isSpun({ findings, verdict }: Analysis): boolean {
  return findings.length > 0 || verdict.label === 'spun'
}

function writers(format: ScanFormat, options: Options, { stdout, stderr, ...terminal }: World): Writer {
  switch (format) {
    case 'jsonl':
      return {
        analysed: (analysis, id) => stdout.write(jsonLine(record(analysis, id))),
        failed: (id, problem) => stdout.write(jsonLine(failedRecord(id, [problem]))),
        end: () => Promise.resolve(),
      }
    case 'json': {
      const array = jsonArray()
      return {
        analysed: (analysis, id) => stdout.write(array.next(record(analysis, id))),
        failed: (id, problem) => stdout.write(array.next(failedRecord(id, [problem]))),
        end: () => stdout.write(array.end()),
      }
    }
    case 'pretty': {
      const colour = wantsColour(options, terminal.colourTerminal) ? 'ansi' : 'none'
      return {
        async analysed(analysis, id) {
          for (const problem of analysis.problems) await stderr.write(problemLines(id, problem))
          if (analysis.problems.some(isFatal)) return
          await stdout.write(pretty(analysis, { colour, columns: terminal.columns }))
        },
        failed: () => Promise.resolve(),
        end: () => Promise.resolve(),
      }
    }
  }
}

/** A flag wins over the terminal. */
export function wantsColour({ color }: Options, colourTerminal: boolean): boolean {
  return color === 'always' || (color === 'auto' && colourTerminal)
}
