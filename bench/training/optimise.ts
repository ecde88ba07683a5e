/** Adam on a flat parameter vector (Kingma & Ba 2015): enough for models of this size. */
export interface Adam {
  step(parameters: Float64Array, gradient: Float64Array): void
}

export function adam(size: number, rate: number): Adam {
  const first = new Float64Array(size)
  const second = new Float64Array(size)
  let t = 0
  return {
    step(parameters, gradient) {
      t += 1
      const c1 = 1 - 0.9 ** t
      const c2 = 1 - 0.999 ** t
      for (let i = 0; i < size; i++) {
        const g = gradient[i] as number
        first[i] = 0.9 * (first[i] as number) + 0.1 * g
        second[i] = 0.999 * (second[i] as number) + 0.001 * g * g
        parameters[i] =
          (parameters[i] as number) -
          (rate * ((first[i] as number) / c1)) / (Math.sqrt((second[i] as number) / c2) + 1e-8)
      }
    },
  }
}
