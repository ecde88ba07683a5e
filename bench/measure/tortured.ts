/**
 * A list of tortured phrases put to the engine, each in a neutral sentence of our own.
 *
 * In: the rows of a table (spun, expected, flags, papers, …) and what the engine finds in the sentence.
 * Out: whether one of the first five suggestions reads as expected, and where it is lost if not. The
 * list is for measuring only: no pair of it may go into a wordlist.
 */

import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import { type Candidate, everyCandidate } from '../../src/restore/candidates.ts'
import { documentContext } from '../../src/restore/context.ts'
import { look } from '../../src/restore/look.ts'
import { propose } from '../../src/restore/propose.ts'
import type { Knowledge } from '../../src/restore/read.ts'
import type { Finding, SourceName } from '../../src/types.ts'
import { random } from '../training/random.ts'
import { differences, measureKeys } from './words.ts'

export interface TorturedRow {
  readonly spun: string
  /** Every wording that counts as right. */
  readonly expected: readonly string[]
  readonly flags: string
  readonly papers: number
}

/** Where the expected wording was, best first; the first three count as obtained. */
export type Outcome =
  | 'first'
  | 'toFive' // second to fifth suggestion of one finding
  | 'together' // the first suggestions of all findings in the phrase
  | 'combined' // one of the five likeliest combinations of suggestions, parts kept included
  | 'proposed' // among the candidates only
  | 'inParts' // every part among the candidates
  | 'never'
export const OBTAINED: ReadonlySet<Outcome> = new Set(['first', 'toFive', 'together'])

const BEFORE = 'The paper describes '
const AFTER = ' in detail.'
const SHOWN = 5
/** Findings of a phrase that are combined: 6⁵ texts at most. */
const MOST_PARTS = 5

export const carrier = (phrase: string): string => BEFORE + phrase + AFTER

/** Rows of the table, its head line left out. @throws Error when the columns are others */
export function torturedRows(text: string): TorturedRow[] {
  const [head, ...lines] = text.split('\n')
  if (head?.startsWith('spun\texpected\tflags\t') !== true)
    throw new Error('the columns are not spun, expected, flags, papers\n  fix: give a table with that head')
  return lines.flatMap((line) => {
    const [spun, expected, flags, papers] = line.split('\t')
    if (spun === undefined || expected === undefined) return []
    return [
      {
        spun: unquoted(spun),
        expected: alternatives(unquoted(expected)),
        flags: flags ?? '',
        papers: Number(papers ?? 0),
      },
    ]
  })
}

const unquoted = (text: string): string => text.replaceAll('\\', '').replaceAll('"', '').trim()
const alternatives = (text: string): string[] =>
  text
    .split(';')
    .flatMap((part) => part.split(' or '))
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** At most `most` rows, drawn with a fixed seed, in the order of the list. */
export function sample(rows: readonly TorturedRow[], most: number, seed = 1): TorturedRow[] {
  if (rows.length <= most) return [...rows]
  const rng = random(seed)
  const order = rows.map((_, i) => i)
  for (let i = 0; i < most; i++) {
    const j = i + rng.below(order.length - i)
    const kept = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = kept
  }
  return order
    .slice(0, most)
    .sort((a, b) => a - b)
    .flatMap((i) => rows[i] ?? [])
}

/** How the suggestions make the sentence read as expected; undefined when none of the first five does. */
export function obtained(
  { spun, expected }: TorturedRow,
  findings: readonly Finding[],
): 'first' | 'toFive' | 'together' | 'combined' | undefined {
  const text = carrier(spun)
  const phrase = { start: BEFORE.length, end: BEFORE.length + spun.length }
  const inside = findings.filter(({ span }) => span.start < phrase.end && phrase.start < span.end)
  const wanted = new Set(expected.map((one) => measureKeys(carrier(one)).join(' ')))
  const reads = (read: string): boolean => wanted.has(measureKeys(read).join(' '))
  const ranks = inside.map(({ span, suggestions }) =>
    suggestions
      .slice(0, SHOWN)
      .findIndex((one) => reads(text.slice(0, span.start) + one.text + text.slice(span.end))),
  )
  const found = ranks.filter((rank) => rank >= 0)
  if (found.length > 0) return Math.min(...found) === 0 ? 'first' : 'toFive'
  if (reads(together(text, inside))) return 'together'
  const likeliest = combinations(text, inside.slice(0, MOST_PARTS)).slice(0, SHOWN)
  return likeliest.some((each) => reads(each)) ? 'combined' : undefined
}

