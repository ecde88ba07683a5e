/**
 * The shapes of the dictionary, from what a file says to what a match answers; almost nothing runs.
 *
 *   text -> Habit[] | PhraseEntry[]  (parse-*.ts)  -> Expansion[]  (expand.ts)
 *        -> Uint8Array  (compile.ts, layout.ts)  -> Dictionary  (dictionary.ts)  -> EntryMatch[]  (match.ts)
 */
import type { Finding } from '../types.ts'
import type { Form } from './inflect.ts'

export interface DictFile {
  /** As a person would name it: `wordlists/habits/verbs.tsv`. The ending decides the format. */
  readonly name: string
  readonly text: string
}

/** Something wrong with a dictionary: where, the fact with its values, and what to do. */
export interface DictProblem {
  readonly severity: 'error' | 'warning'
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly message: string
  readonly fix: string
}

/** Place, fact, fix: the two lines a person reads. */
export const problemText = (p: DictProblem): string => `${p.file}:${p.line}: ${p.message}\n  fix: ${p.fix}`

/** By file, then line, then message; errors and warnings are not kept apart. */
export function compareProblems(a: DictProblem, b: DictProblem): number {
  return compareText(a.file, b.file) || a.line - b.line || compareText(a.message, b.message)
}

/** Code unit order, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Noun, verb, adjective, adverb, and x for what does not inflect. */
export type Pos = 'n' | 'v' | 'a' | 'r' | 'x'
export const POSES: readonly Pos[] = ['n', 'v', 'a', 'r', 'x']

/** How often a spinner prints this wording for the original. */
export type HabitClass = 'common' | 'seen' | 'rare'
export const HABIT_CLASSES: readonly HabitClass[] = ['common', 'seen', 'rare']

/** One line of a habits file. */
export interface Habit {
  readonly file: string
  readonly line: number
  readonly original: string
  readonly pos: Pos
  readonly spun: readonly { readonly text: string; readonly class: HabitClass }[]
}

export type EntryKind = Finding['kind']
export type EntryCase = 'keep' | 'title'
export type GuardPlace = 'title-case' | 'lower-case' | 'heading' | 'quotation'

export interface Near {
  readonly words: readonly string[]
  /** Tokens to either side of the match, within the sentence. */
  readonly within: number
}

/** Conditions on the place; every one given must hold. Words are token keys, `<number>`, `<year>`, `<edge>`. */
export interface Guard {
  readonly next?: readonly string[]
  readonly 'not-next'?: readonly string[]
  readonly previous?: readonly string[]
  readonly 'not-previous'?: readonly string[]
  readonly near?: Near
  readonly 'not-near'?: Near
  readonly document?: {
    readonly any?: readonly string[]
    readonly all?: readonly string[]
    readonly none?: readonly string[]
  }
  readonly in?: readonly GuardPlace[]
  readonly 'not-in'?: readonly GuardPlace[]
}

/** One entry of a phrase file, defaults filled in. */
export interface PhraseEntry {
  readonly file: string
  readonly line: number
  readonly spun: readonly string[]
  /** Best first, never empty; `text` may be "" (delete). */
  readonly originals: readonly { readonly text: string; readonly prior: number }[]
  readonly kind: EntryKind
  readonly pos: 'n' | 'v' | 'a' | undefined
  readonly case: EntryCase
  readonly guard: Guard | undefined
  readonly status: 'active' | 'candidate' | 'off'
  readonly restore: readonly Example[]
  readonly keep: readonly Example[]
}

export interface Example {
  readonly text: string
  readonly line: number
}

/** One token sequence and what it stood for. Sequences hold keys and wildcards; a hyphen that may be a space is left out. */
export interface Expansion {
  readonly spun: readonly string[]
  readonly original: string
  readonly form: Form
}

/** One original proposed for a match. */
export interface EntryOriginal {
  /** Keys, as the language model reads them; empty deletes. */
  readonly words: readonly string[]
  /** As written in the dictionary, wildcards filled in from the place; capitals are the caller's matter. */
  readonly text: string
  /** Habitual 1, rare near 0; above 0, at most 1. The numbers are stored with the dictionary. */
  readonly weight: number
  /** Habits: ln of the share of this wording among all those listed for the original; nats, at most 0. Entries: 0. */
  readonly channel: number
  /** "habits/verbs.tsv:12" */
  readonly origin: string
  readonly pos: Pos
  readonly form: Form
}

/** All originals of one entry, or of all habits together, for the tokens [start, end) of a sentence. */
export interface EntryMatch {
  readonly start: number
  readonly end: number
  readonly source: 'entry' | 'habit'
  readonly kind: EntryKind
  readonly case: EntryCase
  /** It holds at the place; kept as a reason to show. */
  readonly guard: Guard | undefined
  /** Of the entry, or of the first original. */
  readonly origin: string
  /** By weight, then text; never empty. */
  readonly originals: readonly EntryOriginal[]
}
