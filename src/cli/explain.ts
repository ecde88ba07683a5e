/**
 * `unspin explain`: what the engine saw at one place, or what a stage made of the whole document.
 *
 * In: a file or "-", a place as LINE:COLUMN or a stage. Out: the stage's data as indented text. The
 * column counts UTF-16 units from 1, as `scan` prints it.
 */
import { offsets } from '../write/offsets.ts'
import { plain } from '../write/plain.ts'
import type { Stage } from './api.ts'
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts'
import type { Options } from './options.ts'
import { inputs } from './read-input.ts'
import { analyzeOptions, loadEngine, problemLines } from './run-documents.ts'
import type { World } from './world.ts'

export const STAGES: readonly Stage[] = ['tokens', 'candidates', 'lattice', 'paths']

export interface ExplainRequest {
  readonly path: string
  readonly at: Place | undefined
  readonly stage: Stage
}

interface Place {
  readonly line: number
  readonly column: number
}

export async function explain(request: ExplainRequest, options: Options, world: World): Promise<ExitCode> {
  const { path, at, stage } = request
  const optionsOf = analyzeOptions(options, world)
  let last: ExitCode = EXIT.nothing
  for await (const input of inputs([path], options, world)) {
    if (input.state === 'failed') {
      await world.stderr.write(problemLines(input.id, input.problem))
      last = EXIT.failed
      continue
    }
    const engine = await loadEngine(options, world)
    // The text as the engine decodes it, so that the offset means the same to both.
    const asked = optionsOf(input)
    const { text } = world.api.analyze(engine, input.content, asked).document
    const offset = at === undefined ? undefined : offsets(text).fromPosition(at)
    if (at !== undefined && offset === undefined) {
      throw new UsageError(
        `--at ${at.line}:${at.column} lies outside of ${input.name}`,
        'take LINE:COLUMN from unspin scan',
      )
    }
    const seen = world.api.explain(engine, text, {
      ...asked,
      stage,
      ...(offset !== undefined && { at: offset }),
    })
    if (at !== undefined && isNothing(seen)) {
      await world.stderr.write(
        `${input.name}:${at.line}:${at.column}: nothing was considered here\n  fix: take LINE:COLUMN from unspin scan --min-confidence 0\n`,
      )
    } else await world.stdout.write(plain(seen))
    if (world.stdout.closed || world.signal.aborted) break
  }
  return world.signal.aborted ? EXIT.interrupted : last
}

/** No sentence covers the place, or none of its words has a candidate. */
const isNothing = (seen: unknown): boolean => Array.isArray(seen) && seen.every(isNothing)

/** "3:14" to numbers. @throws UsageError on anything else */
export function parsePlace(text: string): Place {
  const [line, column, ...rest] = text.split(':').map((part) => (isCount(part) ? Number(part) : Number.NaN))
  if (rest.length === 0 && line !== undefined && column !== undefined && line >= 1 && column >= 1) {
    return { line, column }
  }
  throw new UsageError(
    `--at ${JSON.stringify(text)} is not LINE:COLUMN`,
    'count both from 1, as in --at 3:14',
  )
}

function isCount(text: string): boolean {
  return text.length > 0 && text.length <= 9 && [...text].every((char) => char >= '0' && char <= '9')
}