/** The text with the first suggestion of every finding. */
function together(text: string, findings: readonly Finding[]): string {
  let whole = text
  for (const { span, suggestions } of findings.toReversed())
    whole = whole.slice(0, span.start) + (suggestions[0]?.text ?? '') + whole.slice(span.end)
  return whole
}

/** Every combination of kept parts and suggestions as text, likeliest first; the text itself left out. */
function combinations(text: string, findings: readonly Finding[]): string[] {
  let open = [{ text, probability: 1 }]
  for (const { span, surface, confidence, suggestions } of findings.toReversed()) {
    const choices = suggestions
      .slice(0, SHOWN)
      .map((one) => ({ text: one.text, probability: confidence * one.probability }))
    choices.push({ text: surface, probability: 1 - confidence })
    open = open.flatMap((whole) =>
      choices.map((choice) => ({
        text: whole.text.slice(0, span.start) + choice.text + whole.text.slice(span.end),
        probability: whole.probability * choice.probability,
      })),
    )
  }
  return open
    .sort((a, b) => b.probability - a.probability)
    .map((each) => each.text)
    .filter((read) => read !== text)
}

export interface Reach {
  readonly outcome: 'proposed' | 'inParts' | 'never'
  /** Sources of a candidate that reads as expected; none unless `proposed`. */
  readonly sources: readonly SourceName[]
  /** "spun words → original words" that no candidate has. */
  readonly lacking: readonly string[]
}

/** Whether the expected wording is among the candidates at all, whole or part by part. */
export function reach(knowledge: Knowledge, { spun, expected }: TorturedRow): Reach {
  const text = carrier(spun)
  const [sentence] = readSentences(document(text, { format: 'text' }))
  const none: Reach = { outcome: 'never', sources: [], lacking: [] }
  if (sentence === undefined) return none
  const { tokens } = sentence
  const { model, vectors, weights, lexicon } = knowledge
  const seen = look(knowledge, weights.suspicion, sentence, documentContext(model, vectors, [sentence]))
  const options = { suspects: undefined, expected: () => [], askedFrom: 0, terms: weights.terms }
  const candidates = everyCandidate(propose(lexicon, seen, options)).flat()
  const old = tokens.map(({ key }) => key)
  const read = ({ start, end, words }: Candidate): string =>
    measureKeys([...old.slice(0, start), ...words, ...old.slice(end)].join(' ')).join(' ')
  const readings = new Map(candidates.map((one) => [read(one), one]))
  const now = measureKeys(text)
  let fewest: Reach | undefined
  for (const one of expected) {
    const kept = measureKeys(carrier(one))
    const whole = readings.get(kept.join(' '))
    if (whole !== undefined)
      return { outcome: 'proposed', sources: whole.sources.map(({ name }) => name), lacking: [] }
    const lacking = parts(now, kept).filter(({ replaced }) => !readings.has(replaced))
    const found: Reach = {
      outcome: lacking.length === 0 ? 'inParts' : 'never',
      sources: [],
      lacking: lacking.map(({ name }) => name),
    }
    if (fewest === undefined || lacking.length < fewest.lacking.length) fewest = found
  }
  return fewest ?? none
}

/** The differences one by one, each as the sentence with only that one undone; equal lengths word by word. */
function parts(now: readonly string[], kept: readonly string[]): { name: string; replaced: string }[] {
  return differences(now, kept)
    .flatMap((each) => {
      const size = each.end - each.first
      if (size === 0 || size !== each.otherEnd - each.otherFirst) return [each]
      return Array.from({ length: size }, (_, k) => ({
        first: each.first + k,
        end: each.first + k + 1,
        otherFirst: each.otherFirst + k,
        otherEnd: each.otherFirst + k + 1,
      }))
    })
    .map(({ first, end, otherFirst, otherEnd }) => ({
      name: `${now.slice(first, end).join(' ')} → ${kept.slice(otherFirst, otherEnd).join(' ')}`,
      replaced: [...now.slice(0, first), ...kept.slice(otherFirst, otherEnd), ...now.slice(end)].join(' '),
    }))
}
