/**
 * HTML to passages: a map of the page's text that knows where every unit stands in the source.
 *
 * In: the source. Out: passages; inline tags vanish, block tags part, character references are decoded
 * as pieces, scripts and the like are left out. It listens to the tokenizer rather than building a tree:
 * a tree of ten thousand nested elements costs a deep stack, a list of open names does not.
 */

import { Tokenizer } from 'htmlparser2'
import type { Passage } from '../types.ts'
import { skipSpace } from './chars.ts'
import * as elements from './html-elements.ts'
import { OBJECT, pieceBuilder } from './pieces.ts'

/** How far up an end tag looks for its start tag: pages of real authors nest less deep. */
const MAX_LOOK_UP = 512
const LONG_SENTENCE_WORDS = 12

type Role = 'hidden' | 'code' | 'furniture' | 'perhaps' | 'heading' | 'block' | 'inline'

/** Passages of the page `text`, in order. Broken markup is read as far as it goes; nothing throws. */
export function htmlPassages(text: string): Passage[] {
  const out: Passage[] = []
  const builder = pieceBuilder(text)
  const open: { readonly name: string; readonly role: Role }[] = []
  const inside = new Map<Role, number>()
  const isIn = (role: Role): boolean => (inside.get(role) ?? 0) > 0
  /** Start of the tag being read, its name, and whether it closes. */
  let tagAt = 0
  let tagName = ''
  /** Start of inline code not yet closed, and end of a `<br>` with nothing but white space behind it; −1: none. */
  let codeAt = -1
  let breakEnd = -1
  /** Where the last character reference ended and what it read: some read as two characters. */
  let reference = { at: -1, end: -1, read: '' }

  const endReference = (): void => {
    if (reference.end >= 0) builder.read(reference.read, reference.at, reference.end - reference.at)
    reference = { at: -1, end: -1, read: '' }
  }
  const endCode = (at: number): void => {
    if (codeAt >= 0) builder.read(OBJECT, codeAt, at - codeAt)
    codeAt = -1
  }
  const flush = (at: number): void => {
    endReference()
    endCode(at)
    breakEnd = -1
    if (builder.isEmpty()) return
    const kind = isIn('code') ? 'code' : isIn('heading') ? 'heading' : 'prose'
    const passage = builder.take(kind)
    if (!passage) return
    const furniture = kind !== 'code' && (isIn('furniture') || (isIn('perhaps') && isLabel(passage)))
    out.push(furniture ? { ...passage, kind: 'boilerplate' } : passage)
  }
  const pop = (): void => {
    const last = open.pop()
    if (last) inside.set(last.role, (inside.get(last.role) ?? 1) - 1)
  }
  const openTag = (end: number, selfClosing: boolean): void => {
    const name = tagName
    const role = roleOf(name)
    if (elements.CODE_INLINE.has(name) && !isIn('hidden') && !isIn('code') && codeAt < 0) {
      endReference()
      codeAt = tagAt
    }
    if (name === 'br') lineBreak(end)
    if (role === 'inline') return
    if (role !== 'hidden') flush(tagAt)
    if (elements.VOID.has(name) || (selfClosing && (name === 'svg' || name === 'math' || isIn('hidden'))))
      return
    const top = open.at(-1)
    if (top && ((top.name === name && elements.CLOSED_BY_SAME.has(name)) || top.role === 'heading')) pop()
    open.push({ name, role })
    inside.set(role, (inside.get(role) ?? 0) + 1)
  }
  const lineBreak = (end: number): void => {
    if (isIn('hidden') || codeAt >= 0) return
    if (breakEnd >= 0 && skipSpace(text, breakEnd, tagAt) === tagAt) flush(tagAt)
    else {
      endReference()
      builder.read('\n', tagAt, end - tagAt)
      breakEnd = end
    }
  }
  const closeTag = (): void => {
    if (elements.CODE_INLINE.has(tagName)) {
      const close = text.indexOf('>', tagAt)
      endCode(close < 0 ? text.length : close + 1)
    }
    const role = roleOf(tagName)
    if (role === 'inline') return
    if (role !== 'hidden') flush(tagAt)
    const lowest = Math.max(0, open.length - MAX_LOOK_UP)
    for (let i = open.length - 1; i >= lowest; i--) {
      if (open[i]?.name !== tagName) continue
      while (open.length > i) pop()
      return
    }
  }
  const ignore = (): void => {}
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontext(start, end) {
        endReference()
        if (!isIn('hidden') && codeAt < 0) builder.copy(start, end)
      },
      ontextentity(codepoint, end) {
        if (isIn('hidden') || codeAt >= 0) return
        const char = String.fromCodePoint(codepoint)
        if (reference.end === end) reference = { ...reference, read: reference.read + char }
        else {
          endReference()
          reference = { at: text.lastIndexOf('&', end - 1), end, read: char }
        }
      },
      onopentagname(start, end) {
        endReference()
        tagAt = start - 1
        tagName = text.slice(start, end).toLowerCase()
      },
      onopentagend: (end) => openTag(end + 1, false),
      onselfclosingtag: (end) => openTag(end + 1, true),
      onclosetag(start, end) {
        endReference()
        tagAt = start - 2
        tagName = text.slice(start, end).toLowerCase()
        closeTag()
      },
      onend: () => flush(text.length),
      isInForeignContext: () => open.at(-1)?.name === 'svg' || open.at(-1)?.name === 'math',
      onattribdata: ignore,
      onattribentity: ignore,
      onattribend: ignore,
      onattribname: ignore,
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
    },
  )
  tokenizer.write(text)
  tokenizer.end()
  return out
}

function roleOf(name: string): Role {
  if (elements.HIDDEN.has(name)) return 'hidden'
  if (elements.CODE_BLOCK.has(name)) return 'code'
  if (elements.FURNISHING.has(name)) return 'furniture'
  if (elements.PERHAPS_FURNISHING.has(name)) return 'perhaps'
  if (elements.HEADING.has(name)) return 'heading'
  return elements.BLOCK.has(name) ? 'block' : 'inline'
}

/** Within a header or form: headings, and sentences of some length, are text; the rest is labels. */
function isLabel({ kind, text }: Passage): boolean {
  if (kind === 'heading') return false
  const last = text.charAt(text.length - 1)
  return !'.!?"”’)'.includes(last) || text.split(/\s+/, LONG_SENTENCE_WORDS).length < LONG_SENTENCE_WORDS
}
