/**
 * The command line as a whole: which commands and flags there are, and how a mistake is answered.
 *
 * In: the arguments and a World. Out: an exit code; nothing throws but bugs. commander only splits the
 * arguments and writes the help; values are read by options.ts, so that flags and configuration file
 * follow the same rules.
 */
import { Command, CommanderError } from 'commander'
import type { Stage } from './api.ts'
import { batchCommands } from './batch-commands.ts'
import { effectiveOptions, optionLines } from './config.ts'
import { dictCommands } from './dict-commands.ts'
import { EXIT, type ExitCode, RunError, UsageError } from './exit-codes.ts'
import { explain, parsePlace, STAGES } from './explain.ts'
import { FIX_FORMATS, type FixTarget, fix } from './fix.ts'
import { OPTION_NAMES, type OptionName, type Options, oneOf, Rejected } from './options.ts'
import { reviewCommand } from './review-command.ts'
import { SCAN_FORMATS, scan } from './scan.ts'
import { serve, serveRequest } from './serve-command.ts'
import { train, trainProposals } from './train.ts'
import type { World } from './world.ts'

/** What commander hands over: attribute name to string, boolean or list. */
type Flags = Readonly<Record<string, unknown>>

/** Of --min-confidence. */
const LEAST = 'least confidence of a finding, 0 to 1; 0 lists every place (default: the model’s)'

const EXIT_CODES = `
Exit codes: 0 nothing found, 2 spun text found, 1 something failed, 64 usage, 130 interrupted.`

/** Runs one command line (without node and script) to its exit code. */
export async function run(args: readonly string[], version: string, world: World): Promise<ExitCode> {
  let code: ExitCode = EXIT.nothing
  const root = program(version, world, (command) => async (...given: unknown[]) => {
    code = await command(given)
  })
  const tell = (name: string, { message, fix: todo }: UsageError | RunError): Promise<void> =>
    world.stderr.write(`${name}: ${message}\n  fix: ${todo}\n`)
  try {
    await root.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.nothing : EXIT.usage
    if (error instanceof UsageError) {
      await tell('unspin', error)
      return EXIT.usage
    }
    if (error instanceof RunError) {
      await tell('unspin', error)
      return EXIT.failed
    }
    throw error
  }
}

type Action = (
  command: (given: readonly unknown[]) => Promise<ExitCode>,
) => (...given: unknown[]) => Promise<void>

function program(version: string, world: World, action: Action): Command {
  const root = new Command('unspin')
    .description(
      'Finds spun wording (words replaced from a thesaurus) and proposes what probably stood there.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      writeErr: (text) =>
        void world.stderr.write(text.startsWith('error: ') ? `unspin: ${text.slice(7)}` : text),
    })
    .showHelpAfterError('  fix: see unspin --help')
    .addHelpText('after', EXIT_CODES)

  const withInput = (command: Command): Command =>
    command
      .option('--input-format <name>', 'auto, text, html, md or jsonl (auto: by the ending)')
      .option('--encoding <name>', 'character encoding of the files (default: found from the bytes)')
      .option('--content <what>', 'of web pages: page (all text, the default) or main (the article)')
      .option('--text-key <name>', 'field of a JSON Lines record that holds the text (default: text)')
      .option('--id-key <name>', 'field that holds its id (default: id)')
      .option('--max-bytes <n>', 'longest document or record, as 5000000 or 5M (default: 20M)')
      .option('--dictionary <file>', 'a further dictionary file; may be repeated', collected)
      .option(
        '--allow <wording>',
        'never flag this wording, "a [wording] there", or those in @FILE; repeatable',
        collected,
      )
      .option('--model <folder>', 'folder of the model files (default: the package’s own)')
      .option('--config <file>', 'configuration file (default: unspin.config.json or .yaml, found upward)')
      .option('--no-config', 'read no configuration file')

  const withRun = (command: Command): Command =>
    withInput(command)
      .option('--min-confidence <n>', LEAST)
      .option('--color <when>', 'auto, always or never (default: auto)')
      .option('--exit-zero', 'end with 0 even if spun text was found')
      .option('--print-options', 'print the effective options and where each came from')

  withRun(root.command('scan'))
    .description('find spun wording in files; - is standard input')
    .argument('<files...>')
    .option('--format <name>', `${SCAN_FORMATS.join(', ')} (default: pretty)`)
    .option('--apply-above <n>', 'with --format diff: least confidence of a place that is changed')
    .action(
      action(async ([paths, flags]) => {
        const request = flags as Flags
        const format = choice('--format', SCAN_FORMATS, request.format ?? 'pretty', world)
        return withOptions(request, world, (options) =>
          scan(paths as string[], { format, version }, options, world),
        )
      }),
    )

  withRun(root.command('fix'))
    .description('restore files: a diff unless another target is named')
    .argument('<files...>')
    .option('--diff', 'print a unified diff, write nothing (default)')
    .option('--stdout', 'print the restored text')
    .option('--write', 'replace the files')
    .option('--apply-above <n>', 'least confidence of a place that is changed, 0 to 1')
    .option('--format <name>', 'diff or jsonl (default: diff)')
    .action(
      action(async ([paths, flags]) => {
        const target = fixTarget(flags as Flags, world)
        return withOptions(flags as Flags, world, (options) => fix(paths as string[], target, options, world))
      }),
    )

  withInput(root.command('explain'))
    .description('show what was considered at a place, or what a stage made of a text')
    .argument('<file>')
    .option('--at <line:column>', 'the place, as scan prints it')
    .option('--stage <name>', `${STAGES.join(', ')} (default: candidates)`)
    .action(
      action(async ([path, flags]) => {
        const { at, stage } = flags as Flags
        if (at === undefined && stage === undefined) {
          throw new UsageError('explain needs a place or a stage', 'pass --at LINE:COLUMN or --stage NAME')
        }
        const request = {
          path: String(path),
          at: at === undefined ? undefined : parsePlace(String(at)),
          stage: choice<Stage>('--stage', STAGES, stage ?? 'candidates', world),
        }
        return withOptions(flags as Flags, world, (options) => explain(request, options, world))
      }),
    )

  reviewCommand(withInput(root.command('review')), world, action, withOptions)
  batchCommands(root, { version, world, action, withInput, withOptions })
  dictCommands(root, world, action, choice)
  trainCommands(root, world, action)
  serveCommand(root, version, world, action)
  return root
}

