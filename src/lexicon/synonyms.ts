/**
 * What a spun word may stand for according to the thesaurus, in the inflection of the spun word.
 *
 * In: thesaurus, inflector, the key of one word or of a phrase (token keys joined by spaces). Out:
 * proposals, strongest first, each with the path that leads to it. Pure and uncached; the caller keeps
 * the answers of a document if it wants to, since words repeat.
 */
import type { Inflector, Reading } from './inflect.ts'
import { byStrength, type Step, type Thesaurus } from './thesaurus.ts'
import type { Pos } from './thesaurus-format.ts'

export interface ThesaurusProposal {
  /** Token keys joined by single spaces ("well - liked"), in the inflection of the spun word. */
  readonly key: string
  readonly lemma: string
  readonly pos: Pos
  /** Bits of `RELATIONS` in thesaurus-format.ts, masks in `RELATION`; 0 for two steps. */
  readonly relations: number
  readonly hops: 1 | 2
  /** Spun lemma first, original last: ["shout", "call"], ["beak", "bill", "charge"]. */
  readonly path: readonly string[]
  /** As `Neighbour.strength`, 0 to 1. */
  readonly strength: number
}

/** One of a word's proposals, by what tells it from the others. */
export type Named = Pick<ThesaurusProposal, 'key' | 'hops'>

export const DEFAULT_LIMIT = 400
/** Share of the limit that two-step proposals may take when one step alone would fill it. */
const TWO_HOP_SHARE = 0.25
/** Rows asked for per proposal: a word known in several parts of speech often gives one form twice. */
const ROWS_PER_PROPOSAL = 1.5

/**
 * At most `limit` proposals, none of them `key` itself; nothing for words the thesaurus lacks. With `only`
 * it may be that proposal alone, which is found much sooner.
 */
export function proposals(
  thesaurus: Thesaurus,
  inflector: Inflector,
  key: string,
  limit: number = DEFAULT_LIMIT,
  only?: Named,
): readonly ThesaurusProposal[] {
  const origins = originsOf(thesaurus, inflector, key)
  const one = only === undefined ? [] : named(thesaurus, inflector, origins, only, limit)
  if (one.length > 0) return one
  const first = nearest(thesaurus, origins, key, limit)
  const room = Math.max(limit - first.out.length, Math.floor(limit * TWO_HOP_SHARE))
  const far = inOrder([...origins.keys()].map((id) => thesaurus.further(id, limit)))
  const second = inflected(thesaurus, origins, far, room, first.taken)
  return [...first.out.slice(0, limit - second.length), ...second].sort(strongestFirst)
}

/** The proposal that `only` names; nothing where its lemma cannot be told from it. */
function named(
  thesaurus: Thesaurus,
  inflector: Inflector,
  origins: ReadonlyMap<number, Origin>,
  { key, hops }: Named,
  limit: number,
): readonly ThesaurusProposal[] {
  const ids = new Set(inflector.analyse(writtenOf(key)).map(({ lemma }) => thesaurus.id(lemma)))
  const rows = [...origins].map(([id, { wanted }]) =>
    hops === 1 ? thesaurus.among(id, ids, wanted) : thesaurus.further(id, limit),
  )
  const likely = inOrder(rows).filter(({ id }) => ids.has(id))
  return inflected(thesaurus, origins, likely, likely.length * MOST_FORMS, new Set()).filter(
    (proposal) => proposal.key === key,
  )
}

/** More forms than a lemma has under all readings of a word. */
const MOST_FORMS = 100

const writtenOf = (key: string): string => key.replaceAll(' - ', '-').replaceAll(" '", "'")

function originsOf(thesaurus: Thesaurus, inflector: Inflector, key: string): ReadonlyMap<number, Origin> {
  const origins = new Map<number, Origin>()
  for (const [lemma, readings] of lemmas(thesaurus, inflector, writtenOf(key))) {
    const id = thesaurus.id(lemma)
    origins.set(id, { lemma, forms: inflectionsOf(inflector, readings), wanted: answered(readings) })
  }
  return origins
}

/** A lemma that the spun word may be a form of; by its id in a map of origins. */
interface Origin {
  readonly lemma: string
  readonly forms: (lemma: string, pos: Pos) => readonly string[]
  /** Parts of speech that `forms` answers for. */
  readonly wanted: ReadonlySet<Pos>
}

interface Nearest {
  readonly out: readonly ThesaurusProposal[]
  readonly taken: Set<string>
}

