/**
 * `unspin dict mine`: JSON Lines of copies and their sources to candidate entries, never applied.
 *
 * Read line by line; what is held is bounded by the miner. Records that cannot be used are told and
 * make the exit code 1, the others count.
 */
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { byteLines } from '../batch/lines.ts'
import { unreadable } from '../batch/problems.ts'
import { draftsAsEntries, draftsAsHabits, type Miner, minedDrafts, miner } from '../index.ts'
import { codeOf } from '../write/error-code.ts'
import { counted, type DictRequest, sources, tell } from './dict.ts'
import { draftHeader, give, type HeaderRequest, isHabits } from './dict-import.ts'
import { EXIT, type ExitCode, RunError, UsageError } from './exit-codes.ts'
import type { World } from './world.ts'

const MAX_LINE_BYTES = 20_000_000

export interface DictMineRequest {
  readonly paths: readonly string[]
  /** As the flag gave it. */
  readonly minCount: unknown
  readonly out: string | undefined
  readonly header: HeaderRequest
  /** What is in these word lists already is left out. */
  readonly known: DictRequest
}

export async function dictMine(request: DictMineRequest, world: World): Promise<ExitCode> {
  const { paths, out } = request
  const minCount = Number(request.minCount)
  if (!Number.isInteger(minCount) || minCount < 1) {
    throw new UsageError(`--min-count ${request.minCount} is no whole number above 0`, 'write --min-count 2')
  }
  const habits = out !== undefined && isHabits(out)
  const header = draftHeader(request.header, `mined from ${paths.join(', ')}, not reviewed`)
  const mine = miner()
  let [records, failures] = [0, 0]
  for (const path of paths) {
    for await (const fault of faults(path, mine, world)) {
      records += 1
      if (fault === undefined) continue
      failures += 1
      await world.stderr.write(
        `${fault}\n  fix: write {"spun": …, "original": …} or {"spun": …, "pairs": [{"spun": …, "original": …}]}\n`,
      )
    }
    if (world.signal.aborted) return EXIT.interrupted
  }
  const mined = mine.mined(minCount)
  const { files, inflector } = await sources(request.known, world)
  // What is wrong with the word lists is the matter of `dict check`.
  const known = world.api.compileDictionary(files, inflector).dictionary
  const drafts = minedDrafts(mined, [world.api.dictionary(known)])
  const written = habits
    ? draftsAsHabits(drafts, header, paths.join(', '))
    : { text: draftsAsEntries(drafts, header), problems: [] }
  await tell(written.problems, world)
  await give(written.text, out, world)
  if (mine.dropped > 0) {
    await world.stderr.write(`${counted(mine.dropped, 'rare pair')} given up to bound the memory\n`)
  }
  await world.stderr.write(
    `${counted(records, 'record')}: ${counted(drafts.length, 'candidate')} from ${counted(mined.length, 'pair')} seen at least ${minCount} times\n`,
  )
  return failures > 0 ? EXIT.failed : EXIT.nothing
}

/** One value a record: what is wrong with it, or undefined. */
async function* faults(
  path: string,
  mine: Miner,
  { cwd, stdin, signal }: World,
): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder()
  for await (const part of byteLines(
    path === '-' ? stdin : fileChunks(resolve(cwd, path), path),
    MAX_LINE_BYTES,
  )) {
    if (signal.aborted) return
    const at = (fact: string): string => `${path}:${part.line}: ${fact}`
    if (part.state === 'too-long') {
      yield at(`the line has ${part.size} bytes, more than ${MAX_LINE_BYTES}`)
      continue
    }
    let record: unknown
    try {
      record = JSON.parse(decoder.decode(part.bytes))
    } catch {
      yield at('not JSON')
      continue
    }
    const fault = mine.add(record)
    yield fault === undefined ? undefined : at(fault)
  }
}

async function* fileChunks(path: string, shown: string): AsyncGenerator<Uint8Array> {
  try {
    const file = await open(path, 'r')
    yield* file.createReadStream({ highWaterMark: 1 << 18 })
  } catch (error) {
    throw new RunError(`${shown}: ${unreadable(codeOf(error)).message}`, 'check the path')
  }
}
