/**
 * The most frequent of a stream of texts, in bounded memory.
 *
 * The space-saving counter of Metwally, Agrawal and El Abbadi (2005): a fixed number of places; a text
 * that finds none takes the place of the rarest and inherits its count as its possible error. Every text
 * that occurs more than total/places times is among the places; a count is at most `error` too high.
 */

export interface Counted {
  readonly text: string
  /** At least the true count, at most `error` more. */
  readonly count: number
  readonly error: number
  /** What came with the text when it took its place. */
  readonly note: string
}

export interface Frequent {
  add(text: string, note: string): void
  /** The `most` most frequent, by count, then by text. */
  top(most: number): readonly Counted[]
}

interface Place {
  readonly text: string
  readonly note: string
  readonly error: number
  count: number
}

export function frequent(places: number): Frequent {
  const held = new Map<string, Place>()
  /** Texts by count, each set in order of arrival; only counts that occur. */
  const byCount = new Map<number, Set<Place>>()
  let least = 0

  const put = (place: Place): void => {
    const same = byCount.get(place.count)
    if (same === undefined) byCount.set(place.count, new Set([place]))
    else same.add(place)
  }
  const take = (place: Place): void => {
    const same = byCount.get(place.count)
    same?.delete(place)
    if (same?.size === 0) byCount.delete(place.count)
  }
  /** Counts only grow, so the search for the least one goes on where it stopped. */
  const rarest = (): Place | undefined => {
    while (!byCount.has(least)) least += 1
    const [first] = byCount.get(least) ?? []
    return first
  }

  return {
    add(text, note) {
      const known = held.get(text)
      if (known !== undefined) {
        take(known)
        known.count += 1
        put(known)
        return
      }
      let error = 0
      if (held.size >= places) {
        const loser = rarest()
        if (loser === undefined) return
        take(loser)
        held.delete(loser.text)
        error = loser.count
      } else least = 1
      const place: Place = { text, note, error, count: error + 1 }
      held.set(text, place)
      put(place)
    },
    top: (most) =>
      [...held.values()]
        .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
        .slice(0, most)
        .map(({ text, count, error, note }) => ({ text, count, error, note })),
  }
}
