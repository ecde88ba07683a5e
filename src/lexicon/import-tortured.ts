/**
 * A public list of tortured phrases (CSV or TSV: spun, expected, flags, number of papers, context
 * constraint, query) to entry drafts with the guards kept.
 *
 * Columns are found by their names, else taken in that order. A row that cannot become an entry is
 * reported and left out: broken, explained rather than worded ("gloss"), or with a constraint that
 * guards cannot keep.
 */
import type { DictFile, DictProblem, Guard } from './entry.ts'
import { readCondition } from './import-condition.ts'
import { csvRows, separatorOf } from './import-csv.ts'
import { type EntryDraft, escapePattern, madeExample } from './import-draft.ts'
import { exactKeysOf, keysOf, PatternError, unfold } from './pattern.ts'

export interface Imported {
  readonly drafts: readonly EntryDraft[]
  /** Errors are broken lines, warnings are sound lines that make no entry. */
  readonly problems: readonly DictProblem[]
}

const COLUMNS = ['spun', 'expected', 'flags', 'papers', 'constraint', 'query'] as const
type Column = (typeof COLUMNS)[number]

const NAMES: readonly (readonly [Column, RegExp])[] = [
  ['spun', /spun|tortured|fingerprint/],
  ['expected', /expected|original|established/],
  ['flags', /flag/],
  ['papers', /paper|count|hits/],
  ['constraint', /constraint|context/],
  ['query', /query/],
]

export function importTortured(file: DictFile): Imported {
  const problems: DictProblem[] = []
  const drafts = new Map<string, EntryDraft>()
  let columns: ReadonlyMap<Column, number> | undefined
  for (const { line, cells, fault } of csvRows(file.text, separatorOf(file.text))) {
    const report = (severity: DictProblem['severity'], message: string, fix: string): void => {
      problems.push({ severity, file: file.name, line, message, fix })
    }
    if (columns === undefined) {
      const named = namedColumns(cells)
      columns = named ?? new Map(COLUMNS.map((name, at) => [name, at]))
      if (named !== undefined) continue
    }
    if (fault !== undefined) {
      report('error', fault, 'quote the whole cell and double the quotes in it')
      continue
    }
    const row = new Map([...columns].map(([name, at]) => [name, (cells[at] ?? '').trim()]))
    const cell = (name: Column): string => row.get(name) ?? ''
    if (cell('spun') === '' || cell('expected') === '') {
      report(
        'error',
        `no ${cell('spun') === '' ? 'spun' : 'expected'} wording`,
        'fill in the cell, or delete the line',
      )
      continue
    }
    if (/gloss/.test(cell('flags'))) {
      report(
        'warning',
        `"${cell('expected')}" explains the wording, nobody wrote it`,
        'write what probably stood there, and take the flag out',
      )
      continue
    }
    try {
      for (const draft of draftsOf(cell, line)) merge(drafts, draft)
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      report('warning', `${error.message} ("${cell('spun').slice(0, 80)}" left out)`, error.fix)
    }
  }
  return { drafts: [...drafts.values()], problems }
}

function namedColumns(cells: readonly string[]): ReadonlyMap<Column, number> | undefined {
  const out = new Map<Column, number>()
  for (const [at, cell] of cells.entries()) {
    const text = cell.slice(0, 100).toLowerCase()
    const found = NAMES.find(([name, pattern]) => !out.has(name) && pattern.test(text))
    if (found !== undefined) out.set(found[0], at)
  }
  return out.has('spun') && out.has('expected') ? out : undefined
}

/** @throws PatternError */
function draftsOf(cell: (name: Column) => string, line: number): readonly EntryDraft[] {
  const within = Number(/proximity~(\d{1,3})/.exec(cell('flags'))?.[1] ?? Number.NaN)
  const pair = Number.isNaN(within)
    ? { spun: cell('spun'), original: cell('expected'), near: undefined }
    : apart(cell('spun'), cell('expected'), within)
  const { spun, original } = pair
  if (exactKeysOf(spun).join(' ') === exactKeysOf(original).join(' ')) {
    throw new PatternError(`"${spun}" has itself as original`, 'correct one of the two cells')
  }
  // Reads it as the compiler will, for its length and its characters.
  unfold(escapePattern(spun))
  const prior = /uncertain/.test(cell('flags')) ? UNCERTAIN_PRIOR : undefined
  return readCondition(cell('constraint'), spun).map((condition): EntryDraft => {
    const guard: Guard = { ...condition, ...(pair.near !== undefined && { near: pair.near }) }
    const guarded = Object.keys(guard).length > 0
    return {
      spun,
      originals: [{ text: original, ...(prior !== undefined && { prior }) }],
      kind: keysOf(spun).length === 1 ? 'word' : 'phrase',
      ...(guarded && { guard }),
      restore: [madeExample(spun, guard)],
      note: noteOf(cell),
      line,
    }
  })
}

/** The list itself doubts the expected wording. */
const UNCERTAIN_PRIOR = 0.5

/**
 * Words that stand apart ("exactness accuracy~5"): what both sides share is the near word, the rest was
 * replaced.
 */
function apart(
  spun: string,
  expected: string,
  within: number,
): { readonly spun: string; readonly original: string; readonly near: NonNullable<Guard['near']> } {
  const wanted = new Set(keysOf(expected))
  const words = spun.split(/\s+/)
  const isShared = (word: string): boolean => keysOf(word).every((key) => wanted.has(key))
  const shared = words.filter(isShared)
  const own = words.filter((word) => !isShared(word))
  if (shared.length === 0 || own.length === 0) {
    throw new PatternError(
      `the words of "${spun}" may stand apart, and none of them is in "${expected}"`,
      'write the words that were replaced, with NEAR/5 "word" as constraint',
    )
  }
  const given = new Set(shared.flatMap((word) => keysOf(word)))
  const rest = expected.split(/\s+/).filter((word) => !keysOf(word).every((key) => given.has(key)))
  return {
    spun: own.join(' '),
    original: rest.length > 0 ? rest.join(' ') : expected,
    near: { words: [...given], within: Math.min(50, Math.max(1, within)) },
  }
}

function noteOf(cell: (name: Column) => string): string {
  return (['papers', 'flags', 'constraint', 'query'] as const)
    .filter((name) => cell(name) !== '')
    .map((name) => `${name}: ${cell(name)}`)
    .join('; ')
}

/** The same wording under the same guard is one entry with several originals. */
function merge(drafts: Map<string, EntryDraft>, draft: EntryDraft): void {
  const id = `${exactKeysOf(draft.spun)
    .filter((key) => key !== '-')
    .join(' ')}\n${JSON.stringify(draft.guard ?? null)}`
  const known = drafts.get(id)
  if (known === undefined) drafts.set(id, draft)
  else {
    const fresh = draft.originals.filter(({ text }) => known.originals.every((one) => one.text !== text))
    drafts.set(id, { ...known, originals: [...known.originals, ...fresh] })
  }
}
