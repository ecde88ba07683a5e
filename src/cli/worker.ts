/**
 * `unspin worker`: a process that answers the batches of runs elsewhere, until it is interrupted.
 */
import { availableParallelism } from 'node:os'
import { shellError } from './batch.ts'
import { userDictionaries } from './dict.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { Options } from './options.ts'
import type { World } from './world.ts'

export interface WorkerFlags {
  readonly queue: string
  readonly jobs: number | undefined
}

export async function worker(
  { queue, jobs }: WorkerFlags,
  { modelDir, dictionaries }: Options,
  program: string,
  world: World,
): Promise<ExitCode> {
  // Loaded when asked for: it takes a while, and no other command needs it.
  const { serveQueue } = await import('../batch/queue-worker.ts')
  try {
    await serveQueue({
      url: queue,
      jobs: jobs ?? availableParallelism(),
      program,
      models: {
        ...(modelDir !== undefined && { modelDir }),
        userDictionaries: await userDictionaries(dictionaries, world),
      },
      signal: world.signal,
      onReady: (name) => void world.stderr.write(`unspin: ready for batches (${name}); Ctrl-C to stop\n`),
    })
  } catch (error) {
    throw shellError(error)
  }
  return EXIT.interrupted
}
