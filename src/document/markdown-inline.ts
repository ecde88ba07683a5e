/**
 * The inline marks of one Markdown block.
 *
 * In: the block's raw text. Out: ordered, disjoint edits that leave what is read: emphasis marks, link
 * targets, images, tags, comments and escapes are removed, character references decoded, code spans
 * become one object. Every scan is bounded or remembered, so that no input takes more than linear time.
 */

import { isAsciiLetter, isDigit, isSpace } from './chars.ts'
import { OBJECT } from './pieces.ts'
import { reference } from './references.ts'

export interface InlineEdit {
  readonly start: number
  readonly end: number
  /** What is read instead; empty removes. Shorter than what it stands for. */
  readonly text: string
}

const MAX_TARGET = 2048
const MAX_TARGET_DEPTH = 32
const MAX_TAG = 2048
const MAX_OPENERS = 64
const ESCAPABLE = '\\`*_{}[]()<>#+-.!|~"\'$%&,/:;=?@^'

interface Delimiter {
  readonly mark: string
  start: number
  end: number
}

/** Edits of one block, ordered and disjoint. */
export function inlineEdits(raw: string): InlineEdit[] {
  const edits: InlineEdit[] = []
  const remove = (start: number, end: number): void => {
    if (end > start) edits.push({ start, end, text: '' })
  }
  const closers = codeClosers(raw)
  const brackets: { readonly at: number; readonly image: boolean; readonly edits: number }[] = []
  const openers: Delimiter[] = []
  let noComment = false
  let at = 0
  while (at < raw.length) {
    const char = raw.charAt(at)
    if (char === '\\' && at + 1 < raw.length && ESCAPABLE.includes(raw.charAt(at + 1))) {
      remove(at, at + 1)
      at += 2
    } else if (char === '`') {
      const length = runOf(raw, at)
      const close = closers(length, at + length)
      if (close < 0) at += length
      else {
        edits.push({ start: at, end: close + length, text: OBJECT })
        at = close + length
      }
    } else if (char === '<') {
      const comment = raw.startsWith('<!--', at)
      const close = comment && !noComment ? raw.indexOf('-->', at + 4) : -1
      if (comment && close < 0) noComment = true
      const end = comment ? (close < 0 ? -1 : close + 3) : tagEnd(raw, at)
      if (end < 0) at += 1
      else {
        remove(at, end)
        at = end
      }
    } else if (char === '&') {
      const decoded = reference(raw, at)
      if (decoded) edits.push({ start: at, end: decoded.end, text: decoded.text })
      at = decoded?.end ?? at + 1
    } else if (char === '[' || (char === '!' && raw.charAt(at + 1) === '[')) {
      const image = char === '!'
      if (raw.startsWith('[^', at)) {
        const end = noteEnd(raw, at)
        if (end > 0) remove(at, end)
        at = end > 0 ? end : at + 2
      } else {
        brackets.push({ at, image, edits: edits.length })
        at += image ? 2 : 1
      }
    } else if (char === ']') {
      const opener = brackets.pop()
      const end = opener ? targetEnd(raw, at + 1) : -1
      if (!opener || end < 0) at += 1
      else {
        if (opener.image) {
          edits.length = opener.edits
          dropFrom(openers, opener.at)
          remove(opener.at, end)
        } else {
          edits.push({ start: opener.at, end: opener.at + 1, text: '' })
          remove(at, end)
        }
        at = end
      }
    } else if (char === '*' || char === '_' || char === '~') {
      const end = at + runOf(raw, at)
      emphasis(raw, { mark: char, start: at, end }, openers, edits)
      at = end
    } else at += 1
  }
  return disjoint(edits)
}

/** For every length, where runs of backticks stand; each list is walked once. */
function codeClosers(raw: string): (length: number, from: number) => number {
  const runs = new Map<number, { starts: number[]; next: number }>()
  for (let at = raw.indexOf('`'); at !== -1; at = raw.indexOf('`', at)) {
    const length = runOf(raw, at)
    const list = runs.get(length) ?? { starts: [], next: 0 }
    list.starts.push(at)
    runs.set(length, list)
    at += length
  }
  return (length, from) => {
    const list = runs.get(length)
    if (!list) return -1
    while (list.next < list.starts.length && (list.starts[list.next] ?? 0) < from) list.next += 1
    return list.starts[list.next] ?? -1
  }
}

