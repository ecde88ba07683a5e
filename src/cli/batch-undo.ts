/**
 * `unspin batch undo`: the output folder of `batch fix` back to the inputs, in another folder.
 *
 * What became of each input is said on standard error; standard output stays for results, and there are
 * none but the files.
 */
import { resolve } from 'node:path'
import { undo } from '../batch/undo.ts'
import { visible } from '../write/visible.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { problemLines } from './run-documents.ts'
import type { World } from './world.ts'

export async function batchUndo(outDir: string, intoDir: string, world: World): Promise<ExitCode> {
  const counts = { restored: 0, untouched: 0, failed: 0 }
  for await (const one of undo(resolve(world.cwd, outDir), resolve(world.cwd, intoDir))) {
    counts[one.state] += 1
    if (one.state === 'failed') await world.stderr.write(problemLines(one.name, one.problem))
    if (one.state === 'untouched') {
      await world.stderr.write(
        `${visible(one.name)}: a web archive, which was never changed; use the input itself\n`,
      )
    }
    if (world.signal.aborted) return EXIT.interrupted
  }
  const restored = counts.restored === 1 ? '1 input' : `${counts.restored} inputs`
  await world.stderr.write(`unspin: ${restored} restored in ${visible(intoDir)}\n`)
  return counts.failed > 0 ? EXIT.failed : EXIT.nothing
}
