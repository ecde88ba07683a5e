/** σ(x) from a table: training asks for it tens of millions of times, and exp is what would cost most. */

const LIMIT = 8
export const SIGMOID_CELLS = 2048

/** Table cell of a dot product; the ends stand for everything beyond ±8, where the slope is < 0.0004. */
export function sigmoidCell(dot: number): number {
  if (dot >= LIMIT) return SIGMOID_CELLS - 1
  if (dot <= -LIMIT) return 0
  return ((dot + LIMIT) * (SIGMOID_CELLS / (2 * LIMIT))) | 0
}

/** σ(x) and −ln σ(x) at the middle of each cell; −ln(1 − σ(x)) is the mirrored cell. */
export function sigmoidTables(): { readonly sigmoid: Float32Array; readonly lossAt: Float32Array } {
  const sigmoid = new Float32Array(SIGMOID_CELLS)
  const lossAt = new Float32Array(SIGMOID_CELLS)
  for (let cell = 0; cell < SIGMOID_CELLS; cell++) {
    const x = ((cell + 0.5) / SIGMOID_CELLS) * 2 * LIMIT - LIMIT
    sigmoid[cell] = 1 / (1 + Math.exp(-x))
    lossAt[cell] = Math.log1p(Math.exp(-x))
  }
  return { sigmoid, lossAt }
}
