/**
 * A phrase file (YAML) to `PhraseEntry[]` and problems: syntax by the yaml package, shape by the JSON
 * Schema (schema.ts, ajv), each message turned into place, fact and fix.
 *
 * An entry with a mistake is reported and left out; the others stay. The yaml package resolves at most
 * 100 aliases, so that a small file cannot unfold into a large one.
 */
import { createRequire } from 'node:module'
import type * as AjvPackage from 'ajv'
import type { ErrorObject } from 'ajv'
import type * as YamlPackage from 'yaml'
import type { DictFile, DictProblem, Example, Guard, GuardPlace, PhraseEntry } from './entry.ts'
import { nearest } from './nearest.ts'
import { keysOf } from './pattern.ts'
import { ENTRIES_SCHEMA } from './schema.ts'

/** Weight of each original after the first, where the file gives no prior. */
const LATER_PRIOR = 0.5

export interface ParsedPhrases {
  readonly entries: readonly PhraseEntry[]
  readonly problems: readonly DictProblem[]
}

export type PhraseParser = (file: DictFile) => ParsedPhrases

/**
 * Both packages take longer to load than a short text to scan, and only dictionaries in YAML need them:
 * they are loaded with the first parser.
 */
const load = createRequire(import.meta.url)

/** The schema is compiled once per parser, not once per file. */
export function phraseParser(): PhraseParser {
  // The types are those of the packages named.
  const { Ajv }: typeof AjvPackage = load('ajv')
  const yamlPackage: typeof YamlPackage = load('yaml')
  const { LineCounter, parseDocument, isNode } = yamlPackage
  const validate = new Ajv({ allErrors: true, verbose: true }).compile(ENTRIES_SCHEMA)
  return (file) => {
    const lines = new LineCounter()
    const yaml = parseDocument(file.text, { lineCounter: lines, prettyErrors: false })
    const syntax = yaml.errors.map((error) =>
      problem(file, lines.linePos(error.pos[0]).line, yamlFact(error.message), 'correct the YAML here'),
    )
    if (syntax.length > 0) return { entries: [], problems: syntax }

    const place: Place = { file, yaml, lines, isNode }
    const value = plainValue(yaml)
    if (value === undefined) {
      const fact = 'its aliases unfold into too much'
      return { entries: [], problems: [problem(file, 1, fact, 'write the values out instead of "*name"')] }
    }
    if (validate(value)) return { entries: readEntries(value as FileShape, place, new Set()), problems: [] }

    const errors = validate.errors ?? []
    const broken = new Set<number>()
    const problems = new Map<string, DictProblem>()
    for (const error of errors) {
      const path = error.instancePath.split('/').slice(1)
      if (path[0] === 'entries' && path[1] !== undefined) broken.add(Number(path[1]))
      // The branches of an anyOf fail one by one; only the anyOf itself says what was expected.
      if (error.schemaPath.includes('/anyOf/')) continue
      const found = described(error, lineAt(place, path), file)
      problems.set(`${found.line} ${found.message}`, found)
    }
    const list = isShape(value) ? value : { entries: [] }
    return { entries: readEntries(list, place, broken), problems: [...problems.values()] }
  }
}

/** The plain value; undefined if resolving aliases passes the package's limit, its only throw. */
function plainValue(yaml: YamlPackage.Document): unknown {
  try {
    return yaml.toJS() ?? null
  } catch {
    return undefined
  }
}

interface Place {
  readonly file: DictFile
  readonly yaml: YamlPackage.Document
  readonly lines: YamlPackage.LineCounter
  readonly isNode: typeof YamlPackage.isNode
}

type OneOriginal = string | { readonly text: string; readonly prior?: number }

/** What the schema guarantees of an entry. */
interface EntryShape {
  readonly spun: string | readonly string[]
  readonly original: OneOriginal | readonly OneOriginal[]
  readonly kind: PhraseEntry['kind']
  readonly pos?: 'n' | 'v' | 'a'
  readonly case?: PhraseEntry['case']
  readonly guard?: Omit<Guard, 'in' | 'not-in'> & {
    readonly in?: GuardPlace | readonly GuardPlace[]
    readonly 'not-in'?: GuardPlace | readonly GuardPlace[]
  }
  readonly status?: PhraseEntry['status']
  readonly restore: readonly string[]
  readonly keep?: readonly string[]
}

interface FileShape {
  readonly entries: readonly EntryShape[]
}

const isShape = (value: unknown): value is FileShape =>
  typeof value === 'object' && value !== null && 'entries' in value && Array.isArray(value.entries)

