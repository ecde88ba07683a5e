/**
 * A habits file (`original<TAB>pos<TAB>common; common | seen | rare`) to `Habit[]` and problems.
 *
 * A line with a mistake is reported and left out; the others stay. Cut by hand rather than by regular
 * expressions, so that any text takes linear time.
 */
import {
  type DictFile,
  type DictProblem,
  HABIT_CLASSES,
  type Habit,
  type HabitClass,
  POSES,
  type Pos,
} from './entry.ts'

export const HEADERS = ['origin', 'licence', 'date'] as const

export interface ParsedHabits {
  readonly habits: readonly Habit[]
  /** The header comments as written, `#` included. */
  readonly comments: readonly string[]
  readonly problems: readonly DictProblem[]
}

export function parseHabits(file: DictFile): ParsedHabits {
  const habits: Habit[] = []
  const comments: string[] = []
  const problems: DictProblem[] = []
  const report = (line: number, message: string, fix: string): void => {
    problems.push({ severity: 'error', file: file.name, line, message, fix })
  }

  for (const [index, raw] of file.text.split('\n').entries()) {
    const line = index + 1
    const text = raw.trim()
    if (text === '') continue
    if (text.startsWith('#')) {
      comments.push(text)
      continue
    }
    const columns = raw.replace('\r', '').split('\t')
    if (columns.length !== 3) {
      report(
        line,
        `${columns.length} columns, separated by tabs; a habit has 3`,
        'write original<TAB>pos<TAB>common; common | seen | rare',
      )
      continue
    }
    const original = squeeze(columns[0] ?? '')
    const pos = squeeze(columns[1] ?? '')
    if (original === '') {
      report(line, 'the original is empty', 'write what a person would have written in the first column')
    } else if (!isPos(pos)) {
      report(line, `"${pos}" is not a part of speech`, 'use n, v, a, r (adverb) or x (nothing to inflect)')
    } else {
      const spun = wordings(columns[2] ?? '', (message, fix) => report(line, message, fix))
      if (spun.length > 0) habits.push({ file: file.name, line, original, pos, spun })
    }
  }
  for (const name of HEADERS) {
    if (!comments.some((comment) => squeeze(comment.slice(1)).startsWith(`${name}:`))) {
      report(1, `the header says nothing about the ${name}`, `begin the file with "# ${name}: …"`)
    }
  }
  return { habits, comments, problems }
}

/** The wordings of the third column with their class, each once. */
function wordings(
  column: string,
  report: (message: string, fix: string) => void,
): readonly { readonly text: string; readonly class: HabitClass }[] {
  const out = new Map<string, HabitClass>()
  const classes = column.split('|')
  if (classes.length > HABIT_CLASSES.length) {
    report(
      `${classes.length} classes of wordings; there are ${HABIT_CLASSES.length}`,
      'use at most two "|": common | seen | rare',
    )
    return []
  }
  for (const [index, name] of HABIT_CLASSES.entries()) {
    const items = (classes[index] ?? '').split(';').map(squeeze)
    for (const item of items) {
      if (item === '') {
        if (items.length > 1) report(`an empty wording among the ${name} ones`, 'delete one of the ";"')
        continue
      }
      const first = out.get(item)
      if (first === undefined) out.set(item, name)
      else report(`"${item}" is listed twice (${first} and ${name})`, 'keep the more frequent class')
    }
  }
  if (out.size === 0) report('no spun wording', 'list at least one wording, or delete the line')
  return [...out].map(([text, name]) => ({ text, class: name }))
}

/** Without outer white space, inner runs as one space. */
function squeeze(text: string): string {
  return text.trim().split(/\s+/).join(' ')
}

const isPos = (text: string): text is Pos => (POSES as readonly string[]).includes(text)
