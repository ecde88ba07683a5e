/**
 * One line of the history, as it is stored, exported and imported: who decided what, when and where.
 *
 * In: foreign JSON. Out: a checked entry, or what is wrong with it in words. A line holds all that is
 * needed to find the place again and to count with, so that a history is of use without its documents.
 */
import { placeName, storable } from './place.ts'

export const HISTORY_VERSION = 1

export interface HistoryEntry {
  readonly version: typeof HISTORY_VERSION
  /** Unique in all reviews. */
  readonly id: string
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string
  readonly reviewer: string
  readonly action: 'accept' | 'reject' | 'retype' | 'undo'
  /** `rule`: for what later scans bring; it has a wording and a source, but no place. */
  readonly scope: 'place' | 'document' | 'run' | 'always' | 'rule'
  /** Common to what one request decided. */
  readonly batch?: string
  /** For undo: the id or batch that is taken back. */
  readonly undoes?: string
  /** What takes the wording's place; for accept and retype. Empty deletes. */
  readonly text?: string
  readonly why?: string
  /** Missing for undo. */
  readonly place?: {
    /** Id of the document then: path or record id. */
    readonly document: string | number
    /** SHA-256 of its text. */
    readonly hash: string
    readonly before: string
    readonly after: string
    readonly nth: number
  }
  /** Missing for undo. */
  readonly finding?: {
    /** Folded; with `source` the entry that "all like this" goes by. */
    readonly surface: string
    readonly source: string
    /** As it stood in the text. */
    readonly spun: string
    readonly confidence: number
    readonly kind: string
    /** First suggestion; missing where there was none. */
    readonly first?: string
  }
}

export type PlacedEntry = HistoryEntry & Required<Pick<HistoryEntry, 'place' | 'finding'>>

export const isPlaced = (entry: HistoryEntry): entry is PlacedEntry =>
  entry.place !== undefined && entry.finding !== undefined

export const placeOf = ({ place, finding }: PlacedEntry): string => placeName({ ...place, ...finding })

const ACTIONS = ['accept', 'reject', 'retype', 'undo'] as const
const SCOPES = ['place', 'document', 'run', 'always', 'rule'] as const
const MAX_UNITS = 20_000
const MAX_KEY_UNITS = 200

/** The entry, or what is wrong with it; unknown fields are left out. */
export function historyEntry(value: unknown): HistoryEntry | string {
  if (!isRecord(value)) return 'the line holds no object'
  if (value.version !== HISTORY_VERSION)
    return `"version" is ${JSON.stringify(value.version)}, not ${HISTORY_VERSION}`
  const { id, at, reviewer, batch, undoes, text, why } = value
  const action = ACTIONS.find((one) => one === value.action)
  const scope = SCOPES.find((one) => one === value.scope)
  if (!isKey(id)) return '"id" is no text'
  if (!isText(at) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at))
    return '"at" is no time as 2026-01-31T10:00:00.000Z'
  if (!isKey(reviewer)) return '"reviewer" is no name'
  if (action === undefined) return `"action" is none of ${ACTIONS.join(', ')}`
  if (scope === undefined) return `"scope" is none of ${SCOPES.join(', ')}`
  for (const [name, one] of Object.entries({ batch, undoes }))
    if (one !== undefined && !isKey(one)) return `"${name}" is no text`
  for (const [name, one] of Object.entries({ text, why }))
    if (one !== undefined && !isText(one)) return `"${name}" is no text`
  const head = {
    version: HISTORY_VERSION,
    id,
    at,
    reviewer,
    action,
    scope,
    ...(isText(batch) && { batch }),
  } as const
  if (action === 'undo') return isText(undoes) ? { ...head, undoes } : '"undoes" is no text'
  if (action !== 'reject' && !isText(text)) return '"text" is no text'
  const place = scope === 'rule' ? undefined : placeFields(value.place)
  const finding = findingFields(value.finding)
  if (typeof place === 'string') return place
  if (typeof finding === 'string') return finding
  return {
    ...head,
    ...(action !== 'reject' && isText(text) && { text }),
    ...(isText(why) && { why }),
    ...(place !== undefined && { place }),
    finding,
  }
}

function placeFields(value: unknown): NonNullable<HistoryEntry['place']> | string {
  if (!isRecord(value)) return '"place" is no object'
  const { document, hash, before, after, nth } = value
  if (!isText(document) && typeof document !== 'number') return '"place.document" is neither text nor number'
  if (!isText(hash) || !/^[0-9a-f]{64}$/.test(hash) || !isText(before) || !isText(after))
    return '"place" has no SHA-256 "hash" and texts "before" and "after"'
  if (typeof nth !== 'number' || !Number.isSafeInteger(nth) || nth < 0)
    return '"place.nth" is no whole number'
  return { document, hash, before: storable(before), after: storable(after), nth }
}

function findingFields(value: unknown): NonNullable<HistoryEntry['finding']> | string {
  if (!isRecord(value)) return '"finding" is no object'
  const { surface, source, spun, confidence, kind, first } = value
  if (!isText(surface) || !isText(source) || !isText(spun) || !isText(kind))
    return '"finding" has no texts surface, source, spun and kind'
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1))
    return '"finding.confidence" is not from 0 to 1'
  return {
    surface: storable(surface),
    source: storable(source),
    spun,
    confidence,
    kind,
    ...(isText(first) && { first }),
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_UNITS

/** Names and ids: kept as they are by the database. */
const isKey = (value: unknown): value is string =>
  isText(value) && value !== '' && value.length <= MAX_KEY_UNITS && storable(value) === value
