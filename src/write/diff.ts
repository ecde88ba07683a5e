/**
 * A text and its restored version to a unified diff that `patch` and `git apply` take.
 *
 * In: name, both texts. Out: the diff, or an empty string where they are equal. Lines are found by
 * the `diff` package (Myers); texts with more than MAX_EDITS changed lines become one hunk, since a
 * diff is asked for at a prompt and must not take a minute.
 */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff/lib/patch/create.js'
import { type Palette, palette } from './palette.ts'
import { visible } from './visible.ts'

/** Edit distance in lines at which the search for the shortest script is given up. */
const MAX_EDITS = 2000
const CONTEXT_LINES = 3

/** Unified diff from `given` to `fixed`, headers a/NAME and b/NAME. */
export function unifiedDiff(name: string, given: string, fixed: string): string {
  if (given === fixed) return ''
  const label = headerName(name)
  const patch = createTwoFilesPatch(`a/${label}`, `b/${label}`, given, fixed, undefined, undefined, {
    context: CONTEXT_LINES,
    maxEditLength: MAX_EDITS,
    headerOptions: FILE_HEADERS_ONLY,
  })
  return patch ?? wholeFile(label, given, fixed)
}

/**
 * The diff in colours: removed red, added green, headers bold. Only for a terminal, so what would
 * steer it is escaped here; a diff without colours keeps every byte and stays applicable.
 */
export function colouredDiff(diff: string): string {
  const paint = palette('ansi')
  return diff
    .split('\n')
    .map((line) => paintLine(line, visible(line), paint))
    .join('\n')
}

function paintLine(line: string, shown: string, paint: Palette): string {
  if (line.startsWith('---') || line.startsWith('+++')) return paint.bold(shown)
  if (line.startsWith('@@')) return paint.cyan(shown)
  if (line.startsWith('-')) return paint.red(shown)
  if (line.startsWith('+')) return paint.green(shown)
  return shown
}

/** A path with a line feed in it would break the header, and one from the root has its slash from "a/". */
function headerName(name: string): string {
  return name.replaceAll('\n', ' ').replaceAll('\r', ' ').replace(/^\/+/, '')
}

function wholeFile(label: string, given: string, fixed: string): string {
  const before = hunkLines(given, '-')
  const after = hunkLines(fixed, '+')
  const range = `@@ -1,${before.count} +1,${after.count} @@`
  return `--- a/${label}\n+++ b/${label}\n${range}\n${before.text}${after.text}`
}

function hunkLines(text: string, sign: '-' | '+'): { count: number; text: string } {
  if (text === '') return { count: 0, text: '' }
  const lines = text.split('\n')
  const ended = lines.at(-1) === ''
  if (ended) lines.pop()
  const body = lines.map((line) => `${sign}${line}\n`).join('')
  return { count: lines.length, text: ended ? body : `${body}\\ No newline at end of file\n` }
}
