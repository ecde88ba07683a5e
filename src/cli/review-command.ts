/**
 * `unspin review` on the command line: its flags, checked and put together to a request.
 *
 * In: what commander hands over. Out: the exit code of review-run.ts. Server and database are imported
 * when a review is asked for: the other commands start without them.
 */
import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type ExitCode, UsageError } from './exit-codes.ts'
import type { Options } from './options.ts'
import { type ReviewRequest, review } from './review-run.ts'
import type { World } from './world.ts'

type Flags = Readonly<Record<string, unknown>>
type Action = (
  command: (given: readonly unknown[]) => Promise<ExitCode>,
) => (...given: unknown[]) => Promise<void>
type WithOptions = (
  flags: Flags,
  world: World,
  command: (options: Options) => Promise<ExitCode>,
) => Promise<ExitCode>

const DEFAULT_DB = 'review.unspin.db'
const LARGEST_PORT = 65_535

/** Flags and help; `command` has those of the inputs already. */
export function reviewCommand(
  command: Command,
  world: World,
  action: Action,
  withOptions: WithOptions,
): void {
  const more = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value]
  command
    .description('accept, reject or retype what was found, on a page of this machine or in the terminal')
    .argument(
      '[inputs...]',
      'records of scan --format jsonl, folders of batch, or files and folders to scan; none: go on',
    )
    .option('--db <file>', `the review (default: ${DEFAULT_DB} here)`)
    .option('--text <file>', 'the scanned texts, where the records do not lead to them; repeatable', more)
    .option('--reviewer <name>', 'in whose name decisions are made (default: the user of the machine)')
    .option(
      '--min-confidence <n>',
      'least confidence of a finding when scanning, 0 to 1 (default: the model’s)',
    )
    .option('--tty', 'review in the terminal')
    .option('--port <n>', 'port of the page (default: a free one)')
    .option('--no-open', 'do not open the browser')
    .option('--listen <address>', 'let others in: listen there; needs --token')
    .option('--token <text>', 'what the address must carry (default: a new one each time)')
    .option('--merge <file>', 'take in the decisions of another review; repeatable', more)
    .option('--import <file>', 'take in exported decisions; repeatable', more)
    .option('--export <what>', 'cleaned, patch, decisions, allow, dictionary, agreement or precision')
    .option('--out <folder>', 'where exports are written (default: standard output)')
    .action(
      action(async ([paths, flags]) => {
        const request = await reviewRequest(paths as string[], flags as Flags, world)
        return withOptions(flags as Flags, world, (options) => review(request, options, world))
      }),
    )
}

async function reviewRequest(paths: readonly string[], flags: Flags, world: World): Promise<ReviewRequest> {
  const { reviewerName } = await import('../review/requests.ts')
  const { EXPORT_NAMES } = await import('../review/exports.ts')
  const what = text(flags.export)
  const exported = EXPORT_NAMES.find((name) => name === what)
  if (what !== undefined && exported === undefined) {
    const near = world.api.nearest(what, EXPORT_NAMES)
    throw new UsageError(
      `--export ${JSON.stringify(what)} is not one of ${EXPORT_NAMES.join(', ')}`,
      near === undefined ? `write --export ${EXPORT_NAMES[0]}` : `did you mean "${near}"?`,
    )
  }
  if (flags.out !== undefined && exported === undefined)
    throw new UsageError('--out says where, but nothing is exported', 'add --export cleaned')
  const reviewer = reviewerName(text(flags.reviewer) ?? userName())
  if (reviewer === undefined) throw new UsageError('--reviewer is no name', 'pass 1 to 80 characters')
  return {
    paths,
    db: resolve(world.cwd, text(flags.db) ?? DEFAULT_DB),
    texts: list(flags.text),
    merge: list(flags.merge),
    imports: list(flags.import),
    export: exported,
    out: text(flags.out),
    reviewer,
    tty: flags.tty === true,
    open: flags.open !== false,
    port: portOf(flags.port),
    listen: text(flags.listen),
    token: text(flags.token),
  }
}

function portOf(value: unknown): number {
  if (value === undefined) return 0
  const port = /^\d{1,5}$/.test(String(value)) ? Number(value) : Number.NaN
  if (port <= LARGEST_PORT) return port
  throw new UsageError(
    `--port ${JSON.stringify(value)} is no port`,
    `pass a number from 0 to ${LARGEST_PORT}`,
  )
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user without an entry, as in some containers.
    return 'reviewer'
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []) as readonly string[] // collected by `more`
