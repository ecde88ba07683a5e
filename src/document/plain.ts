/**
 * Plain text to passages.
 *
 * In: the text. Out: paragraphs. Blank lines part them; a single line end joins wrapped lines, because a
 * sentence broken by a column must be read whole, unless the line was plainly ended on purpose: a list
 * item follows, or the next line starts with a capital although its first word would have fitted.
 */

import type { Passage } from '../types.ts'
import { isAsciiLetter, isDigit, isLowerAt, isSpace, isUpperAt, skipSpace, trimEnd } from './chars.ts'
import { type Line, lines } from './lines.ts'
import { pieceBuilder } from './pieces.ts'

/** A block of more lines is cut, so that memory stays bounded. */
const MAX_BLOCK_LINES = 1000
/** Lines longer than this are paragraphs of their own, not wrapped text. */
const WIDEST_WRAP = 140
const MAX_HEADING_UNITS = 100
/** A shorter line before a blank one is a label, not half a sentence. */
const MIN_TORN_UNITS = 20

/** Passages of `text`, in order; each is one piece. */
export function plainPassages(text: string): Passage[] {
  const out: Passage[] = []
  const builder = pieceBuilder(text)
  const flush = (start: number, end: number, kind: 'prose' | 'heading'): void => {
    builder.copy(start, end)
    const passage = builder.take(kind)
    if (passage) out.push(passage)
  }
  let block: Line[] = []
  let gap = false
  const endBlock = (): void => {
    const shape = shapeOf(text, block)
    let first = 0
    for (let i = 1; i <= block.length; i++) {
      const start = block[first]
      const last = block[i - 1]
      const line = block[i]
      if (!start || !last || (line && !endsOnPurpose(text, last, line, shape))) continue
      const alone = first === i - 1 && first === 0
      flush(start.start, last.end, alone && looksLikeHeading(text, start, shape) ? 'heading' : 'prose')
      first = i
    }
    block = []
  }
  for (const line of lines(text)) {
    if (skipSpace(text, line.start, line.end) === line.end) {
      gap = true
      continue
    }
    const last = block.at(-1)
    if (block.length === MAX_BLOCK_LINES || (gap && last && !isTornApart(text, last, line))) endBlock()
    block.push(line)
    gap = false
  }
  endBlock()
  // A text of one line is read, not headed.
  const [only] = out
  return out.length === 1 && only ? [{ ...only, kind: 'prose' }] : out
}

/** What the lines of a block have in common. */
interface Shape {
  /** Of the widest line, in units. */
  readonly width: number
  /** Lines that begin with capitals and often end with commas: their ends mean nothing. */
  readonly verse: boolean
}

const VERSE_WIDTH = 80

function shapeOf(text: string, block: readonly Line[]): Shape {
  let width = 0
  let capitals = 0
  let open = 0
  for (const { start, end } of block) {
    const last = trimEnd(text, start, end)
    width = Math.max(width, last - start)
    if (isUpperAt(text, skipSpace(text, start, end))) capitals += 1
    if (',;:-–—'.includes(text.charAt(last - 1))) open += 1
  }
  const verse =
    block.length >= 4 && width < VERSE_WIDTH && capitals * 4 >= block.length * 3 && open * 4 >= block.length
  return { width, verse }
}

/** A blank line in the middle of a sentence, as copying from a page leaves it around a link. */
function isTornApart(text: string, previous: Line, line: Line): boolean {
  const last = trimEnd(text, previous.start, previous.end)
  if (last - previous.start < MIN_TORN_UNITS || !isLowerAt(text, skipSpace(text, line.start, line.end)))
    return false
  return isLowerAt(text, last - 1) || text.charAt(last - 1) === ','
}

/** The line end between `previous` and `line` parts two blocks of text. */
function endsOnPurpose(text: string, previous: Line, line: Line, { width, verse }: Shape): boolean {
  const start = skipSpace(text, line.start, line.end)
  if (isListItem(text, start, line.end)) return true
  if (verse || isLowerAt(text, start)) return false
  const first = text.charAt(start)
  if (!isUpperAt(text, start) && !isDigit(first.charCodeAt(0)) && !'"“‘([©'.includes(first)) return false
  if (width > WIDEST_WRAP) return true
  let wordEnd = start
  while (wordEnd < line.end && !isSpace(text.charCodeAt(wordEnd))) wordEnd += 1
  const previousLength = trimEnd(text, previous.start, previous.end) - previous.start
  return previousLength + 1 + (wordEnd - start) < width
}

/** "- x", "• x", "3. x", "(b) x". */
export function isListItem(text: string, start: number, end: number): boolean {
  const first = text.charAt(start)
  if ('-*+•‣◦–'.includes(first) && first !== '') return start + 1 < end && isSpace(text.charCodeAt(start + 1))
  let at = first === '(' ? start + 1 : start
  const label = at
  while (at < end && at - label < 3 && isDigit(text.charCodeAt(at))) at += 1
  if (at === label && isAsciiLetter(text.charCodeAt(at)) && first === '(') at += 1
  if (at === label || at + 1 >= end) return false
  const mark = text.charAt(at)
  return (mark === ')' || (mark === '.' && first !== '(')) && isSpace(text.charCodeAt(at + 1))
}

/** One short line that starts with a capital or digit and ends no sentence. */
function looksLikeHeading(text: string, line: Line, { verse }: Shape): boolean {
  const start = skipSpace(text, line.start, line.end)
  const end = trimEnd(text, start, line.end)
  if (verse || end - start > MAX_HEADING_UNITS || '.!?:;,…*"”'.includes(text.charAt(end - 1))) return false
  return (isUpperAt(text, start) || isDigit(text.charCodeAt(start))) && !isListItem(text, start, line.end)
}
