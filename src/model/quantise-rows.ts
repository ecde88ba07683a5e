/** Rows of numbers in 8 bits: each over its largest magnitude, in steps of 1/127 of it; a zero row has scale 0. */

const STEPS = 127

export function quantised(
  matrix: Float32Array,
  dimensions: number,
  words: number,
): { readonly rows: Int8Array; readonly scale: Float32Array } {
  const rows = new Int8Array(words * dimensions)
  const scale = new Float32Array(words)
  for (let id = 0; id < words; id++) {
    const row = matrix.subarray(id * dimensions, (id + 1) * dimensions)
    let largest = 0
    for (const value of row) largest = Math.max(largest, Math.abs(value))
    if (largest === 0) continue
    scale[id] = largest / STEPS
    for (const [i, value] of row.entries()) rows[id * dimensions + i] = Math.round((value / largest) * STEPS)
  }
  return { rows, scale }
}
