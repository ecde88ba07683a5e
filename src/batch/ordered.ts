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

/**
 * Yields what `source` does, until `graceMs` after the signal: what is not there by then is given up,
 * and the source with it.
 */
export async function* untilLate<T>(
  source: AsyncGenerator<T>,
  signal: AbortSignal,
  graceMs: number,
): AsyncGenerator<T> {
  // One hand-over at a time: a race against one lasting promise would keep every piece of work alive.
  let giveUp = (): void => undefined
  let timer: NodeJS.Timeout | undefined
  let late = false
  const begin = (): void => {
    timer = setTimeout(() => {
      late = true
      giveUp()
    }, graceMs)
  }
  if (signal.aborted) begin()
  else signal.addEventListener('abort', begin, { once: true })
  try {
    while (!late) {
      const next = await new Promise<IteratorResult<T> | undefined>((resolve, reject) => {
        giveUp = () => resolve(undefined)
        source.next().then(resolve, reject)
      })
      if (next === undefined || next.done === true) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', begin)
    clearTimeout(timer)
    // Not awaited: where time ran out, it is still busy with what nobody waits for.
    source.return(undefined).catch(() => undefined)
  }
}
