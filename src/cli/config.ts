/**
 * Defaults, configuration file and flags to the options of a run, with where each came from.
 *
 * In: raw flags, the folder to look from. Out: one complete Options record, or a UsageError. The later
 * wins: defaults < unspin.config.json or .yaml, looked for here and upward < flags. Lists are replaced,
 * not joined; an item "@FILE" of `allow` stands for the lines of that file. Unknown keys are refused with the near miss named: a misspelt option that is silently
 * ignored costs more than one that stops the run.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type * as YamlPackage from 'yaml'
import { unreadable } from '../batch/problems.ts'
import { codeOf } from '../write/error-code.ts'
import { UsageError } from './exit-codes.ts'
import {
  defaultOptions,
  type Nearest,
  OPTION_NAMES,
  type OptionName,
  type Options,
  optionName,
  Rejected,
  RULES,
} from './options.ts'

const FILE_NAMES = ['unspin.config.json', 'unspin.config.yaml', 'unspin.config.yml'] as const
const MAX_CONFIG_UNITS = 1_000_000
/** A review of a hundred thousand places. */
const MAX_ALLOW_UNITS = 20_000_000

export interface Effective {
  readonly options: Options
  /** "default", "not set", a file name or a flag, for every option. */
  readonly origins: ReadonlyMap<OptionName, string>
}

export interface ConfigRequest {
  /** Flags as the command line gave them, by option name; undefined where not given. */
  readonly flags: ReadonlyMap<OptionName, unknown>
  /** A file named by hand; false reads none; undefined looks upward from `cwd`. */
  readonly config: string | false | undefined
  readonly cwd: string
  readonly nearest: Nearest
}

/** @throws UsageError when a file or flag cannot be followed */
export function effectiveOptions({ flags, config, cwd, nearest }: ConfigRequest): Effective {
  const origins = new Map<OptionName, string>()
  for (const name of OPTION_NAMES)
    origins.set(name, RULES[name].initial === undefined ? 'not set' : 'default')
  let options = defaultOptions()

  const path = configPath(config, cwd)
  if (path !== undefined) {
    for (const [key, value] of configValues(path)) {
      const name = optionName(key)
      if (name === undefined) throw unknownKey(path, key, nearest)
      options = checked(options, name, value, `${path}: "${name}"`, nearest)
      origins.set(name, path)
    }
    options = {
      ...options,
      ...pathsFrom(options, dirname(path)),
      allow: allowed(options.allow, dirname(path)),
    }
  }
  for (const [name, value] of flags) {
    if (value === undefined) continue
    options = checked(options, name, value, RULES[name].flag, nearest)
    if (name === 'dictionaries' || name === 'modelDir') options = { ...options, ...pathsFrom(options, cwd) }
    if (name === 'allow') options = { ...options, allow: allowed(options.allow, cwd) }
    origins.set(name, RULES[name].flag)
  }
  return { options, origins }
}

/** The effective options as YAML that could be saved as a configuration file. */
export function optionLines({ options, origins }: Effective): string {
  return OPTION_NAMES.map((name) => {
    const value = options[name]
    if (value === undefined) return `# ${name}: not set (${RULES[name].unset})\n`
    return `${name}: ${JSON.stringify(value)} # ${origins.get(name)}\n`
  }).join('')
}

function checked(
  options: Options,
  name: OptionName,
  value: unknown,
  place: string,
  nearest: Nearest,
): Options {
  try {
    return { ...options, [name]: RULES[name].read(value, nearest) }
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    throw new UsageError(`${place}: ${error.message}`, error.fix('see unspin scan --help or docs/formats.md'))
  }
}

/** Paths in a file are meant from that file's folder. */
function pathsFrom(options: Options, folder: string): Pick<Options, 'dictionaries' | 'modelDir'> {
  const from = (path: string): string => (isAbsolute(path) ? path : join(folder, path))
  return {
    dictionaries: options.dictionaries.map(from),
    modelDir: options.modelDir === undefined ? undefined : from(options.modelDir),
  }
}

/**
 * The lines of an allow list: an item that begins with "@" names a file of them, one a line, empty
 * lines and lines with "#" aside. No wording begins with that sign.
 */
function allowed(items: readonly string[], folder: string): readonly string[] {
  return items.flatMap((item) => {
    if (!item.startsWith('@')) return item
    const path = resolve(folder, item.slice(1))
    return boundedText(path, MAX_ALLOW_UNITS, 'name another allow file', 'split it, or scan in parts')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
  })
}

function configPath(config: string | false | undefined, cwd: string): string | undefined {
  if (config === false) return undefined
  if (config !== undefined) return resolve(cwd, config)
  let folder = resolve(cwd)
  for (;;) {
    for (const name of FILE_NAMES) if (existsSync(join(folder, name))) return join(folder, name)
    const parent = dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
}

function configValues(path: string): readonly (readonly [string, unknown])[] {
  const text = boundedText(
    path,
    MAX_CONFIG_UNITS,
    'name another --config, or --no-config',
    'a configuration is a few lines',
  )
  let value: unknown
  try {
    value = path.endsWith('.json') ? JSON.parse(text) : yaml(text)
  } catch {
    const language = path.endsWith('.json') ? 'JSON' : 'YAML'
    throw new UsageError(`${path}: not ${language}`, `write it as ${language}, one "name: value" per option`)
  }
  if (value === null) return []
  if (typeof value === 'object' && !Array.isArray(value)) return Object.entries(value)
  throw new UsageError(`${path}: holds no options`, 'write one "name: value" per option')
}

/** Loaded when a file asks for it: most runs have none, or one in JSON. */
function yaml(text: string): unknown {
  const { parse }: typeof YamlPackage = createRequire(import.meta.url)('yaml')
  return parse(text)
}

function boundedText(path: string, most: number, otherwise: string, tooLong: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${path}: ${unreadable(codeOf(error)).message}`, otherwise)
  }
  if (text.length > most) throw new UsageError(`${path}: longer than ${most} units`, tooLong)
  return text
}

function unknownKey(path: string, key: string, nearest: Nearest): UsageError {
  const near = nearest(key, OPTION_NAMES)
  const known = `known options: ${OPTION_NAMES.join(', ')}`
  return new UsageError(
    `${path}: unknown option ${JSON.stringify(key)}`,
    near === undefined ? known : `did you mean "${near}"? ${known}`,
  )
}
