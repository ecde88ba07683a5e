/**
 * The readable text of a document as HTML, with its findings marked in place.
 *
 * In: the document and its findings. Out: a paragraph, heading or code block for every passage. For HTML
 * and Markdown this is the text as read, without its tags: a finding's place in the source is looked up
 * in the passage's pieces. Everything from the document is escaped.
 */
import { passages } from '../document/passages.ts'
import type { Document, Finding, Passage } from '../types.ts'
import { escapeMarkup } from './markup.ts'

/** Wraps the escaped wording of the finding numbered `index`. */
export type Mark = (wording: string, index: number) => string

/** Findings are disjoint and in order, as an analysis gives them. */
export function markedText(document: Document, findings: readonly Finding[], mark: Mark): string {
  let out = ''
  let next = 0
  for (const passage of passages(document)) {
    const end = sourceEnd(passage)
    let shown = ''
    let at = 0
    for (
      let found = findings[next];
      found !== undefined && found.span.start < end;
      found = findings[++next]
    ) {
      const from = Math.max(at, textOffset(passage, found.span.start, 'start'))
      const to = Math.max(from, textOffset(passage, found.span.end, 'end'))
      shown +=
        escapeMarkup(passage.text.slice(at, from)) + mark(escapeMarkup(passage.text.slice(from, to)), next)
      at = to
    }
    out += element(passage.kind, shown + escapeMarkup(passage.text.slice(at)))
  }
  return out
}

function element(kind: Passage['kind'], text: string): string {
  switch (kind) {
    case 'prose':
      return `<p>${text}</p>\n`
    case 'heading':
      return `<h3>${text}</h3>\n`
    case 'boilerplate':
      return `<p class="aside">${text}</p>\n`
    case 'code':
      return `<pre class="aside">${text}</pre>\n`
  }
}

function sourceEnd({ pieces }: Passage): number {
  const last = pieces.at(-1)
  return last === undefined ? 0 : last.at + last.width
}

/** A source offset in the passage's text. Inside a reference or a tag it goes to the edge on that side. */
function textOffset({ pieces, text }: Passage, offset: number, side: 'start' | 'end'): number {
  for (const { from, length, at, width } of pieces) {
    if (side === 'start' ? offset >= at + width : offset > at + width) continue
    if (offset <= at) return from
    if (length === width) return from + offset - at
    return side === 'start' ? from : from + length
  }
  return text.length
}
