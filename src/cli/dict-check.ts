/**
 * `unspin dict check`: what is wrong with the word lists, and whether the entries alone keep quiet in
 * clean texts. `--fix` first puts habits files in order, which a machine can do.
 */
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  type DictFile,
  FALSE_ALARM_BUDGET,
  type FalseAlarms,
  falseAlarms,
  samplesPath,
  tidyHabits,
} from '../index.ts'
import { visible } from '../write/visible.ts'
import {
  counted,
  counts,
  type DictRequest,
  readBounded,
  type Sources,
  sources,
  tell,
  writeWhole,
} from './dict.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { World } from './world.ts'

export interface DictCheckRequest extends DictRequest {
  readonly fix: boolean
  /** Folder of the clean texts (clean-*.txt); the package's own by default. */
  readonly samples: string | undefined
}

export async function dictCheck(request: DictCheckRequest, world: World): Promise<ExitCode> {
  const read = await sources(request, world)
  const lists = request.fix ? { ...read, files: await tidied(read, world) } : read
  const problems = world.api.checkDictionary(lists.files, lists.inflector)
  const failed = await tell(problems, world)
  const alarms = await alarmsIn(lists, request.samples, world)
  const loud = alarms !== undefined && alarms.density > FALSE_ALARM_BUDGET
  if (loud) await tellAlarms(alarms, world)
  await world.stdout.write(`${counted(lists.files.length, 'file')} checked: ${counts(problems)}\n`)
  if (alarms !== undefined) {
    await world.stdout.write(
      `${counted(alarms.found.length, 'match', 'matches')} in ${counted(alarms.words, 'word')} of clean text: ${alarms.density.toFixed(1)} per 1,000 words, the budget is ${FALSE_ALARM_BUDGET}\n`,
    )
  }
  return failed || loud ? EXIT.failed : EXIT.nothing
}

/** Writes the files that tidying changes; returns all as they are then. */
async function tidied({ files, paths }: Sources, world: World): Promise<readonly DictFile[]> {
  const habits = files.filter(({ name }) => name.endsWith('.tsv'))
  const tidy = new Map(tidyHabits(habits).map((file) => [file.name, file]))
  const out: DictFile[] = []
  for (const [at, file] of files.entries()) {
    const now = tidy.get(file.name) ?? file
    out.push(now)
    const path = paths[at]
    if (now.text === file.text || path === undefined) continue
    await writeWhole(path, new TextEncoder().encode(now.text))
    await world.stderr.write(`${visible(file.name)}: put in order\n`)
  }
  return out
}

/** Undefined where there is no entry to ask or no clean text to ask it in. */
async function alarmsIn(
  { files, inflector }: Sources,
  samples: string | undefined,
  world: World,
): Promise<FalseAlarms | undefined> {
  const { dictionary, stats } = world.api.compileDictionary(
    files.filter(({ name }) => !name.endsWith('.tsv')),
    inflector,
  )
  if (stats.entries === 0) return undefined
  const folder = samples === undefined ? samplesPath() : resolve(world.cwd, samples)
  const names = await readdir(folder).catch((): string[] => [])
  const clean: DictFile[] = []
  for (const name of names.sort()) {
    if (!name.startsWith('clean-') || !name.endsWith('.txt')) continue
    clean.push({ name, text: await readBounded(join(folder, name), name) })
  }
  return clean.length === 0 ? undefined : falseAlarms(world.api.dictionary(dictionary), clean)
}

async function tellAlarms({ found }: FalseAlarms, { stderr }: World): Promise<void> {
  for (const { place, surface, origin, original } of found) {
    const fact = `"${surface}" of ${origin} ("${original}") matches in clean text`
    await stderr.write(`${visible(`${place}: ${fact}`)}\n  fix: give the entry a guard\n`)
  }
}
