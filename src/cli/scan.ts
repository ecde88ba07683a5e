/**
 * `unspin scan`: documents in, verdicts and findings out, in any of the formats of write/renderer.ts.
 *
 * Nothing is written but standard output, document by document. JSON Lines are answered record by
 * record, in input order, failures included. What a format has no room for (problems, in the formats
 * for people) goes to standard error.
 */
import type { Analysis, AnalyzeOptions, Engine } from '../index.ts'
import { isFatal } from '../write/problem.ts'
import { FORMATS, type Format, renderer } from '../write/renderer.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Options } from './options.ts'
import { analyzeOptions, problemLines, type ReadInput, runDocuments } from './run-documents.ts'
import type { World } from './world.ts'

export const SCAN_FORMATS = FORMATS

export interface ScanTarget {
  readonly format: Format
  /** Of the program, for formats that name it. */
  readonly version: string
}

export async function scan(
  paths: readonly string[],
  { format, version }: ScanTarget,
  options: Options,
  world: World,
): Promise<ExitCode> {
  const { stdout, stderr, columns, colourTerminal } = world
  const colour = wantsColour(options, colourTerminal) ? 'ansi' : 'none'
  const sheet = renderer(format, { version, colour, columns })
  const optionsOf = analyzeOptions(options, world)
  // Nothing is written before the first answer: a model that cannot be loaded leaves no half file.
  let started = false
  const write = (text: string): Promise<void> => {
    const opening = started ? '' : sheet.start()
    started = true
    return stdout.write(opening + text)
  }
  const { applyAbove } = options
  const restoredText = (engine: Engine, input: ReadInput, asked: AnalyzeOptions): string =>
    world.api.restore(engine, input.content, { ...asked, ...(applyAbove !== undefined && { applyAbove }) })
      .text
  return runDocuments(paths, options, world, {
    tellFailures: !sheet.tellsProblems,
    failed: (id, problem) => write(sheet.failed(id, problem)),
    end: () => write(sheet.end()),
    async answer(engine, input, seen) {
      const analysis = world.api.analyze(engine, input.content, optionsOf(input))
      const unread = analysis.problems.some(isFatal)
      if (unread) seen.failures += 1
      if (isSpun(analysis)) seen.found = true
      if (!sheet.tellsProblems) {
        for (const problem of analysis.problems) await stderr.write(problemLines(input.id, problem))
      }
      const { id, name } = input
      await write(
        sheet.document({
          id,
          name,
          analysis,
          ...(format === 'diff' && !unread && { restored: restoredText(engine, input, optionsOf(input)) }),
        }),
      )
    },
  })
}

/** What exit code 2 stands for: a place at or above the threshold, or a document that reads as spun. */
function isSpun({ findings, verdict }: Analysis): boolean {
  return findings.length > 0 || verdict.label === 'spun'
}

/** A flag wins over the terminal. */
export function wantsColour({ color }: Options, colourTerminal: boolean): boolean {
  return color === 'always' || (color === 'auto' && colourTerminal)
}
