/**
 * Markdown to passages: the block structure, line by line.
 *
 * In: the source. Out: passages with pieces; markers of headings, lists, quotes and tables are left out,
 * so are front matter, code, comments and link definitions. Written by hand because every unit must keep
 * its place in the source and no line may cost more than its length; rare constructs read as paragraphs.
 */

import type { Passage } from '../types.ts'
import { isDigit, isSpace, skipSpace, trimEnd } from './chars.ts'
import { type Line, lines } from './lines.ts'
import { inlineEdits } from './markdown-inline.ts'
import { type PieceBuilder, pieceBuilder } from './pieces.ts'
import { isListItem } from './plain.ts'

interface Range {
  readonly start: number
  readonly end: number
}

/** A paragraph of more lines is cut, so that memory stays bounded. */
const MAX_BLOCK_LINES = 1000
const MAX_QUOTE_DEPTH = 32
const RAW_ELEMENTS = ['script', 'style', 'pre', 'textarea', 'svg']

/** Passages of `text`, in order. */
export function markdownPassages(text: string): Passage[] {
  const out: Passage[] = []
  const builder = pieceBuilder(text)
  let block: Range[] = []
  let fence: { readonly mark: string; readonly length: number } | undefined
  /** Inside front matter, a comment or a raw element: lines before this offset are skipped. */
  let resumeAt = frontMatterEnd(text)
  let inList = false

  const take = (kind: Passage['kind']): void => {
    const passage = builder.take(kind)
    if (passage) out.push(passage)
  }
  const flush = (kind: 'prose' | 'heading'): void => {
    if (block.length === 0) return
    readInline(builder, text, block)
    block = []
    take(kind)
  }

  for (const line of lines(text)) {
    if (line.start < resumeAt) continue
    const quoted = skipQuoteMarks(text, line)
    let start = skipSpace(text, quoted, line.end)
    if (fence) {
      if (closesFence(text, start, line.end, fence)) {
        fence = undefined
        take('code')
      } else builder.copy(line.start, line.next)
      continue
    }
    if (start === line.end) {
      flush('prose')
      continue
    }
    const indent = indentation(text, quoted, start)
    if (block.length === 0 && indent >= 4 && !inList) {
      builder.copy(start, line.end)
      take('code')
      continue
    }
    const opened = fenceAt(text, start, line.end)
    if (opened) {
      flush('prose')
      fence = opened
      continue
    }
    const skipTo = rawEnd(text, start)
    if (skipTo !== undefined) {
      flush('prose')
      resumeAt = skipTo
      // Text behind the end of a comment on its own line is rare, but it is text.
      const rest = [...restOfLine(text, skipTo)]
      block.push(...rest)
      if (rest.length > 0) resumeAt = rest[0]?.end ?? resumeAt
      continue
    }
    if (isRule(text, start, line.end)) {
      const setext = block.length > 0 && '=-'.includes(text.charAt(start))
      flush(setext ? 'heading' : 'prose')
      continue
    }
    const heading = headingRange(text, start, line.end)
    if (heading) {
      flush('prose')
      block.push(heading)
      flush('heading')
      inList = false
      continue
    }
    if (text.charAt(start) === '|') {
      flush('prose')
      for (const cell of cells(text, start, line.end)) {
        block.push(cell)
        flush('prose')
      }
      continue
    }
    if (isDefinition(text, start, line.end)) {
      flush('prose')
      const note = text.charAt(start + 1) === '^'
      if (note) block.push({ start: text.indexOf(':', start) + 1, end: line.next })
      continue
    }
    if (isListItem(text, start, line.end)) {
      flush('prose')
      inList = true
      while (isListItem(text, start, line.end)) {
        while (!isSpace(text.charCodeAt(start))) start += 1
        start = skipSpace(text, start, line.end)
      }
      start = skipTaskBox(text, start, line.end)
    } else if (block.length === 0 && indent === 0) inList = false
    if (block.length >= MAX_BLOCK_LINES) flush('prose')
    block.push({ start, end: line.next })
  }
  if (fence) take('code')
  flush('prose')
  return out
}

/** Reads the inline text of a block's lines into `builder`, in order. */
function readInline(builder: PieceBuilder, source: string, block: readonly Range[]): void {
  const raw = block.map(({ start, end }) => source.slice(start, end)).join('')
  let index = 0
  let base = 0
  /** Copies raw [from, to), line by line; calls come in order. */
  const copy = (from: number, to: number): void => {
    let at = from
    while (at < to) {
      const range = block[index]
      if (!range) return
      const end = base + range.end - range.start
      const stop = Math.min(to, end)
      if (stop > at) builder.copy(range.start + at - base, range.start + stop - base)
      at = Math.max(at, stop)
      if (at >= end) {
        base = end
        index += 1
      }
    }
  }
  const place = (at: number): number => {
    let skipped = 0
    for (let i = index, from = base; i < block.length; i++) {
      const range = block[i]
      if (!range) break
      const length = range.end - range.start
      if (at < from + length) return range.start + at - from
      from += length
      skipped = range.end
    }
    return skipped
  }
  let at = 0
  for (const edit of inlineEdits(raw)) {
    copy(at, edit.start)
    if (edit.text !== '') {
      const start = place(edit.start)
      builder.read(edit.text, start, place(edit.end - 1) + 1 - start)
    }
    at = edit.end
    // Step over lines the edit swallowed whole.
    while (block[index] && base + (block[index]?.end ?? 0) - (block[index]?.start ?? 0) <= at) {
      base += (block[index]?.end ?? 0) - (block[index]?.start ?? 0)
      index += 1
    }
  }
  copy(at, raw.length)
}

