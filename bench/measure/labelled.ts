/**
 * Labelled documents in one shape, whatever they came from.
 *
 * In: records of a .jsonl set ({text} is clean; {spun, original?, pairs?} is spun), or our own samples
 * with their answers and originals. Out: the text, its measuring tokens and the edits as token ranges.
 * A wording that `pairs` lists is an edit wherever it stands in the text; pairs that are not certain
 * leave their places unknown, so that calibration does not count them either way.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Answer, places } from '../samples.ts'
import { differences, type MeasureToken, measureKeys, measureTokens } from './words.ts'

export interface LabelledEdit {
  /** Tokens [first, end) of the spun text; empty where the copy left something out. */
  readonly first: number
  readonly end: number
  /** Keys of the original; empty where the copy put something in. */
  readonly original: readonly string[]
}

export interface Labelled {
  readonly id: string
  readonly set: string
  readonly state: 'clean' | 'spun'
  readonly text: string
  readonly tokens: readonly MeasureToken[]
  /** By first token, disjoint for aligned texts. Empty for clean ones. */
  readonly edits: readonly LabelledEdit[]
  /** Tokens of which nothing certain is known. */
  readonly unknown: ReadonlySet<number>
  /** The whole original, where it is known. */
  readonly original: string | undefined
}

export interface LabelledRecord {
  readonly id: string
  readonly text?: string
  readonly spun?: string
  readonly original?: string | null
  readonly pairs?:
    | readonly { readonly spun: string; readonly original: string; readonly certain?: boolean }[]
    | null
}

/** One record of a labelled set. */
export function labelled(set: string, { id, text, spun, original, pairs }: LabelledRecord): Labelled {
  if (spun === undefined) return clean(set, id, text ?? '')
  const tokens = measureTokens(spun)
  const keys = tokens.map(({ key }) => key)
  const common = { id, set, state: 'spun', text: spun, tokens } as const
  if (pairs === undefined || pairs === null || pairs.length === 0) {
    const kept = measureKeys(original ?? '')
    const edits = differences(keys, kept).map(({ first, end, otherFirst, otherEnd }) => ({
      first,
      end,
      original: kept.slice(otherFirst, otherEnd),
    }))
    return { ...common, edits, unknown: new Set(), original: original ?? undefined }
  }
  const edits = new Map<string, LabelledEdit>()
  const unknown = new Set<number>()
  for (const pair of pairs) {
    const wanted = measureKeys(pair.spun)
    const kept = measureKeys(pair.original)
    const inside = differences(wanted, kept)
    for (const at of occurrences(keys, wanted)) {
      if (pair.certain === false) for (let i = at; i < at + wanted.length; i++) unknown.add(i)
      else
        for (const { first, end, otherFirst, otherEnd } of inside) {
          const edit = { first: at + first, end: at + end, original: kept.slice(otherFirst, otherEnd) }
          edits.set(JSON.stringify(edit), edit)
        }
    }
  }
  const sorted = [...edits.values()].sort((a, b) => a.first - b.first || a.end - b.end)
  return { ...common, edits: sorted, unknown, original: undefined }
}

/** All sets of a folder, by file name without its ending; files called pairs*.jsonl hold no documents. */
export function labelledFolder(folder: string): Map<string, Labelled[]> {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl') && !name.startsWith('pairs'))
    .sort()
  return new Map(
    names.map((name) => {
      const set = basename(name, '.jsonl')
      const lines = readFileSync(`${folder}/${name}`, 'utf8').split('\n')
      const records = lines.flatMap((line, i) =>
        line.trim() === '' ? [] : [parseRecord(line, `${name}:${i + 1}`)],
      )
      return [set, records.map((record) => labelled(set, record))]
    }),
  )
}

/** Our own samples: spun-*.txt with answers (and originals, where they are kept), clean-*.txt. */
export function sampleSets(folder: string): Map<string, Labelled[]> {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
  const of = (prefix: string, build: (id: string, text: string) => Labelled): Labelled[] =>
    names
      .filter((name) => name.startsWith(prefix))
      .map((name) => build(basename(name, '.txt'), readFileSync(`${folder}/${name}`, 'utf8')))
  return new Map([
    ['samples-spun', of('spun-', (id, text) => spunSample(folder, id, text))],
    ['samples-clean', of('clean-', (id, text) => clean('samples-clean', id, text))],
  ])
}

function spunSample(folder: string, id: string, text: string): Labelled {
  const answers = JSON.parse(readFileSync(`${folder}/answers/${id}.json`, 'utf8')) as Answer[]
  const originalPath = `${folder}/originals/${id}.txt`
  const tokens = measureTokens(text)
  const edits = places(text, answers).map(({ span, original }) => ({
    ...touched(tokens, span),
    original: measureKeys(original),
  }))
  const original = existsSync(originalPath) ? readFileSync(originalPath, 'utf8') : undefined
  return { id, set: 'samples-spun', state: 'spun', text, tokens, edits, unknown: new Set(), original }
}

/** Tokens that a range of the text touches. */
export function touched(
  tokens: readonly MeasureToken[],
  { start, end }: { readonly start: number; readonly end: number },
): { first: number; end: number } {
  const first = tokens.findIndex((token) => token.end > start)
  if (first === -1) return { first: tokens.length, end: tokens.length }
  let last = first
  while (last < tokens.length && (tokens[last]?.start ?? end) < end) last += 1
  return { first, end: last }
}

function clean(set: string, id: string, text: string): Labelled {
  const tokens = measureTokens(text)
  return { id, set, state: 'clean', text, tokens, edits: [], unknown: new Set(), original: undefined }
}

function* occurrences(keys: readonly string[], wanted: readonly string[]): Generator<number> {
  if (wanted.length === 0) return
  for (let at = 0; at + wanted.length <= keys.length; at++)
    if (wanted.every((key, k) => keys[at + k] === key)) yield at
}

function parseRecord(line: string, place: string): LabelledRecord {
  const record = JSON.parse(line) as Partial<LabelledRecord> | null
  if (typeof record?.id === 'string' && (typeof record.spun === 'string' || typeof record.text === 'string'))
    return { ...record, id: record.id }
  throw new Error(
    `${place}: the record has no id, or neither "text" nor "spun"\n  fix: give it {"id", "text"} or {"id", "spun", …}`,
  )
}
