/**
 * What known terms are worth: drawn spun terms with and without them, each in a neutral sentence.
 *
 *   npx tsx bench/terms.ts [--rows 150] [--seed 1] [--show]
 *
 * Out, on standard output: how often the term is among the first five suggestions, how often it is a
 * candidate at all, and with --show the rows that were missed.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseFiles } from '../src/lexicon/compile.ts'
import { loadBytes } from '../src/model/load.ts'
import { analyzeText, parseWeights } from '../src/pipeline.ts'
import type { Knowledge } from '../src/restore/read.ts'
import { drawnRows } from './measure/drawn-terms.ts'
import { carrier, obtained, reach } from './measure/tortured.ts'
import { trainingKnowledge } from './training/knowledge.ts'
import { random } from './training/random.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    show: { type: 'boolean', default: false },
  },
})

const folder = 'wordlists/terms'
const files = readdirSync(folder)
  .sort()
  .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }))
const { terms } = parseFiles(files)
const { whole, spinner } = trainingKnowledge()
const known = whole(
  parseWeights(new TextDecoder().decode(new Uint8Array(loadBytes('models/en.weights.json')))),
)
const rows = drawnRows(terms, spinner, random(Number(values.seed)), Number(values.rows))
const without: Knowledge = { ...known, lexicon: { ...known.lexicon, terms: [] } }

for (const [name, knowledge] of [
  ['without terms', without],
  ['with terms', known],
] as const) {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const { findings } = analyzeText(
      knowledge,
      { text: carrier(row.spun), problems: [] },
      { minConfidence: 0 },
    )
    const outcome = obtained(row, findings) ?? reach(knowledge, row).outcome
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
    if (values.show)
      process.stdout.write(
        `${name}\t${outcome}\t${row.spun}\t${row.expected[0]}\t${findings
          .map(
            ({ surface, confidence, suggestions }) =>
              `${surface} → ${suggestions[0]?.text} ${confidence.toFixed(2)}`,
          )
          .join('; ')}\n`,
      )
  }
  process.stdout.write(
    `${name}: ${[...counts].map(([outcome, count]) => `${outcome} ${count}`).join(', ')} of ${rows.length}\n`,
  )
}
