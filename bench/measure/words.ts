/**
 * The measuring tokens and their differences, independent of the engine's own tokens.
 *
 * In: texts. Out: words, numbers and single marks with their place; the edits between two token lists;
 * their distance. The measure must not change when the engine's tokeniser does, and "don't" counts as
 * one token here, so that a label is one edit however the engine cuts it.
 */

export interface MeasureToken {
  /** Lower case, straight apostrophe. */
  readonly key: string
  /** Half-open range of UTF-16 units. */
  readonly start: number
  readonly end: number
}

/** Tokens [first, end) of one list stand where [otherFirst, otherEnd) of the other stood. */
export interface Difference {
  readonly first: number
  readonly end: number
  readonly otherFirst: number
  readonly otherEnd: number
}

/** Letters with inner apostrophes; digits with inner points and commas; any other visible character. */
const TOKEN =
  /[\p{L}\p{Nl}\p{No}]+(?:['’][\p{L}\p{Nl}\p{No}]+)*|\p{Nd}(?:[\p{Nd}.,]*\p{Nd})?|[^\p{L}\p{N}_\s]/gu

export function measureTokens(text: string): MeasureToken[] {
  return [...text.matchAll(TOKEN)].map((found) => ({
    key: found[0].toLowerCase().replaceAll('’', "'"),
    start: found.index,
    end: found.index + found[0].length,
  }))
}

export const measureKeys = (text: string): string[] => measureTokens(text).map(({ key }) => key)

/** Letters only: what counts as a word in place figures and per-1,000-word figures. */
export const isWord = (key: string): boolean => /^\p{L}+$/u.test(key)

export const wordCount = (text: string): number => measureTokens(text).filter(({ key }) => isWord(key)).length

/**
 * Edits that turn `b` into `a`, by longest common blocks (Ratcliff & Obershelp 1988): the longest run
 * both lists share, the earliest among equals, then the same on either side. Ordered, disjoint. Keeps
 * long runs together where a shortest edit script would cut them at every "the". Time |a|·|b| at worst.
 */
export function differences(a: readonly string[], b: readonly string[]): Difference[] {
  const where = new Map<string, number[]>()
  b.forEach((key, j) => {
    const list = where.get(key)
    if (list === undefined) where.set(key, [j])
    else list.push(j)
  })
  const blocks: Difference[] = []
  const open: Difference[] = [{ first: 0, end: a.length, otherFirst: 0, otherEnd: b.length }]
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const block = longestBlock(a, where, range)
    if (block === undefined) continue
    blocks.push(block)
    open.push({ ...range, end: block.first, otherEnd: block.otherFirst })
    open.push({ ...range, first: block.end, otherFirst: block.otherEnd })
  }
  blocks.sort((x, y) => x.first - y.first)
  const out: Difference[] = []
  let first = 0
  let otherFirst = 0
  const end = { first: a.length, end: a.length, otherFirst: b.length, otherEnd: b.length }
  for (const block of [...blocks, end]) {
    if (first < block.first || otherFirst < block.otherFirst)
      out.push({ first, end: block.first, otherFirst, otherEnd: block.otherFirst })
    first = block.end
    otherFirst = block.otherEnd
  }
  return out
}

function longestBlock(
  a: readonly string[],
  where: ReadonlyMap<string, readonly number[]>,
  { first, end, otherFirst, otherEnd }: Difference,
): Difference | undefined {
  let best = 0
  let bestAt = 0
  let bestOther = 0
  // Length of the common run that ends at each place of b, for the previous place of a.
  let runs = new Map<number, number>()
  for (let i = first; i < end; i++) {
    const next = new Map<number, number>()
    for (const j of where.get(a[i] ?? '') ?? []) {
      if (j < otherFirst) continue
      if (j >= otherEnd) break
      const run = (runs.get(j - 1) ?? 0) + 1
      next.set(j, run)
      if (run <= best) continue
      best = run
      bestAt = i - run + 1
      bestOther = j - run + 1
    }
    runs = next
  }
  if (best === 0) return undefined
  return { first: bestAt, end: bestAt + best, otherFirst: bestOther, otherEnd: bestOther + best }
}

/** Fewest tokens to insert, delete or replace to turn one list into the other. Time |a|·|b|, memory |b|. */
export function tokenDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  a.forEach((key, i) => {
    const next = [i + 1]
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (key === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replace))
    }
    row = next
  })
  return row[b.length] ?? 0
}
