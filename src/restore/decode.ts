/**
 * Lattice to marginals: forward–backward over a beam of 4-gram states.
 *
 * In: the readings (arcs) of one sentence with their scores, and the language model. Out: for every
 * arc its posterior log-probability among all paths that were kept, recomputable for any spin rate
 * without touching the model again. Joint because a spinner's neighbours are spun too: a word is
 * judged in the restored context, weighted by how likely each restoration is.
 */
import type { NgramModel } from '../model/ngrams.ts'

/** One reading of tokens [start, end), in the model's word ids. */
export interface DecoderArc {
  readonly start: number
  readonly end: number
  readonly ids: ArrayLike<number>
  /** Everything but the language model and the spin rate, nats; 0 for the arc that keeps the text. */
  readonly score: number
  /** Weighted by ln(r / (1 − r)) when true. */
  readonly changed: boolean
}

export interface DecodeOptions {
  /** Nats of score per nat of language-model cost. */
  readonly modelWeight: number
  /** States kept per position. */
  readonly beam: number
}

/** The searched graph: enough to run forward–backward again under another spin rate. */
export interface Decoded {
  readonly arcs: readonly DecoderArc[]
  readonly nodes: number
  readonly last: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly arc: Int32Array
  /** Edge scores without the spin rate. */
  readonly score: Float64Array
}

const BOUNDARY = 1
const LOWEST = -1e30

/** ln(eᵃ + eᵇ) without overflow. */
export function logAdd(a: number, b: number): number {
  if (a < b) return a <= LOWEST ? b : b + Math.log1p(Math.exp(a - b))
  return b <= LOWEST ? a : a + Math.log1p(Math.exp(b - a))
}

interface Node {
  readonly index: number
  readonly h1: number
  readonly h2: number
  readonly h3: number
  alpha: number
}

/**
 * Searches the lattice left to right. `arcsAt[i]` are the arcs that start at token i; each position
 * must be reachable by arcs that keep the text. `logOdds` = ln(r / (1 − r)) steers the beam only.
 */
export function decode(
  model: NgramModel,
  length: number,
  arcsAt: readonly (readonly DecoderArc[])[],
  logOdds: number,
  options: DecodeOptions,
): Decoded {
  const arcs: DecoderArc[] = []
  const from: number[] = []
  const to: number[] = []
  const arcOf: number[] = []
  const scores: number[] = []
  const at: (Map<number, Node> | undefined)[] = new Array(length + 2)
  let count = 1
  // Three ids below 200,000 fit a double without loss: 2e5 ** 3 < 2 ** 53.
  const base = model.vocabulary.size + 2
  at[0] = new Map([[0, { index: 0, h1: BOUNDARY, h2: -1, h3: -1, alpha: 0 }]])
  for (let position = 0; position < length; position++) {
    const here = at[position]
    if (here === undefined) continue
    const nodes = best(here, options.beam)
    for (const arc of arcsAt[position] ?? []) {
      const arcIndex = arcs.push(arc) - 1
      const there = at[arc.end] ?? new Map<number, Node>()
      at[arc.end] = there
      for (const node of nodes) {
        let { h1, h2, h3 } = node
        let cost = 0
        for (let k = 0; k < arc.ids.length; k++) {
          const id = arc.ids[k] as number
          cost += model.cost(h3, h2, h1, id)
          h3 = h2
          h2 = h1
          h1 = id
        }
        const score = arc.score - options.modelWeight * cost
        const alpha = node.alpha + score + (arc.changed ? logOdds : 0)
        const state = ((h3 + 1) * base + (h2 + 1)) * base + (h1 + 1)
        let next = there.get(state)
        if (next === undefined) {
          next = { index: count++, h1, h2, h3, alpha: LOWEST }
          there.set(state, next)
        }
        next.alpha = logAdd(next.alpha, alpha)
        from.push(node.index)
        to.push(next.index)
        arcOf.push(arcIndex)
        scores.push(score)
      }
    }
    at[position] = undefined
  }
  const last = count++
  for (const node of best(at[length] ?? new Map(), options.beam)) {
    from.push(node.index)
    to.push(last)
    arcOf.push(-1)
    scores.push(-options.modelWeight * model.cost(node.h3, node.h2, node.h1, BOUNDARY))
  }
  return {
    arcs,
    nodes: count,
    last,
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    arc: Int32Array.from(arcOf),
    score: Float64Array.from(scores),
  }
}

/** The `limit` states of highest forward score; ties by order of creation. */
function best(nodes: ReadonlyMap<number, Node>, limit: number): Node[] {
  const list = [...nodes.values()]
  if (list.length <= limit) return list
  return list.sort((a, b) => b.alpha - a.alpha || a.index - b.index).slice(0, limit)
}

/**
 * Posterior of every arc, 0 to 1, under spin rate odds `logOdds`; arcs of `decoded.arcs` by index.
 * Edges were appended in topological order, so one sweep each way suffices.
 */
export function marginals(decoded: Decoded, logOdds: number): Float64Array {
  const { from, to, arc, score, arcs, nodes, last } = decoded
  const alpha = new Float64Array(nodes).fill(LOWEST)
  const beta = new Float64Array(nodes).fill(LOWEST)
  const edge = new Float64Array(score.length)
  alpha[0] = 0
  beta[last] = 0
  for (let e = 0; e < edge.length; e++) {
    const which = arc[e] as number
    edge[e] = (score[e] as number) + (which >= 0 && arcs[which]?.changed ? logOdds : 0)
    const target = to[e] as number
    alpha[target] = logAdd(
      alpha[target] as number,
      (alpha[from[e] as number] as number) + (edge[e] as number),
    )
  }
  for (let e = edge.length - 1; e >= 0; e--) {
    const source = from[e] as number
    beta[source] = logAdd(beta[source] as number, (beta[to[e] as number] as number) + (edge[e] as number))
  }
  const total = alpha[last] as number
  const out = new Float64Array(arcs.length)
  for (let e = 0; e < edge.length; e++) {
    const which = arc[e] as number
    if (which < 0) continue
    const log =
      (alpha[from[e] as number] as number) + (edge[e] as number) + (beta[to[e] as number] as number) - total
    out[which] = (out[which] as number) + Math.exp(Math.min(0, log))
  }
  return out
}
