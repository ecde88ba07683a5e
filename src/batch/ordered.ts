/**
 * Work in parallel, results in order, a bounded number in flight: the source is only asked for more
 * when there is room, so that memory does not grow with the input.
 */

/**
 * Yields what `work` makes of each value of `source`, in the source's order, with at most `width` pieces
 * of work begun and not yet yielded. An error of the source or of a piece of work is thrown where that piece stands
 * in the order; what came before it has been yielded by then.
 */
export async function* inOrder<In, Out>(
  source: AsyncIterable<In>,
  width: number,
  work: (value: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const flying: Promise<Out>[] = []
  const iterator = source[Symbol.asyncIterator]()
  let fault: { readonly error: unknown } | undefined
  let open = true
  try {
    while (open || flying.length > 0) {
      while (open && flying.length < width) {
        try {
          const next = await iterator.next()
          if (next.done === true) open = false
          else flying.push(handled(work(next.value)))
        } catch (error) {
          fault = { error }
          open = false
        }
      }
      const first = flying.shift()
      if (first !== undefined) yield await first
    }
    if (fault !== undefined) throw fault.error
  } finally {
    await iterator.return?.()
  }
}

/** A rejection is met when its turn comes; until then it must not count as unhandled. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
