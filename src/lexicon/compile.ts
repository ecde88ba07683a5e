/**
 * Dictionary files to one compiled dictionary: parse, unfold and inflect, merge, plant, pack.
 *
 * What is wrong in the files comes back as problems; the rest is compiled all the same, so that one bad
 * line in a user's dictionary does not silence the others. Deterministic: same files, same bytes.
 */
import {
  compareProblems,
  type DictFile,
  type DictProblem,
  type EntryKind,
  type Habit,
  type HabitClass,
  type PhraseEntry,
} from './entry.ts'
import { expandHabit, expandPhrase } from './expand.ts'
import type { Inflector } from './inflect.ts'
import { packRows, Rows } from './pack.ts'
import { parseHabits } from './parse-habits.ts'
import { phraseParser } from './parse-phrases.ts'
import { isTermList, parseTerms, type Term } from './parse-terms.ts'
import { PatternError } from './pattern.ts'
import { termRows } from './terms.ts'
import { titleCase } from './title-case.ts'
import type { StoredEntry } from './trie.ts'

/** Weight of a wording by class. They are written into the dictionary; nothing else decides by them. */
const CLASS_WEIGHT: ReadonlyMap<HabitClass, number> = new Map([
  ['common', 1],
  ['seen', 0.5],
  ['rare', 0.2],
])

export interface CompileOptions {
  /** Compile entries whose status is `candidate` too. */
  readonly candidates: boolean
}

export interface DictionaryStats {
  readonly files: number
  /** Habit lines, and the pairs they list. */
  readonly habits: number
  readonly pairs: number
  readonly entries: number
  /** Entries by kind. */
  readonly kinds: ReadonlyMap<EntryKind, number>
  /** Known terms as listed, without their plurals. */
  readonly terms: number
  /** Token sequences after unfolding and inflection, and originals over all of them. */
  readonly sequences: number
  readonly readings: number
  readonly bytes: number
}

export interface Parsed {
  readonly habits: readonly Habit[]
  readonly entries: readonly PhraseEntry[]
  readonly terms: readonly Term[]
  readonly problems: readonly DictProblem[]
}

/** Everything the files list, in their order; endings and first lines decide the formats. */
export function parseFiles(files: readonly DictFile[]): Parsed {
  const habits: Habit[] = []
  const entries: PhraseEntry[] = []
  const terms: Term[] = []
  const problems: DictProblem[] = []
  const parsePhrases = files.some(({ name }) => isYaml(name)) ? phraseParser() : undefined
  for (const file of files) {
    if (isYaml(file.name) && parsePhrases !== undefined) {
      const found = parsePhrases(file)
      entries.push(...found.entries)
      problems.push(...found.problems)
    } else if (isTermList(file)) {
      const found = parseTerms(file)
      for (const term of found.terms) terms.push(term)
      problems.push(...found.problems)
    } else if (file.name.endsWith('.tsv')) {
      const found = parseHabits(file)
      for (const habit of found.habits) habits.push(habit)
      problems.push(...found.problems)
    } else {
      problems.push({
        severity: 'error',
        file: file.name,
        line: 1,
        message: 'the ending says neither habits nor phrase entries',
        fix: 'name habits and terms .tsv, phrase entries .yaml or .yml',
      })
    }
  }
  return { habits, entries, terms, problems }
}

const isYaml = (name: string): boolean => name.endsWith('.yaml') || name.endsWith('.yml')

export interface Compiled {
  readonly dictionary: Uint8Array
  readonly problems: readonly DictProblem[]
  readonly stats: DictionaryStats
}

export function compileDictionary(
  files: readonly DictFile[],
  inflector: Inflector,
  options: CompileOptions = { candidates: false },
): Compiled {
  return compileParsed(parseFiles(files), files, inflector, options)
}

export function compileParsed(
  parsed: Parsed,
  files: readonly DictFile[],
  uncached: Inflector,
  options: CompileOptions,
): Compiled {
  const inflector = remembering(uncached)
  const names = files.map(({ name }) => name)
  const fileIds = new Map(names.map((name, at) => [name, at]))
  const problems = [...parsed.problems]
  const rows = new Rows()
  const stored: StoredEntry[] = []
  const kinds = new Map<EntryKind, number>()
  const entries = parsed.entries.filter(
    ({ status }) => status === 'active' || (status === 'candidate' && options.candidates),
  )

  for (const entry of entries) {
    stored.push({ kind: entry.kind, case: entry.case, ...(entry.guard && { guard: entry.guard }) })
    kinds.set(entry.kind, (kinds.get(entry.kind) ?? 0) + 1)
    const origin = { file: fileIds.get(entry.file) ?? 0, line: entry.line, entry: stored.length, total: 0 }
    attempt(entry, problems, () => {
      for (const { spun, original, form, rank } of expandPhrase(entry, inflector)) {
        rows.add({
          spun,
          original: entry.case === 'title' ? titleCase(original) : original,
          weight: entry.originals[rank]?.prior ?? 0,
          pos: entry.pos ?? 'x',
          form,
          origin,
        })
      }
    })
  }
  for (const habit of parsed.habits) {
    const total = habit.spun.reduce((sum, one) => sum + weightOf(one.class), 0)
    const origin = { file: fileIds.get(habit.file) ?? 0, line: habit.line, entry: 0, total }
    for (const { text, class: name } of habit.spun) {
      attempt(habit, problems, () => {
        for (const { spun, original, form } of expandHabit(habit, text, inflector)) {
          rows.add({ spun, original, weight: weightOf(name), pos: habit.pos, form, origin })
        }
      })
    }
  }

  const { dictionary, sequences, readings } = packRows(
    rows.sorted(),
    names,
    stored,
    termRows(parsed.terms, fileIds, inflector),
  )
  return {
    dictionary,
    problems: problems.sort(compareProblems),
    stats: {
      files: files.length,
      habits: parsed.habits.length,
      pairs: parsed.habits.reduce((sum, { spun }) => sum + spun.length, 0),
      entries: entries.length,
      kinds,
      terms: parsed.terms.length,
      sequences,
      readings,
      bytes: dictionary.length,
    },
  }
}

const weightOf = (name: HabitClass): number => CLASS_WEIGHT.get(name) ?? 0

/** Runs an expansion; a pattern that cannot be read becomes a problem of its line. */
function attempt(
  at: { readonly file: string; readonly line: number },
  problems: DictProblem[],
  run: () => void,
): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    problems.push({ severity: 'error', file: at.file, line: at.line, message: error.message, fix: error.fix })
  }
}

/** The same heads come again and again ("take …"); their forms are worked out once per compilation. */
function remembering(inflector: Inflector): Inflector {
  const forms = new Map<string, readonly string[]>()
  const readings = new Map<string, ReturnType<Inflector['analyse']>>()
  const inflectAll: Inflector['inflectAll'] = (lemma, pos, form) => {
    const id = `${pos} ${form} ${lemma}`
    const found = forms.get(id) ?? inflector.inflectAll(lemma, pos, form)
    forms.set(id, found)
    return found
  }
  return {
    ...inflector,
    inflectAll,
    inflect: (lemma, pos, form) => inflectAll(lemma, pos, form)[0] ?? lemma,
    analyse(form) {
      const found = readings.get(form) ?? inflector.analyse(form)
      readings.set(form, found)
      return found
    },
  }
}