function runOf(raw: string, at: number): number {
  const mark = raw.charAt(at)
  let end = at
  while (end < raw.length && raw.charAt(end) === mark) end += 1
  return end - at
}

/** End of an HTML tag at `at`, −1 when it is a plain "<" or an address in angle brackets. */
function tagEnd(raw: string, at: number): number {
  const first = raw.charAt(at + 1) === '/' ? at + 2 : at + 1
  if (!isAsciiLetter(raw.charCodeAt(first))) return -1
  let end = first
  while (isAsciiLetter(raw.charCodeAt(end)) || isDigit(raw.charCodeAt(end)) || raw.charAt(end) === '-')
    end += 1
  if (raw.charAt(end) !== '>' && raw.charAt(end) !== '/' && !isSpace(raw.charCodeAt(end))) return -1
  const limit = Math.min(raw.length, at + MAX_TAG)
  for (; end < limit; end++) {
    const char = raw.charAt(end)
    if (char === '>') return end + 1
    if (char === '<') return -1
  }
  return -1
}

function noteEnd(raw: string, at: number): number {
  const close = raw.slice(at, at + 100).indexOf(']')
  return close < 0 ? -1 : at + close + 1
}

/** End of "(address "title")" or "[label]" at `at`; −1 when there is neither. */
function targetEnd(raw: string, at: number): number {
  const open = raw.charAt(at)
  const limit = Math.min(raw.length, at + MAX_TARGET)
  if (open === '[') {
    for (let end = at + 1; end < limit; end++) {
      if (raw.charAt(end) === ']') return end + 1
      if (raw.charAt(end) === '[') return -1
    }
    return -1
  }
  if (open !== '(') return -1
  let depth = 0
  for (let end = at; end < limit; end++) {
    const char = raw.charAt(end)
    if (char === '\\') end += 1
    else if (char === '(' && ++depth > MAX_TARGET_DEPTH) return -1
    else if (char === ')' && --depth === 0) return end + 1
  }
  return -1
}

/** Pairs a run of marks with open ones of its kind, and leaves the rest open; unpaired marks stay text. */
function emphasis(raw: string, run: Delimiter, openers: Delimiter[], edits: InlineEdit[]): void {
  const spaceBefore = run.start === 0 || isSpace(raw.charCodeAt(run.start - 1))
  const spaceAfter = run.end >= raw.length || isSpace(raw.charCodeAt(run.end))
  if (run.mark === '~' && run.end - run.start < 2) return
  const inWord = run.mark === '_' && isWord(raw, run.start - 1) && isWord(raw, run.end)
  if (inWord) return
  if (!spaceBefore) {
    for (let i = openers.length - 1; i >= 0 && run.start < run.end; i--) {
      const opener = openers[i]
      if (!opener || opener.mark !== run.mark || opener.end === run.start) continue
      const width = Math.min(opener.end - opener.start, run.end - run.start)
      edits.push({ start: opener.end - width, end: opener.end, text: '' })
      edits.push({ start: run.start, end: run.start + width, text: '' })
      opener.end -= width
      run.start += width
      openers.length = opener.start === opener.end ? i : i + 1
    }
  }
  if (run.start < run.end && !spaceAfter) {
    if (openers.length === MAX_OPENERS) openers.shift()
    openers.push(run)
  }
}

function isWord(raw: string, at: number): boolean {
  const unit = raw.charCodeAt(at)
  return isAsciiLetter(unit) || isDigit(unit) || unit > 0xbf
}

function dropFrom(openers: Delimiter[], at: number): void {
  while ((openers.at(-1)?.start ?? -1) >= at) openers.pop()
}

/** Sorted; an edit inside an earlier one (a mark inside a dropped target) goes with it. */
function disjoint(edits: InlineEdit[]): InlineEdit[] {
  edits.sort((a, b) => a.start - b.start || b.end - a.end)
  let end = 0
  return edits.filter((edit) => {
    if (edit.start < end) return false
    end = edit.end
    return true
  })
}
