/** The dialects training texts are spun in. `heldOut` is never trained on and reported separately. */
import type { Dialect as KnownDialect } from '../../src/lexicon/dialects.ts'
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
    name: 'sparse-moby',
    seed: 43,
    rate: [0.02, 0.06],
    habit: 0.3,
    moby: 0.9,
    favourites: 5,
    twoHop: 0.1,
  },
  {
    ...base,
    name: 'sparse-wide',
    seed: 45,
    rate: [0.015, 0.05],
    habit: 0.45,
    moby: 0.8,
    favourites: 6,
    twoHop: 0.15,
    lostInflection: 0.12,
  },
  { ...base, name: 'sparse-phrase', seed: 47, rate: [0.03, 0.08], habit: 0.9, knows: 1, favourites: 3 },
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

/** Known dialects that copy sparsely: with them a verdict learns what a few of their wordings together say. */
const SPARSE = ['auto-blog-news', 'sparse-news', 'news-paraphrase', 'agency-copies', 'respun-marketing']

/** A sparse copy of each, printing its own wordings and habits like those of the others. */
export const marked = (known: readonly KnownDialect[]): readonly Dialect[] =>
  known
    .filter(({ name }) => SPARSE.includes(name))
    .map(({ name, marks }, i) => {
      const byOriginal = new Map<string, string[]>()
      for (const { spun, original } of marks)
        byOriginal.set(original, [...(byOriginal.get(original) ?? []), spun.trim().replaceAll(' - ', '-')])
      return {
        ...base,
        name: `marked-${name}`,
        seed: 211 + i,
        rate: [0.01, 0.05],
        habit: 0.7,
        moby: 0.8,
        favourites: 4,
        twoHop: 0.08,
        marks: byOriginal,
      }
    })

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
