/**
 * A searched lattice to posteriors: forward–backward over its edges, under any spin rate.
 *
 * In: the graph that decode.ts left. Out: for every arc how probable it is that it was the original. A
 * document asks several times while its rate is estimated, so the edges come with weights relative to
 * the search: under the rate of the search the edges into a node sum to 1, under another one the arcs
 * that change the text count more or less, and plain products do. Sentences so long that those leave the
 * range of a number are summed in logarithms.
 */
import { type Decoded, LOWEST, logAdd } from './decode.ts'

/** Sums of products between these are exact enough. */
const LEAST_TOTAL = 1e-250
const MOST_TOTAL = 1e250

/** Posterior of every arc, 0 to 1, under spin rate odds `logOdds`; arcs of `decoded.arcs` by index. */
export function marginals(decoded: Decoded, logOdds: number): Float64Array {
  const { from, to, arc, weight, changed, arcs, nodes, last } = decoded
  const out = new Float64Array(arcs.length)
  if (from.length === 0) return out
  const factor = Math.exp(logOdds - decoded.logOdds)
  const forward = new Float64Array(nodes)
  const backward = new Float64Array(nodes)
  forward[0] = 1
  backward[last] = 1
  // Edges were appended in topological order, so one sweep each way suffices; indices are in range.
  for (let e = 0; e < from.length; e++) {
    const share = (forward[from[e] as number] as number) * (weight[e] as number)
    const target = to[e] as number
    forward[target] = (forward[target] as number) + (changed[e] === 1 ? share * factor : share)
  }
  const total = forward[last] as number
  if (!(total > LEAST_TOTAL && total < MOST_TOTAL)) return marginalsOfLogs(decoded, logOdds)
  for (let e = from.length - 1; e >= 0; e--) {
    const source = from[e] as number
    const own = changed[e] === 1 ? (weight[e] as number) * factor : (weight[e] as number)
    const behind = own * (backward[to[e] as number] as number)
    backward[source] = (backward[source] as number) + behind
    const which = arc[e] as number
    if (which >= 0) out[which] = (out[which] as number) + ((forward[source] as number) * behind) / total
  }
  return out
}

/** The same in logarithms, for any length. */
export function marginalsOfLogs(decoded: Decoded, logOdds: number): Float64Array {
  const { from, to, arc, score, changed, arcs, nodes, last } = decoded
  const alpha = new Float64Array(nodes).fill(LOWEST)
  const beta = new Float64Array(nodes).fill(LOWEST)
  const edge = new Float64Array(score.length)
  alpha[0] = 0
  beta[last] = 0
  for (let e = 0; e < edge.length; e++) {
    edge[e] = (score[e] as number) + (changed[e] === 1 ? logOdds : 0)
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
