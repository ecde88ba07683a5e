/**
 * What a review has settled, as lines of an allow list: what `unspin scan --allow @FILE` no longer shows.
 *
 * In: the decisions. Out: wordings that every decision on them rejected, anywhere; then every other
 * decided place by itself, its wording in brackets with two words either side. An accepted place is
 * written as it reads in the cleaned document, where a scan might wonder at it again; a rejected one
 * as it reads before and after.
 */
import { readable, surroundings, type Token } from '../index.ts'
import { cleanedDocument, type Range } from './cleaned.ts'
import type { Db } from './database.ts'

export function* allowLines(db: Db): Generator<string> {
  const wordings = rejectedWordings(db)
  for (const wording of wordings) yield `${wording}\n`
  const given = new Set<string>()
  for (const n of decidedDocuments(db))
    for (const { line, wording } of settledPlaces(db, n)) {
      if (wordings.has(wording) || given.has(line)) continue
      given.add(line)
      yield `${line}\n`
    }
}

/** Folded, in their order. */
const rejectedWordings = (db: Db): ReadonlySet<string> =>
  new Set(
    db
      .all(
        `SELECT f.surface FROM current c JOIN findings f ON f.finding = c.finding
         GROUP BY f.surface HAVING min(c.action = 'reject') = 1 ORDER BY f.surface`,
      )
      .map(({ surface }) => String(surface)),
  )

const decidedDocuments = (db: Db): number[] =>
  db.all('SELECT DISTINCT document FROM current ORDER BY document').map(({ document }) => Number(document))

interface SettledPlace {
  readonly line: string
  /** Folded. */
  readonly wording: string
}

function* settledPlaces(db: Db, n: number): Generator<SettledPlace> {
  const { document, text, decided } = cleanedDocument(db, n)
  const { format } = document
  const kept = decided.filter(({ state }) => state === 'kept').map(({ before }) => before)
  yield* placesAt(readable(document.text, { format }).tokens, kept)
  yield* placesAt(
    readable(text, { format }).tokens,
    decided.map(({ after }) => after),
  )
}

/** `ranges` are in order; one that covers no word (a deletion) has no place. */
function* placesAt(tokens: readonly Token[], ranges: readonly Range[]): Generator<SettledPlace> {
  let at = 0
  for (const { start, end } of ranges) {
    while (at < tokens.length && (tokens[at] as Token).span.start < start) at += 1
    const first = at
    while (at < tokens.length && (tokens[at] as Token).span.end <= end) at += 1
    if (first === at) continue
    const covered = tokens.slice(first, at)
    const line = placeLine(tokens, first, at)
    if (line !== undefined) yield { line, wording: covered.map(({ key }) => key).join(' ') }
  }
}

/**
 * "said the [gadget] of it"; undefined for a wording with no word beside it, which would stand for all of
 * its kind.
 */
function placeLine(tokens: readonly Token[], first: number, end: number): string | undefined {
  const { before, after } = surroundings(tokens, first, end)
  const left = nearest(before)
  const right = nearest(after.toReversed()).toReversed()
  if (left.length + right.length === 0) return undefined
  const wording = tokens.slice(first, end)
  // "country['s]", "[country]'s": apart, the ending would be read as another word.
  return [
    ...left.map((word) =>
      word === tokens[first - 1] && wording[0]?.joined ? word.surface : `${word.surface} `,
    ),
    `[${asRead(wording)}]`,
    ...right.map((word) => (word === tokens[end] && word.joined ? word.surface : ` ${word.surface}`)),
  ].join('')
}

/** Addresses are all alike to the engine, but not to who reads the line: words up to one count. */
const nearest = (words: readonly Token[]): readonly Token[] =>
  words.slice(words.findLastIndex(({ kind }) => kind !== 'word' && kind !== 'number') + 1)

/** As the text shows it, on one line. */
export const asRead = (tokens: readonly Token[]): string =>
  tokens.reduce((text, { surface, joined }) => text + (text === '' || joined ? '' : ' ') + surface, '')