function readEntries(value: FileShape, place: Place, broken: ReadonlySet<number>): PhraseEntry[] {
  const examples = (index: number, name: 'restore' | 'keep', texts: readonly string[]): Example[] =>
    texts.map((text, at) => ({ text, line: lineAt(place, ['entries', `${index}`, name, `${at}`]) }))

  return value.entries.flatMap((entry, index) => {
    if (broken.has(index)) return []
    return {
      file: place.file.name,
      line: lineAt(place, ['entries', `${index}`]),
      spun: asList(entry.spun),
      originals: asList(entry.original).map((one, at) => {
        const prior = at === 0 ? 1 : LATER_PRIOR
        return typeof one === 'string' ? { text: one, prior } : { text: one.text, prior: one.prior ?? prior }
      }),
      kind: entry.kind,
      pos: entry.pos,
      case: entry.case ?? 'keep',
      guard: entry.guard === undefined ? undefined : readGuard(entry.guard),
      status: entry.status ?? 'active',
      restore: examples(index, 'restore', entry.restore),
      keep: examples(index, 'keep', entry.keep ?? []),
    }
  })
}

/** Lists for single places, and words as the keys they are compared with. */
function readGuard({ in: inside, 'not-in': outside, ...rest }: NonNullable<EntryShape['guard']>): Guard {
  const { next, 'not-next': notNext, previous, 'not-previous': notPrevious, near, 'not-near': notNear } = rest
  const { any, all, none } = rest.document ?? {}
  return {
    ...(next && { next: next.map(guardKey) }),
    ...(notNext && { 'not-next': notNext.map(guardKey) }),
    ...(previous && { previous: previous.map(guardKey) }),
    ...(notPrevious && { 'not-previous': notPrevious.map(guardKey) }),
    ...(near && { near: { ...near, words: near.words.map(guardKey) } }),
    ...(notNear && { 'not-near': { ...notNear, words: notNear.words.map(guardKey) } }),
    ...(rest.document && {
      document: {
        ...(any && { any: any.map(guardKey) }),
        ...(all && { all: all.map(guardKey) }),
        ...(none && { none: none.map(guardKey) }),
      },
    }),
    ...(inside !== undefined && { in: asList(inside) }),
    ...(outside !== undefined && { 'not-in': asList(outside) }),
  }
}

/** The word's token key; what is not one token stays as written, and check.ts reports it. */
function guardKey(word: string): string {
  const keys = keysOf(word)
  return keys.length === 1 ? (keys[0] ?? word) : word
}

function asList<T>(value: T | readonly T[]): readonly T[] {
  return isList(value) ? value : [value]
}
const isList = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value)

/** Line of the innermost node on the path that the file has. */
function lineAt({ yaml, lines, isNode }: Place, path: readonly string[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const keys = path.slice(0, depth).map((key) => (/^\d{1,9}$/.test(key) ? Number(key) : key))
    const node: unknown = yaml.getIn(keys, true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function described(error: ErrorObject, line: number, file: DictFile): DictProblem {
  const path = error.instancePath.split('/').slice(1)
  const field = path.filter((part) => !/^\d+$/.test(part)).at(-1) ?? 'the file'
  const params: Readonly<Record<string, unknown>> = error.params
  switch (error.keyword) {
    case 'required':
      return problem(
        file,
        line,
        `"${params.missingProperty}" is missing`,
        `add "${params.missingProperty}: …"`,
      )
    case 'additionalProperties': {
      const name = `${params.additionalProperty}`
      const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {})
      const near = nearest(name, known)
      return problem(
        file,
        line,
        `"${name}" is not a field of ${field === 'entries' ? 'an entry' : field}`,
        near === undefined ? `use one of: ${known.join(', ')}` : `did you mean "${near}"?`,
      )
    }
    case 'enum': {
      const allowed = (params.allowedValues as readonly unknown[]).map(String)
      return problem(file, line, `${field} is ${shown(error.data)}`, `use one of: ${allowed.join(', ')}`)
    }
    case 'anyOf':
      return problem(file, line, `${field} is ${shown(error.data)}`, EXPECTED.get(field) ?? README)
    case 'type':
      return problem(
        file,
        line,
        `${field} is ${shown(error.data)}: it ${error.message ?? 'has another type'}`,
        isPlain(error.data) ? `write it in quotes: "${error.data}"` : README,
      )
    default:
      return problem(
        file,
        line,
        `${field} is ${shown(error.data)}: it ${error.message ?? 'does not fit'}`,
        README,
      )
  }
}

const README = 'see wordlists/README.md for the fields and their values'

/** What stands where the schema has alternatives. */
const EXPECTED: ReadonlyMap<string, string> = new Map([
  ['spun', 'write one pattern, or a list of patterns'],
  ['original', 'write a text, {text: …, prior: 0.8}, or a list of these; "" deletes'],
  ['in', 'use title-case, lower-case, heading or quotation, or a list of these'],
  ['not-in', 'use title-case, lower-case, heading or quotation, or a list of these'],
])

/** YAML reads 1746 as a number and true as a truth value. */
const isPlain = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean'

/** A value as a person wrote it, at most 60 units of it. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** The package's message without its own place. */
const yamlFact = (message: string): string => `not YAML: ${message.split('\n', 1)[0] ?? ''}`

const problem = (file: DictFile, line: number, message: string, fix: string): DictProblem => ({
  severity: 'error',
  file: file.name,
  line,
  message,
  fix,
})
