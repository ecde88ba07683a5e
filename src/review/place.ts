/**
 * What a place is called, so that a decision finds it again: the wording with two words either side.
 *
 * In: a text as read and the spans of its findings. Out: for each its folded wording, its neighbours and
 * which of the equal places of the document it is. No offset, no model and no confidence go in: text
 * inserted elsewhere, a moved file or a new model change nothing.
 */
import { createHash } from 'node:crypto'
import { type Readable, surroundings, type Token } from '../index.ts'

export interface Placed {
  /** The wording folded: token keys parted by blanks. */
  readonly surface: string
  /** Up to two words before and after, folded; fewer at the ends of the text. */
  readonly before: string
  readonly after: string
  /** From 0, among the equal places of the document that have a finding. */
  readonly nth: number
  /** Tokens of the text in the span. */
  readonly tokens: readonly Token[]
}

/** One for each span; spans are in order and disjoint. */
export function placesOf({ tokens }: Readable, spans: readonly { start: number; end: number }[]): Placed[] {
  const seen = new Map<string, number>()
  let at = 0
  return spans.map(({ start, end }) => {
    while (at < tokens.length && (tokens[at] as Token).span.start < start) at += 1
    const first = at
    while (at < tokens.length && (tokens[at] as Token).span.end <= end) at += 1
    const covered = tokens.slice(first, at)
    const { before, after } = surroundings(tokens, first, at)
    const placed = {
      surface: storable(joined(covered)),
      before: storable(joined(before)),
      after: storable(joined(after)),
    }
    const name = placeName(placed)
    const nth = seen.get(name) ?? 0
    seen.set(name, nth + 1)
    return { ...placed, nth, tokens: covered }
  })
}

/** One text for wording and neighbours, as it is stored and looked up. */
export const placeName = ({ surface, before, after }: Pick<Placed, 'surface' | 'before' | 'after'>): string =>
  `${before}|${surface}|${after}`

const joined = (tokens: readonly Token[]): string => tokens.map(({ key }) => key).join(' ')

/** Of the UTF-16 units, so that ill-formed texts differ too. Hexadecimal. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex')

/**
 * Where a proposal comes from, by its first evidence: the word list without line number
 * ("habits/marketing"), the thesaurus ("thesaurus/WordNet"), else the kind of evidence.
 */
export const sourceOf = (evidence: readonly { readonly kind: string; readonly text: string }[]): string =>
  storable(originOf(evidence))

function originOf(evidence: readonly { readonly kind: string; readonly text: string }[]): string {
  const [first] = evidence
  if (first === undefined) return 'unknown'
  const origin = first.text.slice(first.text.lastIndexOf(' (') + 2, -1)
  if (!first.text.endsWith(')') || origin.length > 200) return first.kind
  if (first.kind === 'thesaurus') return `thesaurus/${origin}`
  const file = origin.replace(/:\d+$/, '').replace(/\.(?:tsv|ya?ml)$/, '')
  return file.split('/').slice(-2).join('/')
}

/** Text that SQLite gives back as it is: it ends at NUL, knows no lone surrogates, and drops a byte order mark. */
export const storable = (text: string): string =>
  Buffer.from(text, 'utf8')
    .toString('utf8')
    .replaceAll('\u0000', '\ufffd')
    .replace(/^\ufeff+/, '')
