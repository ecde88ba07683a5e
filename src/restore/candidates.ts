/**
 * Candidates of a sentence while they are collected: one per span and wording, sources merged.
 *
 * A wording that two sources propose is one candidate with two pieces of evidence. Spans are minimal
 * ("savory" ← "light", not "in savory of" ← "in light of"), so that entries and thesauri meet on the
 * same place.
 */
import { rawTokens } from '../document/tokens.ts'
import type { Source, Token } from '../types.ts'

/** How strongly each source proposes the wording; the numbers that features.ts turns into a row. */
export interface Strengths {
  readonly entry: number
  readonly habit: number
  readonly channel: number
  readonly wordnetSynonym: number
  readonly wordnetNear: number
  readonly mobyForward: number
  readonly mobyBackward: number
  readonly strength: number
  readonly twoHop: number
  readonly expected: number
  readonly spelling: number
  readonly term: number
  readonly termPath: number
}

export interface Candidate {
  readonly start: number
  readonly end: number
  /** Keys of the original; empty deletes. */
  readonly words: readonly string[]
  readonly ids: Int32Array
  /** The original as the entry writes it, where its case matters ("United States"). */
  readonly written: string | undefined
  /** Kind the entry states, if any. */
  readonly kind: string | undefined
  readonly sources: readonly Source[]
  readonly strengths: Strengths
  /** Two neighbours read together (compounds.ts). */
  readonly pair?: true
  /** A reading of several places at once: what each is read as, in order and without gaps. */
  readonly parts?: readonly Part[]
}

/** One place of a reading of several. */
export interface Part {
  readonly start: number
  readonly end: number
  /** Undefined where the text stays. */
  readonly read: Candidate | undefined
}

export const NO_STRENGTHS: Strengths = {
  entry: 0,
  habit: 0,
  channel: 0,
  wordnetSynonym: 0,
  wordnetNear: 0,
  mobyForward: 0,
  mobyBackward: 0,
  strength: 0,
  twoHop: 0,
  expected: 0,
  spelling: 0,
  term: 0,
  termPath: 0,
}

export interface Proposal {
  readonly words: readonly string[]
  readonly written?: string | undefined
  readonly kind?: string | undefined
  readonly source: Source
  readonly strengths: Partial<Strengths>
}

/** What the thesaurus proposes for a word; candidates are made of those that are looked at closely. */
export interface PreparedWord {
  /** Proposals, best base score first. */
  readonly count: number
  /** Model ids of proposal i, all known: `ids` from `offsets[i]` to `offsets[i + 1]`. */
  readonly ids: Int32Array
  readonly offsets: Uint32Array
  /** w · f of the features that do not depend on the context, nats; descending. */
  readonly base: Float64Array
  /** Strength the thesaurus gives proposal i over one step, 0–1; 0 over two. */
  strength(i: number): number
  /** Proposal i as a candidate for the single token at `start`. */
  candidate(i: number, start: number): Candidate
}

/** Candidates of one start token: those made already, and the thesaurus's, which are made when they are any good. */
export interface PlaceCandidates {
  /** Ordered by end, then by arrival. */
  readonly listed: readonly Candidate[]
  readonly prepared: PreparedWord | undefined
  /** Proposals of `prepared` that `listed` holds already. */
  readonly merged: ReadonlySet<number>
}

export interface CandidateSet {
  /**
   * Adds a wording for tokens [start, end). What both sides share at either end is cut off; a wording
   * equal to the text is dropped; a pure insertion keeps one token to stand on.
   */
  add(start: number, end: number, proposal: Proposal): void
  /** Adds what the thesaurus proposes for the single token at `start`; the last of the sources. */
  addPrepared(start: number, proposals: PreparedWord): void
  byStart(): PlaceCandidates[]
}

/** Every candidate of the places made, those of the thesaurus last; for reports and explanations. */
export const everyCandidate = (places: readonly PlaceCandidates[]): Candidate[][] =>
  places.map(({ listed, prepared, merged }, start) => {
    const made = [...listed]
    for (let i = 0; i < (prepared?.count ?? 0); i++)
      if (!merged.has(i)) made.push((prepared as PreparedWord).candidate(i, start))
    return made.sort((a, b) => a.end - b.end)
  })

const NONE: ReadonlySet<number> = new Set()

function idsOf(words: readonly string[], idOf: (key: string) => number): Int32Array {
  const ids = new Int32Array(words.length)
  for (let i = 0; i < words.length; i++) ids[i] = idOf(words[i] as string) // i < length
  return ids
}

