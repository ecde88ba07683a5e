/**
 * What a spun word may stand for according to the thesaurus, in the inflection of the spun word.
 *
 * In: thesaurus, inflector, the key of one word or of a phrase (token keys joined by spaces). Out:
 * proposals, strongest first, each with the path that leads to it. Pure and uncached; the caller keeps
 * the answers of a document if it wants to, since words repeat.
 */
import type { InflectedPos, Inflector, Reading } from './inflect.ts'
import { byStrength, type Thesaurus } from './thesaurus.ts'
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

export const DEFAULT_LIMIT = 400
/** Share of the limit that two-step proposals may take when one step alone would fill it. */
const TWO_HOP_SHARE = 0.25

/** At most `limit` proposals, none of them `key` itself; nothing for words the thesaurus lacks. */
export function proposals(
  thesaurus: Thesaurus,
  inflector: Inflector,
  key: string,
  limit: number = DEFAULT_LIMIT,
): readonly ThesaurusProposal[] {
  const near: Row[] = []
  const far: Row[] = []
  const written = key.replaceAll(' - ', '-').replaceAll(" '", "'")
  for (const [lemma, readings] of lemmas(thesaurus, inflector, written)) {
    const forms = inflectionsOf(inflector, readings)
    for (const { word, pos, relations, strength } of thesaurus.neighbours(lemma))
      near.push({ from: lemma, via: undefined, word, pos, relations, strength, forms })
    for (const { word, via, pos, strength } of thesaurus.twoHops(lemma, limit))
      far.push({ from: lemma, via, word, pos, relations: 0, strength, forms })
  }
  const taken = new Set([key])
  const first = inflected(near, limit, taken)
  const room = Math.max(limit - first.length, Math.floor(limit * TWO_HOP_SHARE))
  const second = inflected(far, room, taken)
  return [...first.slice(0, limit - second.length), ...second].sort(strongestFirst)
}

interface Row {
  readonly from: string
  readonly via: string | undefined
  readonly word: string
  readonly pos: Pos
  readonly relations: number
  readonly strength: number
  readonly forms: (lemma: string, pos: Pos) => Iterable<string>
}

/** The strongest rows in their inflections, at most `limit`, none of `taken`; inflecting is the dear part. */
function inflected(rows: Row[], limit: number, taken: Set<string>): ThesaurusProposal[] {
  rows.sort(byStrength)
  const out: ThesaurusProposal[] = []
  for (const { from, via, word, pos, relations, strength, forms } of rows) {
    if (out.length >= limit) break
    for (const form of forms(word, pos)) {
      const key = keyOf(form)
      if (taken.has(key)) continue
      taken.add(key)
      const path = via === undefined ? [from, word] : [from, via, word]
      out.push({ key, lemma: word, pos, relations, hops: via === undefined ? 1 : 2, path, strength })
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
): (lemma: string, pos: Pos) => Iterable<string> {
  const forms = (lemma: string, pos: InflectedPos): string[] =>
    readings
      .filter((reading) => reading.pos === pos)
      .flatMap((reading) => inflector.inflectAll(lemma, pos, reading.form))
  return (lemma, pos) => {
    if (pos === 'r') return [lemma]
    const found = new Set(
      pos === '?' ? (['n', 'v', 'a'] as const).flatMap((p) => forms(lemma, p)) : forms(lemma, pos),
    )
    // Moby mixes parts of speech: "as well" stays as it is whatever the spun word may be.
    return found.size > 0 ? found : pos === '?' ? [lemma] : []
  }
}

const strongestFirst = (a: ThesaurusProposal, b: ThesaurusProposal): number => {
  if (a.strength !== b.strength) return b.strength - a.strength
  if (a.hops !== b.hops) return a.hops - b.hops
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

/** As the tokens are keyed: hyphens and the possessive are tokens of their own. */
const keyOf = (word: string): string => word.replaceAll('-', ' - ').replaceAll("'s", " 's")
