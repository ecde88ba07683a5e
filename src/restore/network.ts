/**
 * Inputs to a log odds: logistic regression plus one hidden layer. Trained elsewhere
 * (bench/training), evaluated here; the same shape serves the detector and the verdict.
 */

/** One hidden layer: out = o₀ + Σ o·tanh(h₀ + H·((x − mean) / scale)), read as a logit. */
export interface Network {
  readonly inputs: readonly string[]
  readonly mean: readonly number[]
  readonly scale: readonly number[]
  /** One row of input weights per hidden unit; empty for plain logistic regression. */
  readonly hidden: readonly (readonly number[])[]
  readonly hiddenBias: readonly number[]
  readonly output: readonly number[]
  readonly outputBias: number
  /** Weights straight from the scaled inputs to the logit. */
  readonly direct: readonly number[]
}

/** Logit of the network for inputs `x`, in the order of `network.inputs`. */
export function logit(network: Network, x: ArrayLike<number>): number {
  const n = network.inputs.length
  const scaled = new Float64Array(n)
  let out = network.outputBias
  for (let i = 0; i < n; i++) {
    scaled[i] = ((x[i] as number) - (network.mean[i] as number)) / (network.scale[i] as number)
    out += (network.direct[i] as number) * (scaled[i] as number)
  }
  for (let h = 0; h < network.hidden.length; h++) {
    const row = network.hidden[h] as readonly number[]
    let sum = network.hiddenBias[h] as number
    for (let i = 0; i < n; i++) sum += (row[i] as number) * (scaled[i] as number)
    out += (network.output[h] as number) * Math.tanh(sum)
  }
  return out
}

/**
 * Logits of many inputs at once, to the last bit those of `logit`: row r of `rows` is scaled in place, its
 * logit written to `out[r]`.
 */
export function logits(network: Network, rows: Float64Array, out: Float64Array): void {
  const n = network.inputs.length
  for (let r = 0, at = 0; r < out.length; r++) {
    let sum = network.outputBias
    for (let i = 0; i < n; i++, at++) {
      const x = ((rows[at] as number) - (network.mean[i] as number)) / (network.scale[i] as number)
      rows[at] = x
      sum += (network.direct[i] as number) * x
    }
    out[r] = sum
  }
  for (let h = 0; h < network.hidden.length; h++) {
    const row = network.hidden[h] as readonly number[]
    const bias = network.hiddenBias[h] as number
    const weight = network.output[h] as number
    for (let r = 0, at = 0; r < out.length; r++) {
      let sum = bias
      for (let i = 0; i < n; i++, at++) sum += (row[i] as number) * (rows[at] as number)
      out[r] = (out[r] as number) + weight * Math.tanh(sum)
    }
  }
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
export const logOdds = (p: number): number => Math.log(p / (1 - p))