export function candidateSet(tokens: readonly Token[], idOf: (key: string) => number): CandidateSet {
  const lists: Candidate[][] = tokens.map(() => [])
  const prepared: (PreparedWord | undefined)[] = []
  const merged: Set<number>[] = []
  return {
    add(start, end, proposal) {
      const cut = trim(tokens, start, end, proposal.words)
      if (cut === undefined) return
      const whole = cut.words.length === proposal.words.length
      const written = proposal.written ?? asListed(proposal)
      place(lists[cut.start] as Candidate[], {
        start: cut.start,
        end: cut.end,
        words: cut.words,
        ids: idsOf(cut.words, idOf),
        written: whole ? written : writtenPart(written, proposal.words.length, cut),
        kind: proposal.kind,
        sources: [proposal.source],
        strengths: { ...NO_STRENGTHS, ...proposal.strengths },
      })
    },
    addPrepared(start, proposals) {
      prepared[start] = proposals
      const list = lists[start] as Candidate[]
      for (const { end, ids } of [...list]) {
        if (end !== start + 1) continue
        const at = numberOf(proposals, ids)
        if (at === -1) continue
        place(list, proposals.candidate(at, start))
        merged[start] = (merged[start] ?? new Set<number>()).add(at)
      }
    },
    byStart: () =>
      lists.map((list, i) => ({
        listed: list.sort((a, b) => a.end - b.end),
        prepared: prepared[i],
        merged: merged[i] ?? NONE,
      })),
  }
}

/** Which proposal reads as `wanted`; −1 for none. */
function numberOf({ count, ids, offsets }: PreparedWord, wanted: Int32Array): number {
  for (let i = 0; i < count; i++) {
    const from = offsets[i] as number // i < count
    if ((offsets[i + 1] as number) - from !== wanted.length) continue
    let same = 0
    while (same < wanted.length && ids[from + same] === wanted[same]) same += 1
    if (same === wanted.length) return i
  }
  return -1
}

function place(list: Candidate[], added: Candidate): void {
  for (let at = 0; at < list.length; at++) {
    const known = list[at] as Candidate // at < length
    if (known.end !== added.end || !sameWords(known.words, added.words)) continue
    list[at] = mergedOf(known, added)
    return
  }
  list.push(added)
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function mergedOf(a: Candidate, b: Candidate): Candidate {
  const news = b.sources.filter(({ name }) => !a.sources.some((known) => known.name === name))
  return {
    start: a.start,
    end: a.end,
    words: a.words,
    ids: a.ids,
    written: capitalised(a.written, b.written) ?? a.written ?? b.written,
    kind: a.kind ?? b.kind,
    sources: [...a.sources, ...news],
    strengths: stronger(a.strengths, b.strengths),
  }
}

/** Field by field the stronger: this is done for every listed word that the thesaurus proposes, too. */
const stronger = (a: Strengths, b: Strengths): Strengths => ({
  entry: Math.max(a.entry, b.entry),
  habit: Math.max(a.habit, b.habit),
  // A log share is at most 0, and 0 also means "no list has it": the larger one that says something.
  channel: a.channel === 0 || b.channel === 0 ? a.channel + b.channel : Math.max(a.channel, b.channel),
  wordnetSynonym: Math.max(a.wordnetSynonym, b.wordnetSynonym),
  wordnetNear: Math.max(a.wordnetNear, b.wordnetNear),
  mobyForward: Math.max(a.mobyForward, b.mobyForward),
  mobyBackward: Math.max(a.mobyBackward, b.mobyBackward),
  strength: Math.max(a.strength, b.strength),
  twoHop: Math.max(a.twoHop, b.twoHop),
  expected: Math.max(a.expected, b.expected),
  spelling: Math.max(a.spelling, b.spelling),
  term: Math.max(a.term, b.term),
  termPath: Math.max(a.termPath, b.termPath),
})
/** The first that has a capital: a list that writes one knows better than one that does not. */
const capitalised = (...written: readonly (string | undefined)[]): string | undefined =>
  written.find((text) => text !== undefined && /\p{Lu}/u.test(text))

interface Cut {
  readonly start: number
  readonly end: number
  readonly words: readonly string[]
  /** Words cut from the front of the proposal. */
  readonly front: number
}

function trim(
  tokens: readonly Token[],
  start: number,
  end: number,
  words: readonly string[],
): Cut | undefined {
  const key = (i: number): string | undefined => tokens[i]?.key
  let front = 0
  while (start + front < end && front < words.length && key(start + front) === words[front]) front += 1
  let back = 0
  while (
    end - back > start + front &&
    words.length - back > front &&
    key(end - back - 1) === words[words.length - back - 1]
  )
    back += 1
  if (start + front === end && words.length === end - start) return undefined
  if (start + front === end - back) {
    // A pure insertion: stand on the token before, or behind where the place begins the match.
    if (front > 0) front -= 1
    else back -= 1
  }
  return { start: start + front, end: end - back, words: words.slice(front, words.length - back), front }
}

/** What a dictionary lists, where keys do not say it: they have no capitals, and of "100,000" only the zeros. */
function asListed({ source, words }: Proposal): string | undefined {
  if (source.name !== 'entry' && source.name !== 'habit') return undefined
  const listed = source.path.at(-1)
  return listed !== undefined && /[\p{Lu}\p{Nd}]/u.test(listed) && listed !== words.join(' ')
    ? listed
    : undefined
}

/** The words of `written` that remain after cutting. */
function writtenPart(written: string | undefined, count: number, cut: Cut): string | undefined {
  if (written === undefined) return undefined
  const parts = rawTokens(written)
  const last = parts[cut.front + cut.words.length - 1]
  const first = parts[cut.front]
  if (parts.length !== count || first === undefined || last === undefined) return undefined
  return written.slice(first.start, last.end)
}
