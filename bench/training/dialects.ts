/** The dialects training texts are spun in. `heldOut` is never trained on and reported separately. */
import type { Dialect } from './spinner.ts'

const base: Dialect = {
  name: 'base',
  seed: 1,
  rate: [0.1, 0.25],
  habit: 0.8,
  moby: 0.5,
  favourites: 2,
  knows: 0.8,
  phrases: true,
  lostInflection: 0.08,
  twoHop: 0.02,
  doubled: 0.1,
  names: true,
}

export const DIALECTS: readonly Dialect[] = [
  { ...base, name: 'dense-habit', seed: 11, rate: [0.15, 0.35], habit: 0.92 },
  {
    ...base,
    name: 'dense-mixed',
    seed: 23,
    rate: [0.15, 0.4],
    habit: 0.75,
    favourites: 3,
    lostInflection: 0.15,
  },
  { ...base, name: 'sparse-habit', seed: 37, rate: [0.02, 0.06], habit: 0.85, favourites: 2 },
  { ...base, name: 'sparse-mixed', seed: 41, rate: [0.02, 0.08], habit: 0.6, favourites: 4, twoHop: 0.05 },
  {
    ...base,
    name: 'wordnet-like',
    seed: 53,
    rate: [0.1, 0.3],
    habit: 0.3,
    moby: 0,
    phrases: false,
    names: false,
  },
  {
    ...base,
    name: 'moby-like',
    seed: 67,
    rate: [0.08, 0.3],
    habit: 0.35,
    moby: 1,
    phrases: false,
    favourites: 4,
  },
  { ...base, name: 'phrase-level', seed: 79, rate: [0.08, 0.2], habit: 0.95, knows: 1, favourites: 1 },
  {
    ...base,
    name: 'spinbot-like',
    seed: 83,
    rate: [0.2, 0.4],
    habit: 0.8,
    favourites: 2,
    knows: 0.9,
    names: false,
  },
]

export const heldOut: Dialect = {
  ...base,
  name: 'held-out',
  seed: 971,
  rate: [0.04, 0.2],
  habit: 0.65,
  favourites: 2,
  knows: 0.6,
  twoHop: 0.05,
}
