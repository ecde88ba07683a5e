/**
 * Counts of the worth measurement to Markdown: a table per spun set, one of what each file adds, one of
 * false alarms. In: tallies by set and variant. Out: text; no text of a labelled set is quoted.
 */
import { decimal, table } from './markdown.ts'
import { sum, type Tally } from './worth-count.ts'
import type { Variant } from './worth-variants.ts'

export interface SetWorth {
  readonly name: string
  /** One tally per document, in order, by variant. `without` variants have the first few only. */
  readonly tallies: ReadonlyMap<Variant, readonly Tally[]>
}

/** What the dictionary alone finds in clean texts, per 1,000 words. */
export interface Alarms {
  readonly words: number
  readonly entries: number
  readonly habits: number
}

export interface PartSize {
  readonly pairs: number
  readonly entries: number
}

export interface WorthFacts {
  readonly variants: readonly Variant[]
  readonly sets: readonly SetWorth[]
  /** By clean set, then variant. */
  readonly alarms: ReadonlyMap<string, ReadonlyMap<Variant, Alarms>>
  /** By variant. */
  readonly sizes: ReadonlyMap<Variant, PartSize>
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`

/** Everything between the marks of docs/method.md. */
export function worthReport(facts: WorthFacts): string {
  const { variants, sets } = facts
  const full = variants.filter(({ kind }) => kind === 'full')
  return [
    ...sets.map((set) => setTable(set, full, facts.sizes)),
    withoutTable(sets, facts),
    alarmTable(facts, full),
  ].join('\n')
}

function setTable({ name, tallies }: SetWorth, full: readonly Variant[], sizes: WorthFacts['sizes']): string {
  const totals = full.map((variant) => ({ variant, total: sum(tallies.get(variant) ?? []) }))
  const { documents, oneWord, phrases } = totals.at(-1)?.total ?? sum([])
  return table(
    [
      `${name}: ${documents} documents, ${oneWord} edits of one word, ${phrases} longer`,
      'pairs:',
      'entries:',
      'listed:',
      'tried:',
      'candidates a word:',
      'word@1:',
      'word@5:',
      'phrase@1:',
      'phrase@5:',
    ],
    totals.map(({ variant, total }) => [
      variant.name,
      sizes.get(variant)?.pairs ?? 0,
      sizes.get(variant)?.entries ?? 0,
      percent(total.listed, total.oneWord),
      percent(total.tried, total.oneWord),
      decimal(total.candidates / Math.max(1, total.words), 1),
      percent(total.first, total.oneWord),
      percent(total.five, total.oneWord),
      percent(total.phraseFirst, total.phrases),
      percent(total.phraseFive, total.phrases),
    ]),
  )
}

/** Edits won by each file: those of the whole dictionary less those without it, on the same documents. */
function withoutTable(sets: readonly SetWorth[], { variants, alarms, sizes }: WorthFacts): string {
  const all = variants.find(({ name }) => name === 'all')
  const without = variants.filter(({ kind }) => kind === 'without')
  if (all === undefined || without.length === 0) return ''
  const pooled = (variant: Variant, count: (set: SetWorth) => number): Tally =>
    sum(sets.flatMap((set) => (set.tallies.get(variant) ?? []).slice(0, count(set))))
  const rows = without.map((variant) => {
    const same = (set: SetWorth): number => set.tallies.get(variant)?.length ?? 0
    const whole = pooled(all, same)
    const less = pooled(variant, same)
    const won = (name: keyof Tally): string => signed(whole[name] - less[name])
    const sizeOf = (name: keyof PartSize): number =>
      (sizes.get(all)?.[name] ?? 0) - (sizes.get(variant)?.[name] ?? 0)
    return {
      whole,
      cells: [
        variant.name.replace('all − ', ''),
        sizeOf('pairs') === 0 ? '' : sizeOf('pairs'),
        sizeOf('entries') === 0 ? '' : sizeOf('entries'),
        won('listed'),
        won('tried'),
        decimal((whole.candidates - less.candidates) / Math.max(1, whole.words), 2),
        won('first'),
        won('five'),
        won('phraseFirst'),
        won('phraseFive'),
        alarmsWon(alarms, all, variant),
      ],
    }
  })
  const { documents, oneWord, phrases } = rows[0]?.whole ?? sum([])
  return table(
    [
      `edits won by a file, of ${oneWord} of one word and ${phrases} longer in ${documents} documents`,
      'pairs:',
      'entries:',
      'listed:',
      'tried:',
      'candidates a word:',
      'word@1:',
      'word@5:',
      'phrase@1:',
      'phrase@5:',
      'false alarms:',
    ],
    rows.map(({ cells }) => cells),
  )
}

const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0')

/** False alarms of phrase entries in all clean sets, with the file less without it. */
function alarmsWon(alarms: WorthFacts['alarms'], all: Variant, variant: Variant): string {
  let more = 0
  for (const set of alarms.values()) {
    const whole = set.get(all)
    const less = set.get(variant)
    if (whole === undefined || less === undefined) continue
    more += ((whole.entries - less.entries) * whole.words) / 1000
  }
  return signed(Math.round(more))
}

function alarmTable({ alarms }: WorthFacts, full: readonly Variant[]): string {
  const shown = full.slice(1)
  return table(
    [
      'dictionary alone on clean text, matches per 1,000 words',
      'words:',
      ...shown.flatMap(({ name }) => [`${name}, entries:`, `${name}, habits:`]),
    ],
    [...alarms].map(([name, byVariant]) => [
      name,
      byVariant.values().next().value?.words ?? 0,
      ...shown.flatMap((variant) => {
        const found = byVariant.get(variant)
        return [decimal(found?.entries), decimal(found?.habits, 0)]
      }),
    ]),
  )
}
