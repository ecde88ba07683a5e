/** Trains a `Network` (one tanh layer plus direct weights) by Adam on the log loss; seeded, repeatable. */
import type { Network } from '../../src/restore/network.ts'
import { adam } from './optimise.ts'
import { random } from './random.ts'

export interface NetworkExample {
  readonly x: Float64Array
  /** Target probability, 0–1. */
  readonly y: number
  readonly weight: number
}

export interface NetworkOptions {
  readonly hidden: number
  readonly epochs: number
  readonly ridge: number
  readonly seed: number
  readonly rate?: number
}

export function trainNetwork(
  inputs: readonly string[],
  examples: readonly NetworkExample[],
  options: NetworkOptions,
): Network {
  const n = inputs.length
  const h = options.hidden
  const { mean, scale } = moments(n, examples)
  const rng = random(options.seed)
  // Layout: direct n | outputBias 1 | hidden h×n | hiddenBias h | output h
  const size = n + 1 + h * n + h + h
  const w = new Float64Array(size)
  for (let i = n + 1; i < n + 1 + h * n; i++) w[i] = (rng.next() - 0.5) * (2 / Math.sqrt(n))
  for (let i = size - h; i < size; i++) w[i] = (rng.next() - 0.5) * 0.2
  const optimiser = adam(size, options.rate ?? 0.003)
  const xs = examples.map(({ x }) =>
    Float64Array.from(x, (v, i) => (v - (mean[i] as number)) / (scale[i] as number)),
  )
  const order = examples.map((_, i) => i)
  const act = new Float64Array(h)
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = rng.below(i + 1)
      const t = order[i] as number
      order[i] = order[j] as number
      order[j] = t
    }
    const batch = 128
    for (let b = 0; b < order.length; b += batch) {
      const gradient = new Float64Array(size)
      const stop = Math.min(order.length, b + batch)
      for (let k = b; k < stop; k++) {
        const e = order[k] as number
        const x = xs[e] as Float64Array
        const { y, weight } = examples[e] as NetworkExample
        let z = w[n] as number
        for (let i = 0; i < n; i++) z += (w[i] as number) * (x[i] as number)
        for (let u = 0; u < h; u++) {
          let s = w[n + 1 + h * n + u] as number
          const row = n + 1 + u * n
          for (let i = 0; i < n; i++) s += (w[row + i] as number) * (x[i] as number)
          act[u] = Math.tanh(s)
          z += (w[size - h + u] as number) * (act[u] as number)
        }
        const g = weight * (1 / (1 + Math.exp(-z)) - y)
        gradient[n] = (gradient[n] as number) + g
        for (let i = 0; i < n; i++) gradient[i] = (gradient[i] as number) + g * (x[i] as number)
        for (let u = 0; u < h; u++) {
          const a = act[u] as number
          gradient[size - h + u] = (gradient[size - h + u] as number) + g * a
          const d = g * (w[size - h + u] as number) * (1 - a * a)
          gradient[n + 1 + h * n + u] = (gradient[n + 1 + h * n + u] as number) + d
          const row = n + 1 + u * n
          for (let i = 0; i < n; i++) gradient[row + i] = (gradient[row + i] as number) + d * (x[i] as number)
        }
      }
      const m = stop - b
      for (let i = 0; i < size; i++)
        gradient[i] = (gradient[i] as number) / m + options.ridge * (w[i] as number)
      optimiser.step(w, gradient)
    }
  }
  const round = (v: number): number => Number(v.toPrecision(6))
  return {
    inputs: [...inputs],
    mean: [...mean].map(round),
    scale: [...scale].map(round),
    direct: [...w.subarray(0, n)].map(round),
    outputBias: round(w[n] as number),
    hidden: Array.from({ length: h }, (_, u) =>
      [...w.subarray(n + 1 + u * n, n + 1 + (u + 1) * n)].map(round),
    ),
    hiddenBias: [...w.subarray(n + 1 + h * n, n + 1 + h * n + h)].map(round),
    output: [...w.subarray(size - h)].map(round),
  }
}

function moments(
  n: number,
  examples: readonly NetworkExample[],
): { mean: Float64Array; scale: Float64Array } {
  const mean = new Float64Array(n)
  const scale = new Float64Array(n)
  for (const { x } of examples)
    for (let i = 0; i < n; i++) mean[i] = (mean[i] as number) + (x[i] as number) / examples.length
  for (const { x } of examples)
    for (let i = 0; i < n; i++)
      scale[i] = (scale[i] as number) + ((x[i] as number) - (mean[i] as number)) ** 2 / examples.length
  for (let i = 0; i < n; i++) scale[i] = Math.sqrt(Math.max(1e-6, scale[i] as number)) || 1
  return { mean, scale }
}
