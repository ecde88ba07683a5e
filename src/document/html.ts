/**
 * HTML to passages: a map of the page's text that knows where every unit stands in the source.
 *
 * In: the source. Out: passages; inline tags vanish, block tags part, character references are decoded
 * as pieces, scripts and the like are left out; titles are headings, menus are furniture. It listens to the tokenizer rather than building a tree:
 * a tree of ten thousand nested elements costs a deep stack, a list of open names does not.
 */

import { Tokenizer } from 'htmlparser2'
import type { Passage } from '../types.ts'
import { skipSpace } from './chars.ts'
import * as elements from './html-elements.ts'
import { type Block, withoutMenus } from './html-menus.ts'
import { OBJECT, pieceBuilder } from './pieces.ts'

/** How far up an end tag looks for its start tag: pages of real authors nest less deep. */
const MAX_LOOK_UP = 512
const LONG_SENTENCE_WORDS = 12

type Role = 'hidden' | 'code' | 'furniture' | 'perhaps' | 'heading' | 'block' | 'inline'

/** Passages of the page `text`, in order. Broken markup is read as far as it goes; nothing throws. */
export function htmlPassages(text: string): Passage[] {
  const out: Block[] = []
  const builder = pieceBuilder(text)
  const open: { readonly name: string; readonly role: Role }[] = []
  const inside = new Map<Role, number>()
  const isIn = (role: Role): boolean => (inside.get(role) ?? 0) > 0
  /** Start of the tag being read, its name, and whether it closes. */
  let tagAt = 0
  let tagName = ''
  /** Its attributes, as far as they matter: the one being read, and those that were. */
  let attribute = ''
  let marks: Marks = UNMARKED
  /** In a link; and the block has words in links, words outside of them. */
  let inLink = false
  let words = { linked: false, bare: false }
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
    const isLink = words.linked && !words.bare
    words = { linked: false, bare: false }
    if (!passage) return
    const furniture = kind !== 'code' && (isIn('furniture') || (isIn('perhaps') && isLabel(passage)))
    out.push({ passage: furniture ? { ...passage, kind: 'boilerplate' } : passage, isLink })
  }
  /** The source range [start, end) is text to be read; blanks belong to no link. */
  const noteWords = (start: number, end: number): void => {
    if (skipSpace(text, start, end) === end) return
    if (inLink) words.linked = true
    else words.bare = true
  }
  const pop = (): void => {
    const last = open.pop()
    if (last) inside.set(last.role, (inside.get(last.role) ?? 1) - 1)
  }
  const openTag = (end: number, selfClosing: boolean): void => {
    const name = tagName
    const role = roleOf(name, marks)
    if (name === 'a') inLink = true
    if (elements.CODE_INLINE.has(name) && !isIn('hidden') && !isIn('code') && codeAt < 0) {
      endReference()
      codeAt = tagAt
    }
    if (name === 'br') lineBreak(end)
    if (role === 'inline') return
    // What a block hides parts the text around it; a script in a sentence does not.
    if (!elements.HIDDEN.has(name) && !isIn('hidden')) flush(tagAt)
    if (elements.VOID.has(name)) return
    // In HTML they would go on for ever; pages that write them so mean XHTML.
    if (selfClosing && (role === 'hidden' || isIn('hidden'))) return
    const top = open.at(-1)
    const endsHeading = top?.role === 'heading' && !elements.HIDDEN.has(name)
    if (endsHeading || (top?.name === name && elements.CLOSED_BY_SAME.has(name))) pop()
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
    if (tagName === 'a') inLink = false
    const role = roleOf(tagName, UNMARKED)
    if (role === 'inline') return
    const lowest = Math.max(0, open.length - MAX_LOOK_UP)
    let at = open.length - 1
    while (at >= lowest && open[at]?.name !== tagName) at -= 1
    const isFound = at >= lowest
    // Blocks within what is hidden part nothing; one that ends around it does.
    const hidden = isIn('hidden') ? open.findIndex((each) => each.role === 'hidden') : open.length
    if (role !== 'hidden' && (isFound ? at : open.length - 1) < hidden) flush(tagAt)
    while (isFound && open.length > at) pop()
  }
  const ignore = (): void => {}
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontext(start, end) {
        endReference()
        if (isIn('hidden') || codeAt >= 0) return
        noteWords(start, end)
        builder.copy(start, end)
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
        marks = UNMARKED
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
      onattribname(start, end) {
        attribute = text.slice(start, Math.min(end, start + MAX_ATTRIBUTE)).toLowerCase()
        if (attribute === 'hidden') marks = { ...marks, isHidden: true }
      },
      onattribdata(start, end) {
        if (attribute === 'role') marks = { ...marks, role: text.slice(start, end).trim().toLowerCase() }
        // Found by the browser's search, and shown then.
        else if (attribute === 'hidden' && text.slice(start, end).toLowerCase() === 'until-found')
          marks = { ...marks, isHidden: false }
      },
      onattribentity: ignore,
      onattribend: ignore,
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
    },
  )
  tokenizer.write(text)
  tokenizer.end()
  return withoutMenus(out)
}

/** What a start tag says beside its name. */
interface Marks {
  /** Lower case; empty where there is none. */
  readonly role: string
  readonly isHidden: boolean
}

const UNMARKED: Marks = { role: '', isHidden: false }
/** No attribute that matters has a longer name. */
const MAX_ATTRIBUTE = 8

/** Attributes speak of blocks only: an inline element may lack its end tag, and would hide all behind it. */
function roleOf(name: string, { role, isHidden }: Marks): Role {
  const own = roleOfName(name)
  if (own !== 'block' && own !== 'perhaps') return own
  // A page that shows itself by a script is hidden as a whole.
  if (isHidden && name !== 'body' && name !== 'html') return 'hidden'
  if (elements.FURNISHING_ROLE.has(role)) return 'furniture'
  return elements.PERHAPS_FURNISHING_ROLE.has(role) ? 'perhaps' : own
}

function roleOfName(name: string): Role {
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
