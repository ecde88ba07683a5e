/**
 * Habits files put in order: lines sorted, an original once per part of speech over all files, a wording
 * once per line in its most frequent class. What `dict check` complains about and a machine can settle.
 */
import { comparable, habitId } from './check-habits.ts'
import { compareText, type DictFile, HABIT_CLASSES, type Habit, type HabitClass } from './entry.ts'
import { parseHabits } from './parse-habits.ts'

/**
 * The files with their new texts, in their order. A later duplicate moves to the first file that has the
 * original. Lines that cannot be read would be lost, so a file with such a line comes back as it is.
 */
export function tidyHabits(files: readonly DictFile[]): readonly DictFile[] {
  const parsed = files.map((file) => ({ file, ...parseHabits(file) }))
  const readable = parsed.filter(
    ({ file, habits, comments }) => lineCount(file) === habits.length + comments.length,
  )
  const lines = new Map<
    string,
    { readonly file: string; readonly first: Habit; readonly spun: Map<string, HabitClass> }
  >()
  for (const habit of readable.flatMap(({ habits }) => habits)) {
    const id = habitId(habit)
    const line = lines.get(id) ?? { file: habit.file, first: habit, spun: new Map<string, HabitClass>() }
    lines.set(id, line)
    for (const { text, class: name } of habit.spun) {
      const known = line.spun.get(text)
      if (
        comparable(text) !== comparable(habit.original) &&
        (known === undefined || rank(name) < rank(known))
      )
        line.spun.set(text, name)
    }
  }
  const sorted = [...lines]
    .filter(([, { spun }]) => spun.size > 0)
    .sort(([a], [b]) => compareText(a, b))
    .map(([, line]) => line)
  return parsed.map((one) => {
    if (!readable.includes(one)) return one.file
    const own = sorted.filter(({ file }) => file === one.file.name)
    const text = [...one.comments, ...own.map(({ first, spun }) => lineText(first, spun))].join('\n')
    return { name: one.file.name, text: `${text}\n` }
  })
}

const rank = (name: HabitClass): number => HABIT_CLASSES.indexOf(name)

/** Lines that say something. */
const lineCount = ({ text }: DictFile): number => text.split('\n').filter((line) => line.trim() !== '').length

function lineText({ original, pos }: Habit, spun: ReadonlyMap<string, HabitClass>): string {
  const classes = HABIT_CLASSES.map((name) =>
    [...spun]
      .filter(([, own]) => own === name)
      .map(([text]) => text)
      .join('; '),
  )
  while (classes.at(-1) === '') classes.pop()
  return `${original}\t${pos}\t${classes.join(' | ').trim()}`
}
