/**
 * Labelled documents: spun text with the edits that made it. Made by our own spinner from held-out
 * clean text, or read from labelled sets ({spun, original} or {spun, pairs}) where they are present.
 */
import { readFileSync } from 'node:fs'
import { diffArrays } from 'diff'
import { rawTokens } from '../../src/document/tokens.ts'
import type { Edit } from './spinner.ts'

export interface Labelled {
  readonly id: string
  readonly set: string
  readonly text: string
  readonly edits: readonly Edit[]
  /** Ranges where nothing is known (uncertain labels): neither changed nor unchanged. */
  readonly unknown: readonly { readonly start: number; readonly end: number }[]
}

interface Row {
  readonly id: string
  readonly text?: string
  readonly spun?: string
  readonly original?: string | null
  readonly pairs?: readonly { readonly spun: string; readonly original: string; readonly certain?: boolean }[]
}

/** Reads a labelled .jsonl; a record without labels is clean. */
export function readLabelled(path: string, set: string): Labelled[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const row = JSON.parse(line) as Row
      if (row.spun === undefined) return { id: row.id, set, text: row.text ?? '', edits: [], unknown: [] }
      if (row.pairs === undefined || row.pairs === null || row.pairs.length === 0)
        return { id: row.id, set, text: row.spun, edits: aligned(row.spun, row.original ?? ''), unknown: [] }
      return fromPairs(row.id, set, row.spun, row.pairs)
    })
}

/** Token differences of two texts as edits of the first. */
export function aligned(spun: string, original: string): Edit[] {
  const a = rawTokens(spun)
  const b = rawTokens(original)
  const changes = diffArrays(
    a.map((t) => t.key),
    b.map((t) => t.key),
  )
  const edits: Edit[] = []
  let i = 0
  let j = 0
  for (let c = 0; c < changes.length; ) {
    const change = changes[c]
    if (change === undefined) break
    if (!change.added && !change.removed) {
      i += change.value.length
      j += change.value.length
      c += 1
      continue
    }
    let removed = 0
    let added = 0
    while (c < changes.length && (changes[c]?.added || changes[c]?.removed)) {
      if (changes[c]?.added) added += changes[c]?.value.length ?? 0
      else removed += changes[c]?.value.length ?? 0
      c += 1
    }
    const first = a[i]
    const last = a[i + removed - 1]
    const from = b[j]
    const to = b[j + added - 1]
    // Something left out of the copy has no place in it; it cannot be labelled here.
    if (removed > 0 && first !== undefined && last !== undefined)
      edits.push({
        start: first.start,
        end: last.end,
        original:
          added > 0 && from !== undefined && to !== undefined ? original.slice(from.start, to.end) : '',
      })
    i += removed
    j += added
  }
  return edits
}

function fromPairs(id: string, set: string, text: string, pairs: NonNullable<Row['pairs']>): Labelled {
  const tokens = rawTokens(text)
  const edits = new Map<string, Edit>()
  const unknown: { start: number; end: number }[] = []
  for (const pair of pairs) {
    const wanted = rawTokens(pair.spun).map((t) => t.key)
    for (let i = 0; i + wanted.length <= tokens.length; i++) {
      if (!wanted.every((key, k) => tokens[i + k]?.key === key)) continue
      const start = tokens[i]?.start ?? 0
      const end = tokens[i + wanted.length - 1]?.end ?? 0
      if (pair.certain === false) {
        unknown.push({ start, end })
        continue
      }
      for (const edit of aligned(text.slice(start, end), pair.original))
        edits.set(`${start + edit.start} ${start + edit.end}`, {
          start: start + edit.start,
          end: start + edit.end,
          original: edit.original,
        })
    }
  }
  return { id, set, text, edits: [...edits.values()].sort((a, b) => a.start - b.start), unknown }
}
