/**
 * What is wrong with dictionary files beyond their syntax: order, duplicates over all files, pairs that
 * undo each other, wordings that can never match, examples that do not hold.
 *
 * Errors are facts about the files; warnings are doubts a person should settle or live with.
 */
import { checkExamples } from './check-examples.ts'
import { checkHabits } from './check-habits.ts'
import { checkTerms } from './check-terms.ts'
import { compileParsed, parseFiles } from './compile.ts'
import { compareProblems, type DictFile, type DictProblem, type Guard, type PhraseEntry } from './entry.ts'
import type { Inflector } from './inflect.ts'
import { exactKeysOf, keysOf, PatternError, unfold, WILDCARDS } from './pattern.ts'
import { dictionary } from './trie.ts'

/** Problems of all files in order; empty means ready to build. */
export function checkDictionary(files: readonly DictFile[], inflector: Inflector): readonly DictProblem[] {
  const parsed = parseFiles(files)
  const habits = checkHabits(files, parsed.habits)
  // Habits are compiled for their problems only; the examples see the entries alone.
  const all = compileParsed(parsed, files, inflector, { candidates: true })
  const phrases = compileParsed({ ...parsed, habits: [], terms: [], problems: [] }, files, inflector, {
    candidates: true,
  })
  return [
    ...all.problems,
    ...habits,
    ...checkEntries(parsed.entries),
    ...checkTerms(parsed.terms),
    ...checkExamples(parsed.entries, dictionary(phrases.dictionary)),
  ].sort(compareProblems)
}

function checkEntries(entries: readonly PhraseEntry[]): readonly DictProblem[] {
  const problems: DictProblem[] = []
  const first = new Map<string, PhraseEntry>()
  for (const entry of entries) {
    const report = (severity: DictProblem['severity'], message: string, fix: string): void => {
      problems.push({ severity, file: entry.file, line: entry.line, message, fix })
    }
    for (const word of guardWords(entry.guard)) {
      if (keysOf(word).length !== 1 && !WORD_CLASSES.has(word)) {
        report(
          'error',
          `the guard's "${word}" is not one token and can never match`,
          'list its words one by one',
        )
      }
    }
    for (const where of entry.guard?.in ?? []) {
      if (entry.guard?.['not-in']?.includes(where)) {
        report('error', `"in" and "not-in" both say ${where}`, 'delete one of the two')
      }
    }
    if (entry.status === 'off') continue
    for (const sequence of sequencesOf(entry)) {
      checkOriginals(entry, sequence, report)
      if (!isReachable(sequence)) {
        report(
          'error',
          `no text reads as the tokens "${sequence.join(' ')}"`,
          'write the wording as it stands in a text',
        )
      }
      const id = `${sequence.join(' ')}\n${JSON.stringify(entry.guard ?? null)}`
      const known = first.get(id)
      if (known === undefined) first.set(id, entry)
      else if (known !== entry) {
        report(
          'error',
          `"${sequence.join(' ')}" is listed twice (first in ${known.file}:${known.line}, as "${known.originals[0]?.text ?? ''}")`,
          'delete one; if both originals occur, list them as alternatives of one entry',
        )
      }
    }
  }
  return problems
}

type Report = (severity: DictProblem['severity'], message: string, fix: string) => void

function checkOriginals(entry: PhraseEntry, sequence: readonly string[], report: Report): void {
  const spun = sequence.join(' ')
  for (const { text } of entry.originals) {
    const original = exactKeysOf(text.replaceAll('*', '')).filter((key) => key !== '-')
    if (original.join(' ') === spun) {
      report('error', `"${spun}" has itself as original`, 'delete it, or correct the original')
    }
  }
}

/** Token sequences of all patterns; those that cannot be read are reported by the compiler. */
function sequencesOf(entry: PhraseEntry): readonly (readonly string[])[] {
  return entry.spun.flatMap((pattern) => {
    try {
      return unfold(pattern).map((tokens) => tokens.map(({ key }) => key))
    } catch (error) {
      if (error instanceof PatternError) return []
      throw error
    }
  })
}

const CLITIC = /^'(?:s|re|ve|ll|d|m)$/

/** Does writing the tokens down and reading them again give the same tokens? */
function isReachable(sequence: readonly string[]): boolean {
  const examples = new Map([
    ['<number>', '7'],
    ['<year>', '2019'],
    ['<word>', 'word'],
  ])
  const keys = sequence.map((key) => examples.get(key) ?? key)
  const text = keys.reduce((before, key) => before + (before === '' || CLITIC.test(key) ? '' : ' ') + key, '')
  return exactKeysOf(text).join(' ') === keys.join(' ')
}

/** What a guard's list may hold besides token keys. */
const WORD_CLASSES = new Set([...WILDCARDS, '<edge>'])

function guardWords(guard: Guard | undefined): readonly string[] {
  if (guard === undefined) return []
  const { any, all, none } = guard.document ?? {}
  return [
    guard.next,
    guard['not-next'],
    guard.previous,
    guard['not-previous'],
    guard.near?.words,
    guard['not-near']?.words,
    any,
    all,
    none,
  ].flatMap((words) => words ?? [])
}
