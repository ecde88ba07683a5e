/**
 * The options of a run as one record, and how each is read from a flag or a configuration file.
 *
 * In: foreign values (strings from flags, anything from a file). Out: checked values, or a Rejected with
 * the fact and what to write instead. One table serves flags, file, defaults and `--print-options`, so
 * that they cannot disagree. Numbers the model brings with it are `undefined` here: the engine fills them.
 */

export interface Options {
  /** Findings below are not shown; 0 shows every place with a candidate. Undefined: the model's own. */
  readonly minConfidence: number | undefined
  /** `fix` changes places at or above this confidence. Undefined: the model's own. */
  readonly applyAbove: number | undefined
  readonly inputFormat: 'auto' | 'text' | 'html' | 'md' | 'jsonl'
  /** Character encoding of the files; undefined: found from the bytes. */
  readonly encoding: string | undefined
  /** Of web pages: all text, or the article only. */
  readonly content: 'page' | 'main'
  readonly textKey: string
  readonly idKey: string
  readonly color: 'auto' | 'always' | 'never'
  /** Longest document or JSON Lines record, bytes. */
  readonly maxBytes: number
  readonly exitZero: boolean
  /** Wordings never flagged; compared in lower case. */
  readonly allow: readonly string[]
  /** Further dictionary files (.yaml, .tsv), absolute or relative to where they were written down. */
  readonly dictionaries: readonly string[]
  readonly modelDir: string | undefined
}

export type OptionName = keyof Options

/** A value that an option cannot take; `nearest` is what may have been meant. */
export class Rejected extends Error {
  readonly nearest: string | undefined
  constructor(message: string, nearest?: string) {
    super(message)
    this.nearest = nearest
  }

  /** What to do: the nearest choice, where one is near. */
  fix(otherwise: string): string {
    return this.nearest === undefined ? otherwise : `did you mean "${this.nearest}"?`
  }
}

export type Nearest = (word: string, list: Iterable<string>) => string | undefined

interface Rule<T> {
  readonly flag: string
  readonly initial: T
  /** What holds where it is left undefined. */
  readonly unset?: string
  readonly read: (value: unknown, nearest: Nearest) => T
}

type Rules = { readonly [K in OptionName]: Rule<Options[K]> }

const INPUT_FORMATS = ['auto', 'text', 'html', 'md', 'jsonl'] as const
const CONTENTS = ['page', 'main'] as const
const COLORS = ['auto', 'always', 'never'] as const
const DEFAULT_MAX_BYTES = 20_000_000
/** Beyond this a text no longer fits a string of the runtime. */
const LARGEST_MAX_BYTES = 400_000_000

/** Every option, in the order in which it is printed. */
export const RULES: Rules = {
  minConfidence: { flag: '--min-confidence', initial: undefined, unset: 'the model says', read: share },
  applyAbove: { flag: '--apply-above', initial: undefined, unset: 'the model says', read: share },
  inputFormat: { flag: '--input-format', initial: 'auto', read: oneOf(INPUT_FORMATS) },
  encoding: { flag: '--encoding', initial: undefined, unset: 'found from the bytes', read: word },
  content: { flag: '--content', initial: 'page', read: oneOf(CONTENTS) },
  textKey: { flag: '--text-key', initial: 'text', read: word },
  idKey: { flag: '--id-key', initial: 'id', read: word },
  color: { flag: '--color', initial: 'auto', read: oneOf(COLORS) },
  maxBytes: { flag: '--max-bytes', initial: DEFAULT_MAX_BYTES, read: size },
  exitZero: { flag: '--exit-zero', initial: false, read: yesOrNo },
  allow: { flag: '--allow', initial: [], read: words },
  dictionaries: { flag: '--dictionary', initial: [], read: words },
  modelDir: { flag: '--model', initial: undefined, unset: 'the package’s own', read: word },
}

// The keys of RULES are those of Options by its type; Object.keys forgets that.
export const OPTION_NAMES = Object.keys(RULES) as readonly OptionName[]

/** `name`, if it is an option's: foreign names ("constructor") must not reach the record. */
export function optionName(name: string): OptionName | undefined {
  return OPTION_NAMES.find((known) => known === name)
}

export const defaultOptions = (): Options => ({
  minConfidence: RULES.minConfidence.initial,
  applyAbove: RULES.applyAbove.initial,
  inputFormat: RULES.inputFormat.initial,
  encoding: RULES.encoding.initial,
  content: RULES.content.initial,
  textKey: RULES.textKey.initial,
  idKey: RULES.idKey.initial,
  color: RULES.color.initial,
  maxBytes: RULES.maxBytes.initial,
  exitZero: RULES.exitZero.initial,
  allow: RULES.allow.initial,
  dictionaries: RULES.dictionaries.initial,
  modelDir: RULES.modelDir.initial,
})

/** A reader of one of `choices`; names the nearest when the value is none. */
export function oneOf<T extends string>(choices: readonly T[]): (value: unknown, nearest: Nearest) => T {
  return (value, nearest) => {
    const found = choices.find((choice) => choice === value)
    if (found !== undefined) return found
    const near = typeof value === 'string' ? nearest(value, choices) : undefined
    throw new Rejected(`${shown(value)} is not one of ${choices.join(', ')}`, near)
  }
}

function share(value: unknown): number {
  const number = numeric(value)
  if (number !== undefined && number >= 0 && number <= 1) return number
  throw new Rejected(`${shown(value)} is not a number from 0 to 1`)
}

function size(value: unknown): number {
  const units = new Map([
    ['k', 1e3],
    ['m', 1e6],
    ['g', 1e9],
  ])
  const text = typeof value === 'string' ? value.trim().toLowerCase() : ''
  const unit = units.get(text.slice(-1))
  const number = unit === undefined ? numeric(value) : numeric(text.slice(0, -1))
  const bytes = number === undefined ? Number.NaN : Math.round(number * (unit ?? 1))
  if (bytes >= 1 && bytes <= LARGEST_MAX_BYTES) return bytes
  throw new Rejected(`${shown(value)} is not a size from 1 to ${LARGEST_MAX_BYTES} bytes, as 5000000 or 5M`)
}

function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

function word(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw new Rejected(`${shown(value)} is not a name`)
}

function words(value: unknown): readonly string[] {
  const list: unknown = typeof value === 'string' ? [value] : value
  if (Array.isArray(list)) return list.map(word)
  throw new Rejected(`${shown(value)} is not a list of words`)
}

function yesOrNo(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new Rejected(`${shown(value)} is neither true nor false`)
}

/** A foreign value in a message: as JSON, at most 60 units. */
function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value)
  return json.length > 60 ? `${json.slice(0, 60)}…` : json
}
