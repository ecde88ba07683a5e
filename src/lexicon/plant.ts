/**
 * Token sequences to the arrays of a trie, as trie.ts reads them.
 *
 * Sequences are sorted by ids; then each node is a range of them, and going through the ranges level by
 * level numbers the nodes so that edge e leads to node e + 1.
 */

export interface Planted {
  /** Outgoing edges of each node. */
  readonly edges: readonly number[]
  /** Labels of all edges, ascending at each node. */
  readonly labels: readonly number[]
  /** Index of the sequence that ends at each node, −1 for none. */
  readonly ends: readonly number[]
}

/** `sequences`: token ids above 0, none empty, all different, sorted by compareIds. */
export function plant(sequences: readonly (readonly number[])[]): Planted {
  const edges: number[] = []
  const labels: number[] = []
  const ends: number[] = []
  let level: (readonly [from: number, to: number])[] = [[0, sequences.length]]
  for (let depth = 0; level.length > 0; depth++) {
    const next: (readonly [from: number, to: number])[] = []
    for (const [from, to] of level) {
      // A prefix sorts before what it begins, so only the first of a range can end here.
      const endsHere = from < to && sequences[from]?.length === depth
      ends.push(endsHere ? from : -1)
      let count = 0
      let at = endsHere ? from + 1 : from
      while (at < to) {
        const label = sequences[at]?.[depth] ?? 0
        const start = at
        while (at < to && sequences[at]?.[depth] === label) at += 1
        labels.push(label)
        count += 1
        next.push([start, at])
      }
      edges.push(count)
    }
    level = next
  }
  return { edges, labels, ends }
}

/** By ids from the left, a prefix first. */
export function compareIds(a: readonly number[], b: readonly number[]): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] as number) - (b[i] as number) // i < both lengths
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
