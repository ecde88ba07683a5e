/**
 * Two steps over a word between: a spinner that spun a spun text leaves words that no thesaurus pairs.
 *
 * In: a walker and the chances of relation bits. Out: the likeliest ends, with the best bridge of each.
 * The work is bounded: few bridges, strong relations only, sums kept in flat arrays by key.
 */
import { smallestFirst } from './smallest.ts'
import type { Keys, Walker } from './thesaurus-walk.ts'

export interface End {
  /** As in thesaurus-walk.ts. */
  readonly key: number
  /** Id of the word between on the likeliest path. */
  readonly via: number
  /** Probability that none of the paths is the right one. */
  readonly miss: number
}

/** The `limit` likeliest ends in no order; of equals those that come first by word and part of speech. */
export type Bridges = (at: number, limit: number) => readonly End[]

/** Bridges followed from one word, strongest first: bounds the work for "set". */
const MOST_BRIDGES = 16

export function bridges(
  keys: Keys,
  walk: Walker,
  chances: Float64Array,
  isCommon: (id: number) => boolean,
): Bridges {
  /** Place in the columns below, plus 1; 0 for keys not met. */
  const places = new Int32Array(keys.size)
  let ends = columns(1024)
  let sorted = new Float64Array(1024)
  let size = 0

  function meet(key: number, bridge: number, chance: number): void {
    const place = (places[key] ?? 0) - 1
    if (place < 0) {
      if (size === ends.keys.length) ends = columns(size * 2, ends)
      ends.keys[size] = key
      ends.via[size] = bridge
      ends.best[size] = chance
      ends.miss[size++] = 1 - chance
      places[key] = size
      return
    }
    ends.miss[place] = (ends.miss[place] ?? 0) * (1 - chance)
    if (chance > (ends.best[place] ?? 0)) {
      ends.best[place] = chance
      ends.via[place] = bridge
    }
  }

  function cross(at: number): void {
    const direct = walk.all(at)
    const known = direct.flags
    for (const { key: from, chance: step } of strongest(at, keys, walk, chances)) {
      const bridge = keys.id(from)
      const pos = keys.pos(from)
      const next = walk.strong(bridge)
      for (let i = 0; i < next.count; i++) {
        const end = next.keys[i] ?? 0
        const flags = next.flags[end] ?? 0
        const other = keys.id(end)
        if (flags === 0 || other === at || !isCommon(other) || known[end] !== 0 || known[other] !== 0)
          continue
        const endPos = keys.pos(end)
        // An unknown part of speech goes with every other.
        if (pos !== endPos && pos !== 0 && endPos !== 0) continue
        meet(end, bridge, step * (chances[flags] ?? 0))
      }
    }
  }

  return (at, limit) => {
    for (let i = 0; i < size; i++) places[ends.keys[i] ?? 0] = 0
    size = 0
    cross(at)
    return likeliest(limit)
  }

  function likeliest(limit: number): readonly End[] {
    if (sorted.length < size) sorted = new Float64Array(ends.miss.length)
    sorted.set(ends.miss.subarray(0, size))
    smallestFirst(sorted, size, limit)
    let last = Number.NEGATIVE_INFINITY
    for (let i = 0; i < Math.min(limit, size); i++) last = Math.max(last, sorted[i] ?? 0)
    const out: End[] = []
    let ties = 0
    for (let i = 0; i < size; i++) {
      const key = ends.keys[i] ?? 0
      const miss = ends.miss[i] ?? 0
      if (miss < last) out.push({ key, via: ends.via[i] ?? 0, miss })
      else if (miss === last) sorted[ties++] = orderOf(keys, key)
    }
    // The limit often falls among hundreds of equals, of which the first keys stay.
    const room = Math.min(ties, limit - out.length)
    smallestFirst(sorted, ties, room)
    for (const place of sorted.subarray(0, room)) {
      const key = keys.key(place >>> 3, place & 7)
      out.push({ key, via: ends.via[(places[key] ?? 0) - 1] ?? 0, miss: last })
    }
    return out
  }
}

/** Settles ties: by word, then part of speech. */
const orderOf = (keys: Keys, key: number): number => (keys.id(key) << 3) | keys.pos(key)

/** The likeliest first steps, at most `MOST_BRIDGES`. */
function strongest(
  at: number,
  keys: Keys,
  walk: Walker,
  chances: Float64Array,
): readonly { key: number; chance: number }[] {
  const direct = walk.all(at)
  const strong = walk.strong(at)
  const out: { key: number; chance: number }[] = []
  for (let i = 0; i < strong.count; i++) {
    const key = strong.keys[i] ?? 0
    const flags = strong.flags[key] ?? 0
    if (flags === 0) continue
    const chance = chances[direct.flags[key] || flags] ?? 0
    let place = out.length
    for (let before = out[place - 1]; before !== undefined; before = out[place - 1]) {
      if (
        before.chance > chance ||
        (before.chance === chance && orderOf(keys, before.key) < orderOf(keys, key))
      )
        break
      place -= 1
    }
    if (place >= MOST_BRIDGES) continue
    out.splice(place, 0, { key, chance })
    if (out.length > MOST_BRIDGES) out.pop()
  }
  return out
}

interface Columns {
  readonly keys: Int32Array
  readonly via: Int32Array
  readonly best: Float64Array
  readonly miss: Float64Array
}

function columns(length: number, before?: Columns): Columns {
  const out = {
    keys: new Int32Array(length),
    via: new Int32Array(length),
    best: new Float64Array(length),
    miss: new Float64Array(length),
  }
  if (before !== undefined) {
    out.keys.set(before.keys)
    out.via.set(before.via)
    out.best.set(before.best)
    out.miss.set(before.miss)
  }
  return out
}