function trainCommands(root: Command, world: World, action: Action): void {
  const command = root.command('train').description('train model files from plain text, one paragraph a line')
  const does = {
    ngrams: 'count n-grams and prune them to a model',
    vectors: 'train word vectors',
    slots: 'train which word belongs between the words around it',
  }
  for (const kind of ['ngrams', 'vectors', 'slots'] as const) {
    command
      .command(kind)
      .description(does[kind])
      .argument('<files...>')
      .requiredOption('--out <file>', 'model file to write')
      .action(
        action(async ([paths, flags]) =>
          train({ kind, paths: paths as string[], out: String((flags as Flags).out) }, world),
        ),
      )
  }
  command
    .command('proposals')
    .description('what the thesaurus says of the commonest words, read instead of made again')
    .option('--out <file>', 'file to write (default: the package’s own)')
    .action(
      action(async ([flags]) => {
        const { out } = flags as Flags
        return trainProposals(out === undefined ? undefined : String(out), world)
      }),
    )
}

function serveCommand(root: Command, version: string, world: World, action: Action): void {
  root
    .command('serve')
    .description('answer over HTTP on this machine; a page to paste a text into')
    .option('--port <n>', 'port to listen on, 0 for a free one (default: 8080)')
    .option('--listen <address>', 'address to listen on (default: 127.0.0.1); needs --token')
    .option('--token <text>', 'ask every request for this token')
    .option(
      '--name <host>',
      'with --listen: a host name the server is reached by; may be repeated',
      collected,
    )
    .option('--jobs <n>', 'threads that read texts (default: 1)')
    .option('--waiting <n>', 'texts that may wait for a thread (default: 16)')
    .option('--time-limit <seconds>', 'longest time until an answer (default: 30)')
    .option('--max-body <n>', 'longest text, as 2000000 or 2M (default: 2M)')
    .option('--min-confidence <n>', LEAST)
    .option('--apply-above <n>', 'least confidence of a place that /v1/fix changes, 0 to 1')
    .option('--dictionary <file>', 'a further dictionary file; may be repeated', collected)
    .option(
      '--allow <wording>',
      'never flag this wording, "a [wording] there", or those in @FILE; repeatable',
      collected,
    )
    .option('--model <folder>', 'folder of the model files (default: the package’s own)')
    .option('--config <file>', 'configuration file (default: unspin.config.json or .yaml, found upward)')
    .option('--no-config', 'read no configuration file')
    .action(
      action(async ([flags]) => {
        const request = serveRequest(flags as Flags, version)
        return withOptions(flags as Flags, world, (options) => serve(request, options, world))
      }),
    )
}

/** Flag values by option name, checked together with the configuration; prints them where asked. */
async function withOptions(
  flags: Flags,
  world: World,
  command: (options: Options) => Promise<ExitCode>,
): Promise<ExitCode> {
  const given = new Map<OptionName, unknown>()
  for (const name of OPTION_NAMES) given.set(name, flags[ATTRIBUTES.get(name) ?? name])
  const effective = effectiveOptions({
    flags: given,
    config: flags.config === false ? false : text(flags.config),
    cwd: world.cwd,
    nearest: world.api.nearest,
  })
  if (flags.printOptions !== true) return command(effective.options)
  await world.stdout.write(optionLines(effective))
  return EXIT.nothing
}

/** Where commander names a flag differently from the option. */
const ATTRIBUTES: ReadonlyMap<OptionName, string> = new Map([
  ['dictionaries', 'dictionary'],
  ['modelDir', 'model'],
])

function fixTarget(flags: Flags, world: World): FixTarget {
  const format = choice('--format', FIX_FORMATS, flags.format ?? 'diff', world)
  const records = format === 'jsonl'
  const [one, other] = [
    flags.diff === true && '--diff',
    flags.stdout === true && '--stdout',
    !records && flags.write === true && '--write',
    records && '--format jsonl',
  ].filter((flag) => flag !== false)
  if (other !== undefined) {
    throw new UsageError(`${one} and ${other} exclude each other`, 'name one target for the restored text')
  }
  if (records) return { output: 'records', write: flags.write === true }
  if (flags.write === true) return { output: 'nothing', write: true }
  return { output: flags.stdout === true ? 'text' : 'diff', write: false }
}

function choice<T extends string>(flag: string, choices: readonly T[], value: unknown, { api }: World): T {
  try {
    return oneOf(choices)(value, api.nearest)
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    throw new UsageError(`${flag}: ${error.message}`, error.fix(`write ${flag} ${choices[0]}`))
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function collected(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value]
}
