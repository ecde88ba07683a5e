/**
 * `unspin dict …` on the command line: which subcommands and flags there are. Thin: values are checked
 * and work is done by the dict-*.ts files.
 */
import type { Command } from 'commander'
import { IMPORT_FORMATS, type ImportFormat } from '../index.ts'
import { type DictRequest, dictBuild, dictWhy } from './dict.ts'
import { dictCheck } from './dict-check.ts'
import { dictImport, type HeaderRequest } from './dict-import.ts'
import { dictMine } from './dict-mine.ts'
import { dictStats } from './dict-stats.ts'
import type { ExitCode } from './exit-codes.ts'
import type { World } from './world.ts'

type Flags = Readonly<Record<string, unknown>>
type Action = (
  command: (given: readonly unknown[]) => Promise<ExitCode>,
) => (...given: unknown[]) => Promise<void>
type Choice = <T extends string>(flag: string, choices: readonly T[], value: unknown, world: World) => T

const LISTS = [
  '--wordlists <folder>',
  'folder with habits/, phrases/, terms/ and inflection/ (default: the package’s)',
] as const

export function dictCommands(root: Command, world: World, action: Action, choice: Choice): void {
  const dict = root.command('dict').description('check, compile, question and fill the word lists')
  dict
    .command('check')
    .description('check word list files, and that their entries keep quiet in clean texts')
    .argument('[files...]')
    .option(...LISTS)
    .option('--samples <folder>', 'folder of clean texts, clean-*.txt (default: the package’s)')
    .option('--fix', 'first sort habits files and merge what is listed twice')
    .action(
      action(async ([files, flags]) => {
        const { fix, samples } = flags as Flags
        return dictCheck({ ...dictRequest(flags, files), fix: fix === true, samples: text(samples) }, world)
      }),
    )
  dict
    .command('build')
    .description('compile the word lists to one file')
    .argument('[files...]')
    .option(...LISTS)
    .option('--out <file>', 'where to write it (default: where the library looks for it)')
    .action(
      action(async ([files, flags]) =>
        dictBuild({ ...dictRequest(flags, files), out: text((flags as Flags).out) }, world),
      ),
    )
  dict
    .command('why')
    .description('show the entries that match a phrase, or the nearest ones')
    .argument('<phrase>')
    .option(...LISTS)
    .action(action(async ([phrase, flags]) => dictWhy(String(phrase), dictRequest(flags, []), world)))
  dict
    .command('stats')
    .description('count entries, pairs and sequences, by file, kind and part of speech')
    .argument('[files...]')
    .option(...LISTS)
    .action(action(async ([files, flags]) => dictStats(dictRequest(flags, files), world)))
  withHeader(dict.command('import'))
    .description('a public list to candidate entries, for review')
    .argument('<file>')
    .option('--from <format>', `${IMPORT_FORMATS.join(', ')} (default: by the first line)`)
    .option('--out <file>', 'a .yaml file of entries or a .tsv file of habits (default: standard output)')
    .action(
      action(async ([path, flags]) => {
        const { from, out } = flags as Flags
        const format =
          from === undefined ? undefined : choice<ImportFormat>('--from', IMPORT_FORMATS, from, world)
        return dictImport(
          { path: String(path), from: format, out: text(out), header: headerOf(flags) },
          world,
        )
      }),
    )
  withHeader(dict.command('mine'))
    .description(
      'JSON Lines of copies and their sources to candidate entries, for review; - is standard input',
    )
    .argument('<files...>')
    .option(...LISTS)
    .option('--min-count <n>', 'least number of times a pair was seen (default: 2)')
    .option(
      '--out <file>',
      'a .yaml file of entries or a .tsv file of habits (default: entries on standard output)',
    )
    .action(
      action(async ([paths, flags]) => {
        const { minCount = 2, out } = flags as Flags
        const known = dictRequest(flags, [])
        return dictMine(
          { paths: paths as string[], minCount, out: text(out), header: headerOf(flags), known },
          world,
        )
      }),
    )
}

const withHeader = (command: Command): Command =>
  command
    .option('--origin <text>', 'where the knowledge comes from, for the head of the new file')
    .option('--licence <text>', 'licence of the list')
    .option('--date <date>', 'date of the file, YYYY-MM-DD (default: today)')

function headerOf(flags: unknown): HeaderRequest {
  const { origin, licence, date } = flags as Flags
  return { origin: text(origin), licence: text(licence), date: text(date) }
}

function dictRequest(flags: unknown, files: unknown): DictRequest {
  return { wordlists: text((flags as Flags).wordlists), files: files as string[] }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
