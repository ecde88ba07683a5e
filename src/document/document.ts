/**
 * Text to `Document`: decides the format and notes what is wrong with the text.
 *
 * In: the text exactly as given, perhaps a name. Out: a value that nothing changes any more. The format
 * is read from the name's ending, else from the first characters; a guess costs no more than those.
 */

import type { Document, InputFormat, Problem } from '../types.ts'
import { skipSpace } from './chars.ts'
import { mainContent } from './main-content.ts'

export interface DocumentOptions {
  /** Identifies the document in records; the name, else empty, when left out. */
  readonly id?: string
  readonly format?: InputFormat | 'auto'
  /** File name or address, for its ending only. */
  readonly name?: string
  /** `main`: of a web page only the article is read. */
  readonly content?: 'page' | 'main'
}

/** Never throws; an empty text is a document with a problem. */
export function document(text: string, options: DocumentOptions = {}): Document {
  const { format = 'auto', name, content = 'page' } = options
  const isEmpty = skipSpace(text, 0, text.length) === text.length
  const read = {
    id: options.id ?? name ?? '',
    text,
    format: format === 'auto' ? formatOf(text, name) : format,
    problems: isEmpty ? [EMPTY] : [],
  }
  if (content === 'page' || read.format !== 'html' || isEmpty) return read
  const main = mainContent(text)
  return main === undefined ? { ...read, problems: [NO_ARTICLE] } : { ...read, main }
}

const NO_ARTICLE: Problem = {
  kind: 'markup',
  message: 'no article can be made out in this page; all of it was read',
  fix: 'nothing, if that is as meant; else cut the article out',
}

const EMPTY: Problem = {
  kind: 'empty',
  message: 'there is no text to read',
  fix: 'pass a file or text with at least one word',
}

const ENDINGS: ReadonlyMap<string, InputFormat> = new Map([
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
  ['md', 'md'],
  ['markdown', 'md'],
  ['txt', 'text'],
  ['text', 'text'],
])

/** Format by the ending of `name`, else by the start of `text`: a doctype or a tag of a page's frame is HTML. */
function formatOf(text: string, name: string | undefined): InputFormat {
  const dot = name?.lastIndexOf('.') ?? -1
  const known = dot < 0 ? undefined : ENDINGS.get((name ?? '').slice(dot + 1).toLowerCase())
  return known ?? (startsAsHtml(text) ? 'html' : 'text')
}

const SNIFFED_UNITS = 1024
const FRAME = /^<(?:!doctype\s+html|html|head|body|article|main|section|div|h1|p)(?=[\s/>]|$)/i

function startsAsHtml(text: string): boolean {
  let head = text.slice(0, SNIFFED_UNITS)
  // An XML declaration or comments may stand before the first tag.
  for (let rounds = 0; rounds < 8; rounds++) {
    head = head.slice(skipSpace(head, 0, head.length))
    const close = head.startsWith('<!--') ? '-->' : head.startsWith('<?xml') ? '?>' : undefined
    const end = close === undefined ? -1 : head.indexOf(close)
    if (close === undefined || end < 0) break
    head = head.slice(end + close.length)
  }
  return FRAME.test(head)
}
