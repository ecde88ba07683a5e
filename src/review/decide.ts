/**
 * A reviewer's wish to entries of the history: one place, or all like it.
 *
 * In: requests as api-types.ts describes them, already of the right types. Out: the entries made, or a
 * refusal that says what is wrong. "Like" means: the same folded wording from the same source.
 */
import { randomUUID } from 'node:crypto'
import type { AllRequest, DecisionRequest, PreviewAnswer, PreviewPlace } from './api-types.ts'
import { textAlike } from './carry.ts'
import type { Db } from './database.ts'
import { storedDocument } from './documents.ts'
import type { HistoryEntry } from './entry.ts'
import { append, type Clock, type Draft } from './history.ts'
import { ReviewRefusal } from './problem.ts'
import { FINDING_COLUMNS, findingByNumber, type StoredFinding, storedFinding } from './view.ts'

const SHOWN_PLACES = 100
const EXCERPT_UNITS = 60

/** Decides one place. @throws ReviewRefusal for an unknown finding or a text that cannot be */
export function decide(db: Db, reviewer: string, request: DecisionRequest, clock: Clock): StoredFinding {
  const found = findingOf(db, request.finding)
  const text = chosenText(found, request)
  append(db, reviewer, [draft(found, request, text, { scope: 'place' })], clock)
  return found
}

interface Alike {
  readonly given: StoredFinding
  readonly text: string | null
  readonly takes: readonly { readonly found: StoredFinding; readonly text: string | null }[]
  readonly skipped: number
}

/** What `decideAll` would do. Changes nothing. */
export function previewAll(db: Db, reviewer: string, request: AllRequest): PreviewAnswer {
  const { takes, skipped } = alike(db, reviewer, request)
  return {
    count: takes.length,
    documents: new Set(takes.map(({ found }) => found.document)).size,
    skipped,
    places: previewPlaces(db, takes.slice(0, SHOWN_PLACES)),
  }
}

/** Decides all of them in one batch; gives the entries and the findings. @throws ReviewRefusal */
export function decideAll(
  db: Db,
  reviewer: string,
  request: AllRequest,
  clock: Clock,
): { readonly entries: readonly HistoryEntry[]; readonly found: readonly StoredFinding[] } {
  const { given, text, takes } = alike(db, reviewer, request)
  if (request.expect !== undefined && request.expect !== takes.length)
    throw new ReviewRefusal(
      {
        message: `${takes.length} places would be decided now, not ${request.expect}`,
        fix: 'look at the preview again',
      },
      409,
    )
  const { scope } = request
  const batch = randomUUID()
  const drafts = takes.map((one) => draft(one.found, request, one.text, { scope, batch }))
  if (scope === 'always') drafts.push(draft(given, request, text, { scope: 'rule', batch }))
  const entries = drafts.length === 0 ? [] : append(db, reviewer, drafts, clock)
  return { entries, found: takes.map(({ found }) => found) }
}

function findingOf(db: Db, finding: number): StoredFinding {
  const found = findingByNumber(db, finding)
  if (found === undefined)
    throw new ReviewRefusal(
      {
        message: `there is no finding ${finding}: its document may have been scanned again`,
        fix: 'load the document again',
      },
      404,
    )
  return found
}

/** What takes the wording's place by this request; null for reject. */
function chosenText({ record }: StoredFinding, { action, text }: DecisionRequest): string | null {
  const [first] = record.suggestions
  switch (action) {
    case 'reject':
      if (text === undefined) return null
      throw new ReviewRefusal({ message: 'a rejection has no text', fix: 'leave "text" out' })
    case 'retype':
      if (text !== undefined) return text
      throw new ReviewRefusal({ message: 'nothing was typed', fix: 'pass "text"; "" deletes the wording' })
    case 'accept': {
      const taken = text ?? first?.text
      if (taken !== undefined && record.suggestions.some((one) => one.text === taken)) return taken
      throw new ReviewRefusal({
        message:
          taken === undefined
            ? 'there is no suggestion to accept'
            : `${JSON.stringify(taken)} is none of the suggestions`,
        fix: 'use the action "retype" for a text of your own',
      })
    }
  }
}

function alike(db: Db, reviewer: string, request: AllRequest): Alike {
  const given = findingOf(db, request.finding)
  const text = chosenText(given, request)
  const { scope, action } = request
  const rows = db.all(
    `SELECT ${FINDING_COLUMNS}, c.id AS decided FROM findings f JOIN documents d ON d.n = f.document
     LEFT JOIN current c ON c.finding = f.finding AND c.reviewer = ?
     WHERE f.surface = ? AND f.source = ? ${scope === 'document' ? 'AND f.document = ?' : ''}
     ORDER BY f.document, f.start`,
    [reviewer, given.surface, given.source, ...(scope === 'document' ? [given.document] : [])],
  )
  const takes: { found: StoredFinding; text: string | null }[] = []
  for (const row of rows) {
    const found = storedFinding(row)
    const own = found.finding === given.finding
    const its = own ? text : textAlike(found.record, { action, ...(text !== null && { text }) })
    if ((own || row.decided === null) && its !== undefined) takes.push({ found, text: its })
  }
  return { given, text, takes, skipped: rows.length - takes.length }
}

function draft(
  found: StoredFinding,
  { action, why }: DecisionRequest,
  text: string | null,
  reach: Pick<Draft, 'scope' | 'batch'>,
): Draft {
  const { record, surface, source, hash, nth, before, after, documentId } = found
  const [first] = record.suggestions
  return {
    action,
    ...reach,
    ...(text !== null && { text }),
    ...(why !== undefined && why !== '' && { why }),
    ...(reach.scope !== 'rule' && {
      place: { document: documentId, hash, before, after, nth },
    }),
    finding: {
      surface,
      source,
      spun: record.surface,
      confidence: record.confidence,
      kind: record.kind,
      ...(first !== undefined && { first: first.text }),
    },
  }
}

function previewPlaces(
  db: Db,
  takes: readonly { readonly found: StoredFinding; readonly text: string | null }[],
): PreviewPlace[] {
  let document: ReturnType<typeof storedDocument>
  return takes.map(({ found, text }) => {
    if (document?.n !== found.document) document = storedDocument(db, found.document)
    const { start, end, surface } = found.record
    const source = document?.text ?? ''
    return {
      finding: found.finding,
      document: found.document,
      name: document?.name ?? '',
      before: source.slice(Math.max(0, start - EXCERPT_UNITS), start),
      surface,
      after: source.slice(end, end + EXCERPT_UNITS),
      text,
    }
  })
}
