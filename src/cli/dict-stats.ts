/**
 * `unspin dict stats`: how much the word lists say, by file, kind and part of speech.
 *
 * In: parsed files and what the compiler counted. Out: plain data, printed by write/plain.
 */
import { type DictFile, type Parsed, parseFiles } from '../index.ts'
import { plain } from '../write/plain.ts'
import { type DictRequest, sources, tell } from './dict.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { World } from './world.ts'

export async function dictStats(request: DictRequest, world: World): Promise<ExitCode> {
  const { files, inflector } = await sources(request, world)
  const { problems, stats } = world.api.compileDictionary(files, inflector)
  const failed = await tell(problems, world)
  await world.stdout.write(plain({ ...stats, ...statistics(files, parseFiles(files)) }))
  return failed ? EXIT.failed : EXIT.nothing
}

/** Counts that the compiled dictionary no longer shows. */
export function statistics(files: readonly DictFile[], parsed: Parsed) {
  const { habits, entries } = parsed
  const examples = entries.reduce((sum, { restore, keep }) => sum + restore.length + keep.length, 0)
  return {
    originals: new Set([
      ...habits.map(({ original }) => original),
      ...entries.flatMap(({ originals }) => originals.map(({ text }) => text)),
    ]).size,
    status: tallied(entries.map(({ status }) => status)),
    guarded: entries.filter(({ guard }) => guard !== undefined).length,
    examples,
    'habits by part of speech': tallied(habits.map(({ pos }) => pos)),
    'pairs by part of speech': tallied(habits.flatMap(({ pos, spun }) => spun.map(() => pos))),
    'pairs by class': tallied(habits.flatMap(({ spun }) => spun.map((one) => one.class))),
    'by file': new Map(
      files.map((file): [string, Readonly<Record<string, number>>] => [file.name, ofFile(file, parsed)]),
    ),
  }
}

/** What one file lists, in its own units. */
function ofFile(
  { name, text }: DictFile,
  { habits, entries, terms }: Parsed,
): Readonly<Record<string, number>> {
  const units = text.length
  const own = entries.filter(({ file }) => file === name)
  const lines = habits.filter(({ file }) => file === name)
  const listed = terms.filter(({ file }) => file === name)
  if (listed.length > 0) return { terms: listed.length, units }
  if (name.endsWith('.tsv'))
    return { habits: lines.length, pairs: lines.reduce((sum, { spun }) => sum + spun.length, 0), units }
  return { entries: own.length, patterns: own.reduce((sum, { spun }) => sum + spun.length, 0), units }
}

/** Most frequent first, then by name. */
function tallied(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)))
}
