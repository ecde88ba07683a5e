/** Documents to train on: clean ones cut from held-out lines, and copies of them spun by our own spinner. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Labelled } from './labelled.ts'
import { random } from './random.ts'
import { type Dialect, type SpinnerLexicon, spin } from './spinner.ts'

/** Clean documents of 80–500 words, cut from held-out lines. */
export function cleanDocuments(folder: string, count: number, seed: number): Labelled[] {
  const rng = random(seed)
  const files = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8').split('\n'))
  const out: Labelled[] = []
  while (out.length < count) {
    const lines = rng.pick(files)
    const at = rng.below(lines.length)
    const words = 60 + rng.below(400)
    const text: string[] = []
    let have = 0
    for (let i = at; i < lines.length && have < words && text.length < 12; i++) {
      const line = lines[i] ?? ''
      if (line.length < 60 || line.length > 4000) continue
      text.push(line)
      have += line.split(' ').length
    }
    if (have >= 40)
      out.push({ id: `clean-${out.length}`, set: 'clean', text: text.join('\n\n'), edits: [], unknown: [] })
  }
  return out
}

export function spunDocuments(
  clean: readonly Labelled[],
  spinner: SpinnerLexicon,
  dialects: readonly Dialect[],
  seed: number,
): Labelled[] {
  const rng = random(seed)
  return clean.map(({ id, text }, i) => {
    const dialect = dialects[i % dialects.length] as Dialect
    const { text: spun, edits } = spin(text, spinner, dialect, rng)
    return { id: `${dialect.name}-${id}`, set: `made:${dialect.name}`, text: spun, edits, unknown: [] }
  })
}

/** Our own clean texts in registers that are easily taken for copies: law, verse, manuals, old prose. */
export const hardDocuments = (folder: string): Labelled[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => ({
      id: `hard-${name}`,
      set: 'hard',
      text: readFileSync(`${folder}/${name}`, 'utf8'),
      edits: [],
      unknown: [],
    }))

/** Clean texts of one to three sentences, 4–60 words: what a verdict must stay modest about. */
export function shortDocuments(folder: string, count: number, seed: number): Labelled[] {
  const rng = random(seed)
  return cleanDocuments(folder, count, seed + 1).map(({ id, text }) => {
    const sentences = text.split(/(?<=[.!?]["”]?)\s+(?=\p{Lu})/u)
    const at = rng.below(sentences.length)
    const words = sentences
      .slice(at, at + 1 + rng.below(3))
      .join(' ')
      .split(' ')
      .slice(0, 60)
    return { id: `short-${id}`, set: 'clean', text: words.join(' '), edits: [], unknown: [] }
  })
}
