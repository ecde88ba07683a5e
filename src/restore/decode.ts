/**
 * Lattice to graph: a search over a beam of 4-gram states.
 *
 * In: the readings (arcs) of one sentence with their scores, and the language model. Out: the paths that
 * were kept, as a graph whose posteriors follow for any spin rate without touching the model again
 * (marginals.ts). Joint because a spinner's neighbours are spun too: a word is judged in the restored
 * context, weighted by how likely each restoration is. Nodes and edges are numbers in columns: a word has
 * dozens of both.
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

/** The searched graph: enough to run forward–backward under any spin rate. Edges in topological order. */
export interface Decoded {
  readonly arcs: readonly DecoderArc[]
  readonly nodes: number
  readonly last: number
  readonly from: Int32Array
  readonly to: Int32Array
  /** Index into `arcs`; −1 for the edges into the last node. */
  readonly arc: Int32Array
  /** 1 where that arc changes the text. */
  readonly changed: Uint8Array
  /** Edge scores without the spin rate. */
  readonly score: Float64Array
  /** Of the ways into the edge's target, the share that comes over this edge under `logOdds`, 0–1. */
  readonly weight: Float64Array
  /** The odds the search was steered by. */
  readonly logOdds: number
}

const BOUNDARY = 1
export const LOWEST = -1e30

/** ln(eᵃ + eᵇ) without overflow. */
export function logAdd(a: number, b: number): number {
  if (a < b) return a <= LOWEST ? b : b + Math.log1p(Math.exp(a - b))
  return b <= LOWEST ? a : a + Math.log1p(Math.exp(b - a))
}

/** States by number, and the lists of those that end at each position. */
interface States {
  readonly h1: number[]
  readonly h2: number[]
  readonly h3: number[]
  /** ln of the summed weight of all ways to the state. */
  readonly alpha: number[]
  /** The state with this history at token `end`, made where there is none. */
  at(end: number, h1: number, h2: number, h3: number): number
  readonly ending: readonly number[][]
}

function states(length: number): States {
  const h1: number[] = []
  const h2: number[] = []
  const h3: number[] = []
  const ends: number[] = []
  const alpha: number[] = []
  const ending: number[][] = Array.from({ length: length + 1 }, () => [])
  /** Open addressing, at most half full: number of a state plus 1, 0 = free. */
  let slots = new Int32Array(FIRST_SLOTS)
  const slotOf = (end: number, a: number, b: number, c: number): number => {
    let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ Math.imul(c + 1, 0x27d4eb2f)
    hash = Math.imul(hash ^ (hash >>> 13) ^ end, 0x165667b1)
    const mask = slots.length - 1
    let slot = (hash ^ (hash >>> 16)) & mask
    for (let known = slots[slot] as number; known !== 0; known = slots[slot] as number) {
      const state = known - 1
      if (h1[state] === a && h2[state] === b && h3[state] === c && ends[state] === end) break
      slot = (slot + 1) & mask // in range by the mask
    }
    return slot
  }
  const at: States['at'] = (end, a, b, c) => {
    const slot = slotOf(end, a, b, c)
    const known = slots[slot] as number
    if (known !== 0) return known - 1
    const state = h1.push(a) - 1
    h2.push(b)
    h3.push(c)
    ends.push(end)
    alpha.push(LOWEST)
    ending[end]?.push(state)
    slots[slot] = state + 1
    if (h1.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2)
      for (let i = 0; i < h1.length; i++)
        slots[slotOf(ends[i] as number, h1[i] as number, h2[i] as number, h3[i] as number)] = i + 1
    }
    return state
  }
  return { h1, h2, h3, alpha, at, ending }
}

const FIRST_SLOTS = 1024

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
  const known = states(length)
  known.alpha[known.at(0, BOUNDARY, -1, -1)] = 0
  const place = new Int32Array(6).fill(-1)
  let firsts = new Int32Array(0)
  let costs = new Float64Array(0)
  for (let position = 0; position < length; position++) {
    const here = best(known.ending[position] as number[], known.alpha, options.beam)
    if (here.length === 0) continue
    const leaving = arcsAt[position] ?? []
    const firstArc = arcs.length
    if (firsts.length < leaving.length) {
      firsts = new Int32Array(leaving.length)
      costs = new Float64Array(leaving.length)
    }
    for (let i = 0; i < leaving.length; i++) {
      const arc = leaving[i] as DecoderArc // i < length
      arcs.push(arc)
      firsts[i] = arc.ids[0] ?? 0
    }
    for (const node of here) {
      place[0] = known.h3[node] as number // a state's number, here and below
      place[1] = known.h2[node] as number
      place[2] = known.h1[node] as number
      model.wordCosts(place, firsts, leaving.length, costs, costs)
      const alpha = known.alpha[node] as number
      for (let i = 0; i < leaving.length; i++) {
        const arc = leaving[i] as DecoderArc
        let h1 = place[2] as number
        let h2 = place[1] as number
        let h3 = place[0] as number
        let cost = arc.ids.length === 0 ? 0 : (costs[i] as number)
        for (let k = 0; k < arc.ids.length; k++) {
          const id = arc.ids[k] as number
          if (k > 0) cost += model.cost(h3, h2, h1, id)
          h3 = h2
          h2 = h1
          h1 = id
        }
        const score = arc.score - options.modelWeight * cost
        const next = known.at(arc.end, h1, h2, h3)
        const reached = alpha + score + (arc.changed ? logOdds : 0)
        known.alpha[next] = logAdd(known.alpha[next] as number, reached)
        from.push(node)
        to.push(next)
        arcOf.push(firstArc + i)
        scores.push(score)
      }
    }
  }
  const last = known.alpha.push(LOWEST) - 1
  for (const node of best(known.ending[length] as number[], known.alpha, options.beam)) {
    const cost = model.cost(
      known.h3[node] as number,
      known.h2[node] as number,
      known.h1[node] as number,
      BOUNDARY,
    )
    const score = -options.modelWeight * cost
    known.alpha[last] = logAdd(known.alpha[last] as number, (known.alpha[node] as number) + score)
    from.push(node)
    to.push(last)
    arcOf.push(-1)
    scores.push(score)
  }
  const changed = new Uint8Array(from.length)
  const weight = new Float64Array(from.length)
  for (let e = 0; e < from.length; e++) {
    changed[e] = arcs[arcOf[e] as number]?.changed === true ? 1 : 0 // e < length, and edges are whole
    const rise = (known.alpha[from[e] as number] as number) - (known.alpha[to[e] as number] as number)
    weight[e] = Math.exp(Math.min(0, (scores[e] as number) + (changed[e] === 1 ? logOdds : 0) + rise))
  }
  return {
    arcs,
    nodes: last + 1,
    last,
    from: new Int32Array(from),
    to: new Int32Array(to),
    arc: new Int32Array(arcOf),
    changed,
    score: new Float64Array(scores),
    weight,
    logOdds,
  }
}

/** The `limit` states of highest forward score; ties by order of creation. */
function best(list: readonly number[], alpha: readonly number[], limit: number): readonly number[] {
  if (list.length <= limit) return list
  return list.toSorted((a, b) => (alpha[b] as number) - (alpha[a] as number) || a - b).slice(0, limit)
}
