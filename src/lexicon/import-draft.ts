/**
 * What an import or a mining run proposes, and the two ways to write it down: phrase entries with
 * `status: candidate` (YAML), or habits (TSV), which have neither status nor guards.
 *
 * Strings are written as JSON, which is YAML too, so that no text can break out of its place. Nothing
 * here is ever applied: a person reviews the file, writes real examples and sets the entries active.
 */
import { compareText, type DictProblem, type EntryKind, type Guard } from './entry.ts'
import { keysOf } from './pattern.ts'

export interface EntryDraft {
  /** As in a text; characters that mean something in patterns are escaped when it is written. */
  readonly spun: string
  /** Best first, never empty. */
  readonly originals: readonly { readonly text: string; readonly prior?: number }[]
  readonly kind: EntryKind
  readonly guard?: Guard
  /** Never empty: the schema asks for an example. */
  readonly restore: readonly string[]
  readonly note?: string
  /** Line of the list it comes from, for messages. */
  readonly line: number
}

export interface DraftHeader {
  readonly origin: string
  readonly licence: string
  /** YYYY-MM-DD */
  readonly date: string
}

const MAX_NOTE = 1000
const MAX_ORIGINALS = 20

/** A phrase file. */
export function draftsAsEntries(drafts: readonly EntryDraft[], header: DraftHeader): string {
  const head = `origin: ${quoted(header.origin)}\nlicence: ${quoted(header.licence)}\ndate: ${header.date}\n`
  if (drafts.length === 0) return `${head}entries: []\n`
  return `${head}entries:\n${drafts.map(entryText).join('')}`
}

function entryText({ spun, originals, kind, guard, restore, note }: EntryDraft): string {
  const lines = [
    `spun: ${quoted(escapePattern(spun))}`,
    `original: ${originalText(originals.slice(0, MAX_ORIGINALS))}`,
    `kind: ${kind}`,
    'status: candidate',
    ...(guard === undefined ? [] : [`guard: ${JSON.stringify(guard)}`]),
    `restore: [${restore.map(quoted).join(', ')}]`,
    ...(note === undefined ? [] : [`note: ${quoted(note.slice(0, MAX_NOTE))}`]),
  ]
  return lines.map((line, at) => `${at === 0 ? '  - ' : '    '}${line}\n`).join('')
}

function originalText(originals: EntryDraft['originals']): string {
  const items = originals.map(({ text, prior }) =>
    prior === undefined ? quoted(text) : `{ text: ${quoted(text)}, prior: ${prior} }`,
  )
  return items.length === 1 ? (items[0] ?? '') : `[${items.join(', ')}]`
}

const quoted = (text: string): string => JSON.stringify(text)

/**
 * A habits file, sorted, an original once: the first original of a draft as common, the others as seen.
 * What a habits line cannot say is left out and reported.
 */
export function draftsAsHabits(
  drafts: readonly EntryDraft[],
  header: DraftHeader,
  file: string,
): { readonly text: string; readonly problems: readonly DictProblem[] } {
  const problems: DictProblem[] = []
  const report = (line: number, message: string, fix: string): void => {
    problems.push({ severity: 'warning', file, line, message, fix })
  }
  const lines = new Map<string, { readonly common: Set<string>; readonly seen: Set<string> }>()
  for (const { spun, originals, guard, line } of drafts) {
    if (guard !== undefined) {
      report(line, `"${spun}" has a guard, which habits have not`, 'write the list to a .yaml file')
      continue
    }
    if (/[;|\t]/.test(spun)) {
      report(line, `"${spun}" has a character that separates wordings`, 'write the list to a .yaml file')
      continue
    }
    for (const [rank, { text }] of originals.entries()) {
      const own = lines.get(text) ?? { common: new Set<string>(), seen: new Set<string>() }
      lines.set(text, own)
      if (rank === 0) own.common.add(escapePattern(spun))
      else own.seen.add(escapePattern(spun))
    }
  }
  const rows = [...lines]
    .sort(([a], [b]) => compareText(`${a}\tx`, `${b}\tx`))
    .map(([original, { common, seen }]) => {
      const rare = [...seen].filter((text) => !common.has(text)).sort(compareText)
      const classes = [
        [...common].sort(compareText).join('; '),
        ...(rare.length > 0 ? [rare.join('; ')] : []),
      ]
      return `${original}\tx\t${classes.join(' | ').trim()}\n`
    })
  const head = `# origin: ${oneLine(header.origin)}\n# licence: ${oneLine(header.licence)}\n# date: ${header.date}\n`
  return { text: head + rows.join(''), problems }
}

const oneLine = (text: string): string => text.split(/\s+/).join(' ')

const SPECIAL = new Set(['\\', '(', ')', '|', '?', '<', '*'])

/** Text as a pattern that matches just this text. */
export const escapePattern = (text: string): string =>
  [...text].map((char) => (SPECIAL.has(char) ? `\\${char}` : char)).join('')

/** Sentences for the one example an entry must have; the second where the first shares a word with it. */
const CARRIERS = [
  { before: 'One reads', link: 'beside' },
  { before: 'Here stands', link: 'with' },
] as const

/** A made sentence in which the entry matches once and its guard holds. */
export function madeExample(spun: string, guard: Guard | undefined): string {
  const { any, all, none } = guard?.document ?? {}
  const taken = new Set([...keysOf(spun), ...(none ?? [])])
  const free = ({ before, link }: (typeof CARRIERS)[number]): boolean =>
    ![...keysOf(before), link].some((key) => taken.has(key))
  const { before, link } = CARRIERS.find(free) ?? CARRIERS[0]
  const near = guard?.near?.words.slice(0, 1) ?? []
  const words = [...(all ?? []), ...(any ?? []).slice(0, 1)]
  return `${before} [[${spun}]]${near.map((word) => ` ${word}`).join('')}${words.length > 0 ? ` ${link} ${words.join(', ')}` : ''}.`
}
