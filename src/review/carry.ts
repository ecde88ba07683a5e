/**
 * Which decision fits a finding: the rules of settling as functions of plain values.
 *
 * In: the findings of a place, what reviewers decided there, and their rules. Out: for each finding the
 * decision it has. Nothing is guessed: where more than one place fits, none is taken.
 */
import type { HistoryEntry } from './entry.ts'

export interface Found {
  readonly finding: number
  readonly document: number
  readonly id: string
  readonly hash: string
  readonly nth: number
  readonly surface: string
  readonly source: string
  readonly record: string
}

export interface Standing {
  readonly reviewer: string
  readonly hash: string
  readonly nth: number
  readonly entry: HistoryEntry
}

export interface Held {
  readonly entry: HistoryEntry
  readonly text: string | null
  readonly carried: boolean
}

/** One reviewer's decisions made on this text or carried over to it, by finding. */
export function heldBy(
  found: readonly Found[],
  own: readonly Standing[],
  lost: readonly Standing[],
): Map<number, Held> {
  const held = new Map<number, Held>()
  for (const { finding, hash, nth } of found) {
    const exact = own.find((one) => one.hash === hash && one.nth === nth)
    if (exact !== undefined)
      held.set(finding, { entry: exact.entry, text: textOf(exact.entry), carried: false })
  }
  const open = found.filter(({ finding }) => !held.has(finding))
  const home = ({ entry }: Standing): string => JSON.stringify(entry.place?.document)
  const homes = new Set(open.map(({ id }) => id))
  const carry = (to: readonly Found[], from: readonly Standing[]): void => {
    const [only, ...more] = to
    const entry = agreed(from)
    if (only !== undefined && more.length === 0 && entry !== undefined)
      held.set(only.finding, { entry, text: textOf(entry), carried: true })
  }
  for (const id of homes)
    carry(
      open.filter((one) => one.id === id),
      lost.filter((one) => home(one) === id),
    )
  carry(
    open.filter(({ finding }) => !held.has(finding)),
    lost.filter((one) => !homes.has(home(one))),
  )
  return held
}

/** The latest of several decisions where they come to the same; places that were decided differently are no guide. */
function agreed(lost: readonly Standing[]): HistoryEntry | undefined {
  const latest = new Map<number, HistoryEntry>()
  for (const { nth, entry } of lost) {
    const known = latest.get(nth)
    if (known === undefined || isLater(entry, known)) latest.set(nth, entry)
  }
  const [first, ...rest] = [...latest.values()].sort((a, b) => (isLater(a, b) ? -1 : 1))
  return rest.every((one) => textOf(one) === (first === undefined ? null : textOf(first))) ? first : undefined
}

/** In the order of the history: by time, then by id. */
export const isLater = (a: HistoryEntry, b: HistoryEntry): boolean =>
  a.at === b.at ? a.id > b.id : a.at > b.at

/** What the decision puts in the wording's place; null leaves it. */
const textOf = ({ action, text }: HistoryEntry): string | null => (action === 'reject' ? null : (text ?? ''))

export function ruled(
  found: Found,
  rules: readonly { readonly reviewer: string; readonly entry: HistoryEntry }[],
  reviewer: string,
): Held | undefined {
  const rule = rules.find(
    ({ entry }) => entry.reviewer === reviewer && entry.finding?.source === found.source,
  )?.entry
  if (rule === undefined) return undefined
  const record = JSON.parse(found.record) as AlikeRecord // written from a FindingRecord
  const text = textAlike(record, rule)
  return text === undefined ? undefined : { entry: rule, text, carried: false }
}

export interface AlikeRecord {
  readonly surface: string
  readonly suggestions: readonly { readonly text: string }[]
}

/**
 * What a decision made elsewhere means for a finding: null to leave it, a text in its own case, or
 * undefined where it cannot be made (the accepted text is none of its suggestions).
 */
export function textAlike(
  { surface, suggestions }: AlikeRecord,
  { action, text = '' }: Pick<HistoryEntry, 'action' | 'text'>,
): string | null | undefined {
  if (action === 'reject') return null
  const folded = text.toLowerCase()
  if (action === 'accept') return suggestions.find((one) => one.text.toLowerCase() === folded)?.text
  const first = surface.charAt(0)
  const capital = first !== first.toLowerCase() && text.charAt(0) === text.charAt(0).toLowerCase()
  return capital ? text.charAt(0).toUpperCase() + text.slice(1) : text
}
