/**
 * Runs the examples of phrase entries through the engine: what stands in `[[ ]]` must be matched by the
 * entry, everything else must not.
 *
 * A match of another entry in a `keep` sentence is a warning: the sentence is clean text, so the other
 * entry would raise a false alarm.
 */
import type { DictProblem, EntryMatch, Example, PhraseEntry } from './entry.ts'
import { looseSentence } from './loose-sentence.ts'
import { matchEntries } from './match.ts'
import { keysOf } from './pattern.ts'
import type { Dictionary } from './trie.ts'
import { internTokens } from './walk.ts'

/** `compiled` holds the entries themselves, candidates included. */
export function checkExamples(entries: readonly PhraseEntry[], compiled: Dictionary): readonly DictProblem[] {
  const problems: DictProblem[] = []
  for (const entry of entries) {
    if (entry.status === 'off') continue
    for (const example of entry.restore) problems.push(...checkRestore(entry, example, compiled))
    for (const example of entry.keep) problems.push(...checkKeep(entry, example, compiled))
  }
  return problems
}

/** "The [[joint states => united states]] signed." taken apart. */
export interface MarkedText {
  readonly text: string
  /** Ranges of `text` in UTF-16 units. */
  readonly marks: readonly {
    readonly start: number
    readonly end: number
    readonly original: string | undefined
  }[]
}

export function readMarks(example: string): MarkedText {
  const marks: { start: number; end: number; original: string | undefined }[] = []
  let text = ''
  let at = 0
  for (;;) {
    const open = example.indexOf('[[', at)
    let close = open === -1 ? -1 : example.indexOf(']]', open + 2)
    if (close === -1) return { text: text + example.slice(at), marks }
    while (example[close + 2] === ']') close += 1
    const inside = example.slice(open + 2, close)
    const arrow = inside.lastIndexOf(' => ')
    text += example.slice(at, open)
    const spun = arrow === -1 ? inside : inside.slice(0, arrow)
    marks.push({
      start: text.length,
      end: text.length + spun.length,
      original: arrow === -1 ? undefined : inside.slice(arrow + 4),
    })
    text += spun
    at = close + 2
  }
}

function checkRestore(entry: PhraseEntry, example: Example, compiled: Dictionary): readonly DictProblem[] {
  const { text, marks } = readMarks(example.text)
  const at = (message: string, fix: string): DictProblem => problem(entry, example, 'error', message, fix)
  if (marks.length === 0) {
    return [at(`"${example.text}" marks nothing`, 'put [[ ]] around the spun wording')]
  }
  const out: DictProblem[] = []
  const unexpected = matchesIn(text, compiled).filter((match) => match.origin === idOf(entry))
  for (const mark of marks) {
    const spun = text.slice(mark.start, mark.end)
    const found = unexpected.findIndex((match) => match.from === mark.start && match.to === mark.end)
    const match = unexpected[found]
    if (match === undefined) {
      out.push(
        at(
          `the entry does not match "${spun}" in "${text}"`,
          'correct the pattern, the guard or the example',
        ),
      )
      continue
    }
    unexpected.splice(found, 1)
    const wanted = mark.original === undefined ? undefined : keysOf(mark.original).join(' ')
    if (wanted !== undefined && !match.originals.some(({ words }) => words.join(' ') === wanted)) {
      const given = match.originals.map((one) => `"${one.text}"`).join(', ')
      out.push(
        at(`"${spun}" proposes ${given}, the example says "${mark.original}"`, 'correct one of the two'),
      )
    }
  }
  // A shorter match inside a mark ("?of" left out) is no mistake.
  for (const { from, to } of unexpected) {
    if (marks.some((mark) => mark.start <= from && to <= mark.end)) continue
    out.push(
      at(`the entry also matches "${text.slice(from, to)}" in "${text}"`, 'mark it too, or narrow the entry'),
    )
  }
  return out
}

function checkKeep(entry: PhraseEntry, example: Example, compiled: Dictionary): readonly DictProblem[] {
  return matchesIn(example.text, compiled).map((match) => {
    const spun = example.text.slice(match.from, match.to)
    return match.origin === idOf(entry)
      ? problem(
          entry,
          example,
          'error',
          `"${spun}" matches in "${example.text}"`,
          'narrow the pattern or the guard',
        )
      : problem(
          entry,
          example,
          'warning',
          `"${spun}" of ${match.origin} matches in "${example.text}", which is clean`,
          'give that entry a guard, or choose another example',
        )
  })
}

type PlacedMatch = EntryMatch & { readonly from: number; readonly to: number }

/** All matches in a text with their range in UTF-16 units. */
function matchesIn(text: string, compiled: Dictionary): PlacedMatch[] {
  const { tokens, kind } = looseSentence(text)
  const keys = new Set(tokens.map(({ key }) => key))
  const interned = internTokens(compiled, tokens)
  return tokens.flatMap((token, start) =>
    matchEntries(compiled, tokens, interned, start, keys, kind).map((match) => ({
      ...match,
      from: token.span.start,
      to: tokens[match.end - 1]?.span.end ?? text.length,
    })),
  )
}

const idOf = (entry: PhraseEntry): string => `${entry.file}:${entry.line}`

const problem = (
  { file }: PhraseEntry,
  { line }: Example,
  severity: DictProblem['severity'],
  message: string,
  fix: string,
): DictProblem => ({ severity, file, line, message, fix })
