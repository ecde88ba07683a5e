/**
 * `unspin serve`: flags to a running server, until an interrupt.
 *
 * The address goes to standard error once texts can be read; nothing goes to standard output.
 */

import { LOOPBACK, listenRefusal } from '../review/guard.ts'
import { userDictionaries } from './dict.ts'
import { EXIT, type ExitCode, RunError, UsageError } from './exit-codes.ts'
import { type Options, Rejected, RULES } from './options.ts'
import type { World } from './world.ts'

export interface ServeRequest {
  readonly port: number
  readonly listen: string | undefined
  readonly token: string | undefined
  readonly names: readonly string[]
  readonly threads: number
  readonly waiting: number
  /** Seconds. */
  readonly timeLimit: number
  /** Bytes. */
  readonly maxBody: number
  readonly version: string
}

export async function serve(request: ServeRequest, options: Options, world: World): Promise<ExitCode> {
  const { port, listen, token, names, threads, waiting, timeLimit, maxBody, version } = request
  const { modelDir, minConfidence, applyAbove } = options
  const refused = listenRefusal(listen ?? LOOPBACK, token)
  if (refused !== undefined) throw new UsageError(refused.message, refused.fix)
  // Loaded when it is asked for: the other commands need no server.
  const { startServing } = await import('../review/serve.ts')
  const { PoolError } = await import('../review/serve-pool.ts')
  const dictionaries = await userDictionaries(options.dictionaries, world)
  const running = await startServing({
    setting: {
      version,
      allow: options.allow.map((word) => word.toLowerCase()),
      ...(minConfidence !== undefined && { minConfidence }),
      ...(applyAbove !== undefined && { applyAbove }),
    },
    models: { ...(modelDir !== undefined && { modelDir }), userDictionaries: dictionaries },
    port,
    names,
    threads,
    waiting,
    timeLimit: 1000 * timeLimit,
    maxBody,
    ...(listen !== undefined && { listen }),
    ...(token !== undefined && { token }),
  }).catch((error: unknown) => {
    if (error instanceof PoolError) throw new RunError(error.message, error.fix)
    throw error
  })
  await world.stderr.write(`unspin: listening on ${running.url}\n`)
  await aborted(world.signal)
  await running.close()
  return EXIT.interrupted
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** Flags of the command to a request. @throws UsageError on what cannot be followed */
export function serveRequest(flags: Readonly<Record<string, unknown>>, version: string): ServeRequest {
  const { listen, token } = flags
  return {
    version,
    port: whole(flags, 'port', '--port', 8080, 0, 65_535),
    threads: whole(flags, 'jobs', '--jobs', 1, 1, 64),
    waiting: whole(flags, 'waiting', '--waiting', 16, 0, 10_000),
    timeLimit: whole(flags, 'timeLimit', '--time-limit', 30, 1, 3600),
    maxBody: maxBody(flags.maxBody ?? '2M'),
    listen: typeof listen === 'string' ? listen : undefined,
    token: typeof token === 'string' ? token : undefined,
    names: Array.isArray(flags.name) ? flags.name.map(String) : [],
  }
}

function whole(
  flags: Readonly<Record<string, unknown>>,
  key: string,
  flag: string,
  initial: number,
  least: number,
  most: number,
): number {
  const given = flags[key]
  if (given === undefined) return initial
  const text = String(given)
  const value = text.length <= 9 && [...text].every((char) => char >= '0' && char <= '9') ? Number(text) : -1
  if (text !== '' && value >= least && value <= most) return value
  throw new UsageError(
    `${flag}: ${JSON.stringify(text)} is not a whole number from ${least} to ${most}`,
    `write ${flag} ${initial}`,
  )
}

function maxBody(value: unknown): number {
  try {
    return RULES.maxBytes.read(value, () => undefined)
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    throw new UsageError(`--max-body: ${error.message}`, 'write --max-body 2M')
  }
}
