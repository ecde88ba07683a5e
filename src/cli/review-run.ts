/**
 * A review from request to exit code: decisions and documents are taken in, then the page is shown, the
 * terminal asks, or something is given out.
 *
 * The review is locked while the command runs. The server ends with the first interrupt, which is its
 * normal end.
 */
import { createReadStream, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { byteLines } from '../batch/lines.ts'
import { unreadable } from '../batch/problems.ts'
import type { ExportName } from '../review/api-types.ts'
import type { NewDocument } from '../review/documents.ts'
import type { Store } from '../review/store.ts'
import { codeOf } from '../write/error-code.ts'
import { visible } from '../write/visible.ts'
import { EXIT, type ExitCode, exitCode, RunError, type Tally, tally, UsageError } from './exit-codes.ts'
import type { Options } from './options.ts'
import { problemLines } from './run-documents.ts'
import type { World } from './world.ts'

/** Documents in one transaction. */
const BATCH = 100
/** Progress is told no more often, milliseconds. */
const PROGRESS_MS = 2000
const MAX_LINE_BYTES = 1_000_000

export interface ReviewRequest {
  readonly paths: readonly string[]
  readonly db: string
  /** Texts of the records, where these do not say themselves. */
  readonly texts: readonly string[]
  /** Other reviews whose history is taken in. */
  readonly merge: readonly string[]
  /** Files of exported decisions. */
  readonly imports: readonly string[]
  readonly export: ExportName | undefined
  readonly out: string | undefined
  readonly reviewer: string
  readonly tty: boolean
  readonly open: boolean
  readonly port: number
  readonly listen: string | undefined
  readonly token: string | undefined
}

/** Runs a request. @throws RunError when the review cannot be opened or the server cannot listen */
export async function review(request: ReviewRequest, options: Options, world: World): Promise<ExitCode> {
  const { openReview } = await import('../review/store.ts')
  const { ReviewRefusal } = await import('../review/problem.ts')
  if (
    request.paths.length === 0 &&
    !existsSync(request.db) &&
    request.merge.length + request.imports.length === 0
  )
    throw new UsageError(
      `there is no review ${request.db}, and nothing to begin one with`,
      'name records of unspin scan --format jsonl, files, folders, or another review with --db',
    )
  let store: Store | undefined
  try {
    store = openReview(request.db)
    const seen = tally()
    await takeIn(store, request, world)
    await addInputs(store, request, options, seen, world)
    if (world.signal.aborted) return EXIT.interrupted
    await answer(store, request, seen, world)
    return exitCode(seen, false)
  } catch (error) {
    if (error instanceof ReviewRefusal) throw new RunError(error.message, error.fix)
    throw error
  } finally {
    store?.close()
  }
}

/** What is asked for once the review is complete: an export, the terminal, the page, or nothing more. */
async function answer(store: Store, request: ReviewRequest, seen: Tally, world: World): Promise<void> {
  if (request.export !== undefined) return giveOut(store, request.export, request.out, seen, world)
  if (request.tty) {
    const { reviewInTerminal } = await import('./review-tty.ts')
    return reviewInTerminal(store, request.reviewer, world)
  }
  if (request.merge.length + request.imports.length > 0) return undefined
  return showPage(store, request, world)
}

/** Decisions of others, before the documents: they are placed as these come. */
async function takeIn(store: Store, { merge, imports }: ReviewRequest, world: World): Promise<void> {
  const { historyOfFile } = await import('../review/store.ts')
  for (const path of merge) await taken(path, { values: historyOfFile(resolve(world.cwd, path)), lines: [] })
  for (const path of imports) await taken(path, await jsonLines(path, world))

  async function taken(path: string, { values, lines }: Lines): Promise<void> {
    const merged = store.merge(values)
    if ('faults' in merged) {
      const [first] = merged.faults
      const more = merged.faults.length > 1 ? ` (and ${merged.faults.length - 1} more lines)` : ''
      throw new RunError(
        `${path}:${lines[(first?.line ?? 0) - 1] ?? first?.line}: ${first?.message}${more}; nothing was taken in`,
        'pass a file that --export decisions made',
      )
    }
    await world.stderr.write(`${visible(path)}: ${merged.added} new decisions, ${merged.known} known\n`)
  }
}

interface Lines {
  readonly values: readonly unknown[]
  /** Number of each in its file. */
  readonly lines: readonly number[]
}

/** Values of a JSON Lines file; undefined for a line that is no JSON. */
async function jsonLines(path: string, { cwd, stdin }: World): Promise<Lines> {
  const values: unknown[] = []
  const lines: number[] = []
  try {
    const chunks = path === '-' ? stdin : createReadStream(resolve(cwd, path))
    for await (const part of byteLines(chunks, MAX_LINE_BYTES)) {
      lines.push(part.line)
      values.push(part.state === 'whole' ? parsed(part.bytes) : undefined)
    }
  } catch (error) {
    throw new RunError(`${path}: ${unreadable(codeOf(error)).message}`, 'check the path')
  }
  return { values, lines }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

async function addInputs(
  store: Store,
  { paths, texts }: ReviewRequest,
  options: Options,
  seen: Tally,
  world: World,
): Promise<void> {
  if (paths.length === 0) return
  const { reviewables } = await import('./review-inputs.ts')
  const counts = new Map<string, number>()
  const isGone = (id: string | number): boolean => !existsSync(resolve(world.cwd, String(id)))
  let waiting: NewDocument[] = []
  let done = 0
  let said = Date.now()
  const flush = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    for (const [i, added] of store.addAll(batch, isGone).entries()) {
      counts.set(added.state, (counts.get(added.state) ?? 0) + 1)
      if (added.state !== 'refused') continue
      seen.failures += 1
      await world.stderr.write(problemLines(batch[i]?.record.id ?? '', { kind: 'record', ...added.problem }))
    }
    done += batch.length
    if (batch.length < BATCH || Date.now() < said + PROGRESS_MS) return
    said = Date.now()
    await world.stderr.write(`${done} documents…\n`)
  }
  for await (const one of reviewables(paths, texts, options, world)) {
    if (world.signal.aborted) break
    if (one.state === 'failed') {
      seen.failures += 1
      await world.stderr.write(problemLines(one.id, one.problem))
      continue
    }
    waiting.push(one.document)
    if (waiting.length >= BATCH) await flush()
  }
  await flush()
  const outcome = ['added', 'changed', 'moved', 'same', 'refused']
    .filter((state) => counts.has(state))
    .map((state) => `${counts.get(state)} ${state === 'same' ? 'unchanged' : state}`)
  await world.stderr.write(`${visible(store.name)}: documents: ${outcome.join(', ') || 'none'}\n`)
}

async function giveOut(
  store: Store,
  what: ExportName,
  out: string | undefined,
  seen: Tally,
  { cwd, stdout, stderr }: World,
): Promise<void> {
  if (out === undefined) {
    for (const part of store.export(what).parts) {
      await stdout.write(part)
      if (stdout.closed) return
    }
    return
  }
  const { writeExport } = await import('../review/write-out.ts')
  const { files, problems } = writeExport(store, what, resolve(cwd, out), cwd)
  for (const problem of problems) {
    seen.failures += 1
    await stderr.write(`${visible(problem.message)}\n  fix: ${visible(problem.fix)}\n`)
  }
  await stderr.write(`${visible(out)}: ${files.length === 1 ? '1 file' : `${files.length} files`} written\n`)
}

/** Serves until the first interrupt. */
async function showPage(store: Store, request: ReviewRequest, world: World): Promise<void> {
  const { startServer } = await import('../review/server.ts')
  const { port, reviewer, listen, token } = request
  const server = await startServer({
    store,
    reviewer,
    port,
    ...(listen !== undefined && { listen }),
    ...(token !== undefined && { token }),
    report: (error) => {
      const fact = error instanceof Error ? (error.stack ?? error.message) : String(error)
      void world.stderr.write(`unspin: this is a bug, please report it:\n${fact}\n`)
    },
  })
  await world.stdout.write(`${server.url}\n`)
  await world.stderr.write(`${visible(store.name)}: open until Ctrl-C\n`)
  try {
    if (request.open) await openBrowser(server.url, world)
    await interrupted(world.signal)
  } finally {
    await server.close()
  }
}

/** No browser is no failure: the address has been printed. */
async function openBrowser(url: string, { stderr }: World): Promise<void> {
  try {
    const { default: open } = await import('open')
    const child = await open(url)
    child.on('error', () => {
      // A machine without one.
    })
  } catch {
    await stderr.write('no browser could be started: open the address yourself\n')
  }
}

const interrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