function frontMatterEnd(text: string): number {
  const mark = text.slice(0, 3)
  if (mark !== '---' && mark !== '+++') return 0
  let first = true
  for (const { start, end, next } of lines(text)) {
    const content = trimEnd(text, start, end) - start === 3 && text.startsWith(mark, start)
    if (first && !content) return 0
    if (!first && content) return next
    first = false
  }
  return 0
}

function skipQuoteMarks(text: string, line: Line): number {
  let at = line.start
  for (let depth = 0; depth < MAX_QUOTE_DEPTH; depth++) {
    const mark = skipSpace(text, at, line.end)
    if (mark - at > 3 || text.charAt(mark) !== '>' || mark >= line.end) break
    at = mark + 1
    if (text.charAt(at) === ' ') at += 1
  }
  return at
}

function indentation(text: string, from: number, to: number): number {
  let columns = 0
  for (let at = from; at < to; at++) columns += text.charAt(at) === '\t' ? 4 : 1
  return columns
}

function runLength(text: string, start: number, end: number): number {
  const mark = text.charAt(start)
  let at = start
  while (at < end && text.charAt(at) === mark) at += 1
  return at - start
}

function fenceAt(text: string, start: number, end: number): { mark: string; length: number } | undefined {
  const mark = text.charAt(start)
  if (mark !== '`' && mark !== '~') return undefined
  const length = runLength(text, start, end)
  if (length < 3) return undefined
  // "```x``` in a sentence" is inline code.
  if (mark === '`' && text.slice(start + length, end).includes('`')) return undefined
  return { mark, length }
}

function closesFence(
  text: string,
  start: number,
  end: number,
  fence: { mark: string; length: number },
): boolean {
  if (text.charAt(start) !== fence.mark || start >= end) return false
  const length = runLength(text, start, end)
  return length >= fence.length && skipSpace(text, start + length, end) === end
}

/** End of a comment or raw element that begins at `start`; undefined when none does. */
function rawEnd(text: string, start: number): number | undefined {
  if (text.charAt(start) !== '<') return undefined
  if (text.startsWith('<!--', start)) {
    const close = text.indexOf('-->', start + 4)
    return close < 0 ? text.length : close + 3
  }
  const name = RAW_ELEMENTS.find(
    (element) =>
      text.slice(start + 1, start + 1 + element.length).toLowerCase() === element &&
      !/[\w-]/.test(text.charAt(start + 1 + element.length)),
  )
  if (name === undefined) return undefined
  const close = text.indexOf(`</${name}`, start)
  const end = close < 0 ? -1 : text.indexOf('>', close)
  return end < 0 ? text.length : end + 1
}

function* restOfLine(text: string, at: number): Generator<Range> {
  let end = at
  while (end < text.length && text.charAt(end) !== '\n' && text.charAt(end) !== '\r') end += 1
  const start = skipSpace(text, at, end)
  if (start < end && !text.startsWith('<!--', start)) yield { start, end }
}

/** "---", "***", "___", "===": at least two of one mark and white space only. */
function isRule(text: string, start: number, end: number): boolean {
  const mark = text.charAt(start)
  if (!'-*_='.includes(mark)) return false
  let count = 0
  for (let at = start; at < end; at++) {
    if (text.charAt(at) === mark) count += 1
    else if (!isSpace(text.charCodeAt(at))) return false
  }
  return count >= 2
}

function headingRange(text: string, start: number, end: number): Range | undefined {
  if (text.charAt(start) !== '#') return undefined
  const level = runLength(text, start, end)
  if (level > 6 || (start + level < end && !isSpace(text.charCodeAt(start + level)))) return undefined
  let last = trimEnd(text, start + level, end)
  const trimmed = last
  while (last > start + level && text.charAt(last - 1) === '#') last -= 1
  const closed = last < trimmed && (last === start + level || isSpace(text.charCodeAt(last - 1)))
  return { start: start + level, end: closed ? last : trimmed }
}

/** Cells of a table row; none for the row of dashes under the head. */
function* cells(text: string, start: number, end: number): Generator<Range> {
  if (/^[|:\-\s]*$/.test(text.slice(start, end))) return
  let from = start + 1
  for (let at = from; at <= end; at++) {
    if (at < end && (text.charAt(at) !== '|' || text.charAt(at - 1) === '\\')) continue
    if (skipSpace(text, from, at) < at) yield { start: from, end: at }
    from = at + 1
  }
}

/** "[label]: address" and "[^note]: text". */
function isDefinition(text: string, start: number, end: number): boolean {
  if (text.charAt(start) !== '[') return false
  const close = text.slice(start, Math.min(end, start + 1000)).indexOf(']:')
  return close > 1
}

function skipTaskBox(text: string, start: number, end: number): number {
  const box = text.slice(start, start + 4)
  if (box.length === 4 && /^\[[ xX]\]\s$/.test(box) && !isDigit(text.charCodeAt(start + 1)))
    return skipSpace(text, start + 4, end)
  return start
}
