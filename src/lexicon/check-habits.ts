/**
 * Habits across all files: sorted, each original once, nothing that stands for itself, and the pairs
 * that are habitual both ways.
 */
import { compareText, type DictFile, type DictProblem, type Habit } from './entry.ts'
import { exactKeysOf } from './pattern.ts'

export function checkHabits(files: readonly DictFile[], habits: readonly Habit[]): readonly DictProblem[] {
  return [...orders(files, habits), ...duplicates(habits), ...selves(habits), ...swaps(habits)]
}

/** What lines are sorted and identified by. */
export const habitId = ({ original, pos }: Habit): string => `${original}\t${pos}`

/** The first line out of order, per file. */
function orders(files: readonly DictFile[], habits: readonly Habit[]): readonly DictProblem[] {
  return files.flatMap(({ name }) => {
    const own = habits.filter(({ file }) => file === name)
    const at = own.findIndex((habit, index) => {
      const before = own[index - 1]
      return before !== undefined && compareText(habitId(before), habitId(habit)) > 0
    })
    const habit = own[at]
    if (habit === undefined) return []
    return problem(
      habit,
      'error',
      `"${habit.original}" comes after "${own[at - 1]?.original ?? ''}"`,
      'sort the lines in code unit order (LC_ALL=C sort)',
    )
  })
}

function duplicates(habits: readonly Habit[]): readonly DictProblem[] {
  const first = new Map<string, Habit>()
  return habits.flatMap((habit) => {
    const known = first.get(habitId(habit))
    if (known === undefined) {
      first.set(habitId(habit), habit)
      return []
    }
    return problem(
      habit,
      'error',
      `"${habit.original}" (${habit.pos}) is listed twice (first in ${known.file}:${known.line})`,
      'merge the two lines',
    )
  })
}

/** What two wordings are compared by: token keys, hyphens aside. */
export const comparable = (text: string): string =>
  exactKeysOf(text.replaceAll('*', ''))
    .filter((key) => key !== '-')
    .join(' ')

function selves(habits: readonly Habit[]): readonly DictProblem[] {
  return habits.flatMap((habit) => {
    const original = comparable(habit.original)
    return habit.spun
      .filter(({ text }) => comparable(text) === original)
      .map(({ text }) =>
        problem(habit, 'error', `"${text}" has itself as original`, 'delete it from the line'),
      )
  })
}

/**
 * Wordings that are common in both directions: neither tells which of the two is the copy. Real spinners
 * do swap words both ways, so there is one warning a file, not one a pair.
 */
function swaps(habits: readonly Habit[]): readonly DictProblem[] {
  const common = new Set<string>()
  for (const { pos, original, spun } of habits) {
    for (const { text, class: name } of spun)
      if (name === 'common') common.add(`${pos} ${original} <- ${text}`)
  }
  const found = new Map<string, { readonly habit: Habit; readonly text: string; count: number }>()
  for (const habit of habits) {
    for (const { text, class: name } of habit.spun) {
      const both = name === 'common' && common.has(`${habit.pos} ${text} <- ${habit.original}`)
      if (!both || compareText(habit.original, text) > 0) continue
      const known = found.get(habit.file)
      if (known === undefined) found.set(habit.file, { habit, text, count: 1 })
      else known.count += 1
    }
  }
  return [...found.values()].map(({ habit, text, count }) =>
    problem(
      habit,
      'warning',
      `${count} ${count === 1 ? 'pair is' : 'pairs are'} common in both directions, the first is "${habit.original}" and "${text}"`,
      'make the less usual direction seen or rare',
    ),
  )
}

const problem = (
  { file, line }: Habit,
  severity: DictProblem['severity'],
  message: string,
  fix: string,
): DictProblem => ({ severity, file, line, message, fix })
