/**
 * Comma- or tab-separated text (RFC 4180) to rows of cells with their line numbers.
 *
 * Hand-written: one pass over the characters, no package, and a broken row is a value beside the sound
 * ones. A quoted cell may hold separators, doubled quotes and line ends. Between tabs, where most
 * programs quote nothing, a cell that only begins with a quotation mark is taken as it stands.
 */

export interface CsvRow {
  /** 1-based line on which the row begins. */
  readonly line: number
  readonly cells: readonly string[]
  /** What is wrong with the row; `cells` then holds what could be read. */
  readonly fault: string | undefined
}

/** Tab if the first line has one, else comma. */
export function separatorOf(text: string): '\t' | ',' {
  const end = text.indexOf('\n')
  return text.slice(0, end === -1 ? text.length : end).includes('\t') ? '\t' : ','
}

/** Rows in order, empty lines left out. A quote that never closes takes the rest of its line only. */
export function* csvRows(text: string, separator: '\t' | ','): Generator<CsvRow> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let line = 1
  while (at < text.length) {
    const from = at
    const cells: string[] = []
    let fault: string | undefined
    let more = true
    while (more) {
      const found = text[at] === '"' ? quoted(text, at) : plain(text, at, separator)
      const [cell, end, wrong] =
        separator === '\t' && found[2] !== undefined ? plain(text, at, separator) : found
      fault ??= wrong
      cells.push(cell)
      more = text[end] === separator
      at = end + 1
    }
    if (cells.length > 1 || cells[0]?.trim() !== '') yield { line, cells, fault }
    for (let i = text.indexOf('\n', from); i !== -1 && i < at; i = text.indexOf('\n', i + 1)) line += 1
  }
}

type Cell = readonly [cell: string, end: number, fault?: string]

function plain(text: string, from: number, separator: string): Cell {
  let end = from
  while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1
  const cell = text.slice(from, end)
  return [cell.endsWith('\r') && text[end] !== separator ? cell.slice(0, -1) : cell, end]
}

/** `end` is the first unit behind the closing quote that may follow a cell. */
function quoted(text: string, from: number): Cell {
  let cell = ''
  let at = from + 1
  for (;;) {
    const close = text.indexOf('"', at)
    if (close === -1) {
      const end = lineEnd(text, from)
      return [text.slice(from + 1, end), end, 'a quoted cell is never closed']
    }
    cell += text.slice(at, close)
    at = close + 1
    if (text[at] !== '"') break
    cell += '"'
    at += 1
  }
  if (text[at] === '\r') at += 1
  if (at >= text.length || text[at] === '\n' || text[at] === '\t' || text[at] === ',') return [cell, at]
  return [cell, lineEnd(text, at), `text follows the closing quote of "${cell.slice(0, 40)}"`]
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
