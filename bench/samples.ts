/**
 * The samples with their answers, and what the engine made of one marked place.
 *
 * In: a spun text, its answers in text order ({spun, original}, with a word of context where the
 * wording alone would be ambiguous), findings. Out: places, and whether each was found and restored.
 * A place is judged by its reading, not by its span: "home sales" counts however the findings cut it.
 */
import { rawTokens } from '../src/document/tokens.ts'
import type { Finding, Span } from '../src/types.ts'

export interface Answer {
  readonly spun: string
  readonly original: string
}

/** What of an answer differs from the text, without the context both sides share. */
export interface Place {
  readonly span: Span<'text'>
  readonly original: string
}

/**
 * Finds the answers in the text, each after the one before it.
 *
 * @throws Error naming the answer that does not stand in the text
 */
export function places(text: string, answers: readonly Answer[]): Place[] {
  const tokens = rawTokens(text)
  const out: Place[] = []
  let from = 0
  for (const { spun, original } of answers) {
    const wanted = rawTokens(spun)
    const kept = rawTokens(original)
    const same = (a: number, b: number): boolean => wanted[a]?.key === kept[b]?.key
    // One spun token always stays: an insertion needs a place too.
    let front = 0
    while (front < Math.min(wanted.length - 1, kept.length) && same(front, front)) front += 1
    let back = 0
    while (back < Math.min(wanted.length - front - 1, kept.length - front)) {
      if (!same(wanted.length - 1 - back, kept.length - 1 - back)) break
      back += 1
    }
    const at = tokens.findIndex(
      (_, i) => i + front >= from && wanted.every(({ key }, k) => tokens[i + k]?.key === key),
    )
    const first = tokens[at + front]
    const last = tokens[at + wanted.length - 1 - back]
    if (at < 0 || first === undefined || last === undefined) {
      throw new Error(
        `"${spun}" does not stand in the text after place ${out.length}\n  fix: list the answers in text order`,
      )
    }
    from = at + wanted.length - back
    const left = kept[front]
    const right = kept[kept.length - 1 - back]
    out.push({
      span: { start: first.start, end: last.end },
      original: left && right && left.start < right.end ? original.slice(left.start, right.end) : '',
    })
  }
  return out
}

export const overlaps = (a: Span<'text'>, b: Span<'text'>): boolean => a.start < b.end && b.start < a.end

const RANKS = 5
/** More findings on one place than this are not combined: their readings would grow as RANKS to the n. */
const MOST_FINDINGS = 3

/** Rank, from 1, at which the findings restore the place; undefined when none of the first five does. */
export function rank(text: string, place: Place, findings: readonly Finding[]): number | undefined {
  const here = findings.filter(({ span }) => overlaps(span, place.span))
  if (here.length === 0 || here.length > MOST_FINDINGS) return undefined
  const start = Math.min(place.span.start, ...here.map(({ span }) => span.start))
  const end = Math.max(place.span.end, ...here.map(({ span }) => span.end))
  const wanted = reading(text, { start, end }, [{ span: place.span, text: place.original }])
  for (const ranks of combinations(here.length)) {
    const edits = here.map(({ span, suggestions }, i) => ({ span, text: suggestions[ranks[i] ?? 0]?.text }))
    if (edits.some((edit) => edit.text === undefined)) continue
    if (reading(text, { start, end }, edits) === wanted) return Math.max(...ranks) + 1
  }
  return undefined
}

/** Every choice of ranks for `count` findings, the best ones first. */
function combinations(count: number): number[][] {
  let out: number[][] = [[]]
  for (let i = 0; i < count; i++)
    out = out.flatMap((ranks) => Array.from({ length: RANKS }, (_, rank) => [...ranks, rank]))
  return out.sort((a, b) => Math.max(...a) - Math.max(...b))
}

/** Keys of a stretch of the text with edits in it: spacing and capitals make no difference. */
function reading(
  text: string,
  { start, end }: Span<'text'>,
  edits: readonly { readonly span: Span<'text'>; readonly text: string | undefined }[],
): string {
  let out = ''
  let at = start
  for (const edit of edits) {
    out += `${text.slice(at, edit.span.start)} ${edit.text ?? ''} `
    at = edit.span.end
  }
  return rawTokens(out + text.slice(at, end))
    .map(({ key }) => key)
    .join(' ')
}
