/**
 * Lists of misspellings to entry drafts: codespell's `wrong->right, right2,` and typos' `wrong,right`.
 *
 * Both say "this was meant to be that", which is what a habit says. A remark behind codespell's last
 * comma ("disabled because …") is none of the corrections.
 */
import type { DictFile, DictProblem } from './entry.ts'
import { type EntryDraft, escapePattern, madeExample } from './import-draft.ts'
import type { Imported } from './import-tortured.ts'
import { exactKeysOf, keysOf, PatternError, unfold } from './pattern.ts'

/** Corrections have a word or two, remarks have more. */
const LONGEST_CORRECTION = 2

export function importCorrections(file: DictFile, format: 'codespell' | 'typos'): Imported {
  const drafts = new Map<string, EntryDraft>()
  const problems: DictProblem[] = []
  for (const [index, raw] of file.text.split('\n').entries()) {
    const line = index + 1
    const text = raw.trim()
    if (text === '' || text.startsWith('#')) continue
    const report = (message: string, fix: string): void => {
      problems.push({ severity: 'error', file: file.name, line, message, fix })
    }
    const [spun, originals] = format === 'codespell' ? codespell(text) : typos(text)
    if (spun === '' || originals.length === 0) {
      report(
        `"${text.slice(0, 80)}" has no ${spun === '' ? 'wording' : 'correction'}`,
        format === 'codespell' ? 'write wrong->right, right2' : 'write wrong,right',
      )
      continue
    }
    const other = originals.filter((one) => exactKeysOf(one).join(' ') !== exactKeysOf(spun).join(' '))
    if (other.length === 0) {
      report(`"${spun}" has itself as correction`, 'correct the line, or delete it')
      continue
    }
    try {
      unfold(escapePattern(spun))
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      report(error.message, error.fix)
      continue
    }
    const known = drafts.get(spun)
    const all = [...(known?.originals.map((one) => one.text) ?? []), ...other]
    drafts.set(spun, {
      spun,
      originals: [...new Set(all)].map((one) => ({ text: one })),
      kind: keysOf(spun).length === 1 ? 'word' : 'phrase',
      restore: [madeExample(spun, undefined)],
      line: known?.line ?? line,
    })
  }
  return { drafts: [...drafts.values()], problems }
}

type Correction = readonly [spun: string, originals: readonly string[]]

function codespell(text: string): Correction {
  const arrow = text.indexOf('->')
  if (arrow === -1) return [text, []]
  const parts = text
    .slice(arrow + 2)
    .split(',')
    .map((part) => part.trim())
  const last = parts.at(-1) ?? ''
  if (parts.length > 1 && last.split(/\s+/).length > LONGEST_CORRECTION) parts.pop()
  return [text.slice(0, arrow).trim(), parts.filter((part) => part !== '')]
}

function typos(text: string): Correction {
  const [spun = '', ...rest] = text.split(',').map((part) => part.trim())
  return [spun, rest.filter((part) => part !== '')]
}
