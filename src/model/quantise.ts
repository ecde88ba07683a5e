/**
 * Real numbers in 7, 8 or 16 bits, evenly spaced between the smallest and the largest.
 *
 * Costs of n-grams lie between 0 and about 20 nats, so 8 bits are off by 0.04 nats at most. Levels of
 * equal population were considered: better on average, but far off exactly at the rare, telling values.
 */
import { type Container, headerNumber } from './container.ts'

/** value = min + level · step */
export interface Scale {
  readonly min: number
  readonly step: number
}

/**
 * The scale that spans `values` with `levels` levels; infinite values take the nearest level.
 *
 * @param levels 128, 256 or 65,536
 */
export function scale(values: Float64Array, levels: number): Scale {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return max > min ? { min, step: (max - min) / (levels - 1) } : { min: max === min ? min : 0, step: 0 }
}

/** Nearest level of a value, 0 to `levels` − 1; off by half a step at most. */
export function level({ min, step }: Scale, levels: number, value: number): number {
  if (step === 0) return 0
  return Math.min(levels - 1, Math.max(0, Math.round((value - min) / step)))
}

/** Value of each of the first 256 levels. */
export function levelValues({ min, step }: Scale): Float64Array {
  return Float64Array.from({ length: 256 }, (_, i) => min + i * step)
}

/** A scale as header numbers, `NAME.min` and `NAME.step`. */
export const scaleNumbers = (name: string, { min, step }: Scale): Record<string, number> => ({
  [`${name}.min`]: min,
  [`${name}.step`]: step,
})

export const headerScale = (container: Container, name: string): Scale => ({
  min: headerNumber(container, `${name}.min`),
  step: headerNumber(container, `${name}.step`),
})
