/**
 * One finding's fix as edits: the words go where the words were, and what stood between them stays.
 *
 * In: the text, the tokens of a finding, the text that takes their place. Out: one edit for every run of
 * words with nothing but white space between them, in order. Tags and emphasis marks inside a place
 * stay, a line break inside it stays near, and a deletion leaves no space too many.
 */
import type { Edit } from '../document/splice.ts'
import type { InputFormat, Span, Token } from '../types.ts'
import { fuses } from './glue.ts'

export interface Source {
  readonly text: string
  readonly format: InputFormat
  /** Nothing before this may be changed: an edit ends there. */
  readonly from: number
}

type Part = Pick<Token, 'span' | 'surface'>

export function fixEdits(source: Source, tokens: readonly Part[], replacement: string): Edit[] {
  const { text } = source
  const parts = runs(source, tokens)
  const words = replacement === '' ? [] : replacement.split(' ')
  // Every run gets its share of the words, in order; with fewer words than runs the last stay empty.
  const share = Math.max(1, words.length / parts.length)
  let from = source.from
  return parts.map((span, i) => {
    const own = parts.length === 1 ? words : words.slice(Math.round(i * share), Math.round((i + 1) * share))
    const edit =
      own.length === 0 ? deletion({ ...source, from }, span) : replaced({ ...source, from }, span, own)
    from = edit.span.end
    const next = parts[i + 1]
    const open = own.length > 0 && next !== undefined && Math.round((i + 1) * share) < words.length
    return open && !parted(text.slice(span.end, next.start)) ? { ...edit, text: `${edit.text} ` } : edit
  })
}

/** Stretches of words that no markup separates. */
function runs({ text, format }: Source, tokens: readonly Part[]): Span<'text'>[] {
  const out: Span<'text'>[] = []
  for (const span of tokens.flatMap((token) => pieces(text, format, token))) {
    const last = out.at(-1)
    if (last !== undefined && !isMarkup(text.slice(last.end, span.start)))
      out[out.length - 1] = { start: last.start, end: span.end }
    else out.push(span)
  }
  return out
}

/** A token without the markup inside it: two pieces for "<b>T</b>he". */
function pieces(text: string, format: InputFormat, { span, surface }: Part): Span<'text'>[] {
  const given = text.slice(span.start, span.end)
  if (format === 'text' || given === surface) return [span]
  const out: Span<'text'>[] = []
  let { start } = span
  for (const { index, 0: markup } of given.matchAll(format === 'html' ? /<[^<>]*>/g : /[*_~]+/g)) {
    if (format === 'md' && surface.includes(markup)) continue
    if (span.start + index > start) out.push({ start, end: span.start + index })
    start = span.start + index + markup.length
  }
  if (start < span.end) out.push({ start, end: span.end })
  return out.length === 0 ? [span] : out
}

/** Tokens are parted by white space, by a reference that reads as such, or by markup. */
const isMarkup = (gap: string): boolean =>
  !/^[\s\p{Z}\p{Cc}\u200b\ufeff\u00ad]*$/u.test(gap) && !/^&[#\w]{1,12};$/.test(gap)

/** White space, or a reference that may be some, between the tags of a gap; that inside a tag parts no words. */
const parted = (gap: string): boolean =>
  /<br\b/i.test(gap) || /\s|&[#\w]{1,12};/.test(gap.replace(/<[^<>]*>/g, ''))

const isBlank = (text: string, at: number): boolean => /^[ \t\u00a0\u202f]$/.test(text.charAt(at))
const isBreak = (text: string, at: number): boolean => /^[\n\r]$/.test(text.charAt(at))
const isMark = (text: string, at: number): boolean => /^[*_~]$/.test(text.charAt(at))

/** Takes the space before along, at the start of a line or behind a bracket that behind; emphasis of nothing goes, too. */
function deletion({ text, format, from }: Source, span: Span<'text'>): Edit {
  let { start, end } = span
  if (format === 'md')
    while (start > from && isMark(text, start - 1) && text.charAt(start - 1) === text.charAt(end)) {
      start -= 1
      end += 1
    }
  const before = pastBlanks(text, start, from)
  const opensLine = before === 0 || isBreak(text, before - 1)
  if (before < start && !opensLine) return { span: { start: before, end }, text: '' }
  let behind = end
  while (isBlank(text, behind)) behind += 1
  const left = pastMarkup(text, format, start)
  const joins = fuses(text.slice(Math.max(0, left - 2), left), text.slice(behind, behind + 2))
  return { span: { start, end: joins ? end : behind }, text: '' }
}

/** Tags looked back over; behind more of them no word is expected. */
const TAGS = 8

/** Where the markup begins that ends at `end`. */
function pastMarkup(text: string, format: InputFormat, end: number): number {
  let at = end
  if (format === 'md') while (at > 0 && isMark(text, at - 1)) at -= 1
  if (format === 'html')
    for (let tag = 0; tag < TAGS && text.charAt(at - 1) === '>'; tag++)
      at = Math.max(0, text.lastIndexOf('<', at - 1))
  return at
}

function pastBlanks(text: string, start: number, from: number): number {
  let at = start
  while (at > from && isBlank(text, at - 1)) at -= 1
  return at
}

/** `words` in place of the span; a line break inside it stays between the words, or beside a single one. */
function replaced({ text, from }: Source, span: Span<'text'>, words: readonly string[]): Edit {
  const given = text.slice(span.start, span.end)
  const written = words.join(' ')
  const gap = breakIn(given)
  if (gap === undefined) return { span, text: written }
  const { text: between, at: before } = gap
  if (words.length > 1) {
    const share = before / (given.length - between.length)
    const at = Math.min(words.length - 1, Math.max(1, Math.round(share * words.length)))
    return { span, text: words.slice(0, at).join(' ') + between + words.slice(at).join(' ') }
  }
  let end = span.end
  while (isBlank(text, end)) end += 1
  // A mark at the start of a line may mean something there.
  if (end > span.end && /^\p{L}/u.test(text.slice(end, end + 2)))
    return { span: { start: span.start, end }, text: written + between }
  const start = pastBlanks(text, span.start, from)
  const fits = start < span.start && start > 0 && !isBreak(text, start - 1) && /^\p{L}/u.test(written)
  return fits ? { span: { start, end: span.end }, text: between + written } : { span, text: written }
}

/** The first line break of `given` with the blanks around it. */
function breakIn(given: string): { readonly at: number; readonly text: string } | undefined {
  const found = /\r\n?|\n/.exec(given)
  if (found === null) return undefined
  const at = pastBlanks(given, found.index, 0)
  let end = found.index + found[0].length
  while (isBlank(given, end)) end += 1
  return { at, text: given.slice(at, end) }
}