/** One step: asks for a few rows more than needed, and for all only where those gave too few forms. */
function nearest(
  thesaurus: Thesaurus,
  origins: ReadonlyMap<number, Origin>,
  key: string,
  limit: number,
): Nearest {
  const enough = Math.ceil(limit * ROWS_PER_PROPOSAL)
  for (const most of [enough, Number.POSITIVE_INFINITY]) {
    const lists = [...origins].map(([id, { wanted }]) => thesaurus.nearest(id, most, wanted))
    const rows = inOrder(lists)
    const whole = lists.every((list) => list.length < most)
    const taken = new Set([key])
    // Of several lists only the first `most` rows are surely in order: a shortened list may lack later ones.
    const out = inflected(thesaurus, origins, whole ? rows : rows.slice(0, most), limit, taken)
    if (whole || out.length >= limit) return { out, taken }
  }
  return { out: [], taken: new Set([key]) }
}

/** One list from several, each in order; of equals the first list's go first. */
const inOrder = (lists: readonly (readonly Step[])[]): readonly Step[] =>
  lists.length === 1 ? (lists[0] ?? []) : lists.flat().sort(byStrength)

/** Rows in order to their inflections, at most `limit`, none of `taken`; inflecting is the dear part. */
function inflected(
  thesaurus: Thesaurus,
  origins: ReadonlyMap<number, Origin>,
  rows: readonly Step[],
  limit: number,
  taken: Set<string>,
): readonly ThesaurusProposal[] {
  const out: ThesaurusProposal[] = []
  for (const { from, id, via, pos, relations, strength } of rows) {
    const origin = origins.get(from)
    if (out.length >= limit || origin === undefined) break
    const lemma = thesaurus.word(id)
    for (const form of origin.forms(lemma, pos)) {
      const key = keyOf(form)
      if (taken.has(key)) continue
      taken.add(key)
      const path = via < 0 ? [origin.lemma, lemma] : [origin.lemma, thesaurus.word(via), lemma]
      out.push({ key, lemma, pos, relations, hops: via < 0 ? 1 : 2, path, strength })
    }
  }
  return out.slice(0, limit)
}

/** Lemmas the thesaurus knows, each with the readings under which the written word is one. */
function lemmas(
  thesaurus: Thesaurus,
  inflector: Inflector,
  written: string,
): ReadonlyMap<string, readonly Reading[]> {
  const out = new Map<string, Reading[]>()
  for (const reading of inflector.analyse(written)) {
    const id = thesaurus.id(reading.lemma)
    if (id < 0) continue
    const listed = out.get(reading.lemma) ?? []
    const known = thesaurus.hasPos(id, reading.pos)
    // The written form stays a lemma even where only Moby lists it; its inflected readings need a source.
    if (known || reading.form === 'base') out.set(reading.lemma, known ? [...listed, reading] : listed)
  }
  return out
}

/** The written forms of a proposed lemma: as the readings of its part of speech say, else unchanged. */
function inflectionsOf(
  inflector: Inflector,
  readings: readonly Reading[],
): (lemma: string, pos: Pos) => readonly string[] {
  const asked = new Map<Pos, readonly Reading[]>()
  for (const pos of ['n', 'v', 'a'] as const)
    asked.set(
      pos,
      readings.filter((reading) => reading.pos === pos),
    )
  asked.set('?', [...asked.values()].flat())
  return (lemma, pos) => {
    if (pos === 'r') return [lemma]
    const [only, ...more] = asked.get(pos) ?? []
    // Moby mixes parts of speech: "as well" stays as it is whatever the spun word may be.
    if (only === undefined) return pos === '?' ? [lemma] : []
    const forms = inflector.inflectAll(lemma, only.pos, only.form)
    if (more.length === 0) return forms
    return [...forms, ...more.flatMap((reading) => inflector.inflectAll(lemma, reading.pos, reading.form))]
  }
}

/** Parts of speech for which `inflectionsOf` gives a form; what only Moby knows and adverbs always have one. */
const answered = (readings: readonly Reading[]): ReadonlySet<Pos> =>
  new Set<Pos>(['?', 'r', ...readings.map(({ pos }) => pos)])

const strongestFirst = (a: ThesaurusProposal, b: ThesaurusProposal): number => {
  if (a.strength !== b.strength) return b.strength - a.strength
  if (a.hops !== b.hops) return a.hops - b.hops
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

/** As the tokens are keyed: hyphens and the possessive are tokens of their own. */
const keyOf = (word: string): string =>
  word.includes('-') || word.includes("'") ? word.replaceAll('-', ' - ').replaceAll("'s", " 's") : word
