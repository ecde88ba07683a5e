/**
 * `npm run restored`: what is restored in samples/, as a Markdown table.
 *
 * In: samples/spun-*.txt with samples/answers/*.json, samples/clean-*.txt. Out: the table on standard
 * output; with --write also between the marks in README.md and in bench/results/DATE-samples.md. The
 * dictionary must be built (`npm run build`). The samples are few and our own: they show what to
 * expect, they do not measure it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { analyze, type Engine, load } from '../src/index.ts'
import { type Answer, overlaps, places, rank } from './samples.ts'

const BEGIN = '<!-- restored:begin -->'
const END = '<!-- restored:end -->'

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
const engine = await load()
const tables = report(engine)
process.stdout.write(tables)
if (values.write) {
  const readme = readFileSync('README.md', 'utf8')
  const begin = readme.indexOf(BEGIN)
  const end = readme.indexOf(END)
  if (begin < 0 || end < begin)
    throw new Error(`README.md: ${BEGIN} … ${END} is missing\n  fix: put both marks back`)
  writeFileSync('README.md', `${readme.slice(0, begin + BEGIN.length)}\n${tables}${readme.slice(end)}`)
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(
    `bench/results/${date}-samples.md`,
    `# Samples, ${date}\n\n\`npm run restored -- --write\`\n\nWeights: ${engine.weights.recipe}\n\n${tables}`,
  )
}

/** Both tables, each line ended. */
function report(engine: Engine): string {
  const names = readdirSync('samples').sort()
  const spun = names.filter((name) => /^spun-.*\.txt$/.test(name))
  const clean = names.filter((name) => /^clean-.*\.txt$/.test(name))
  return [
    '| spun sample | words | places | found | original first | among five | false findings | verdict |',
    '|---|--:|--:|--:|--:|--:|--:|---|',
    ...spun.map((name) => spunRow(engine, name)),
    '',
    '| clean sample | words | findings | verdict |',
    '|---|--:|--:|---|',
    ...clean.map((name) => cleanRow(engine, name)),
    '',
  ].join('\n')
}

function spunRow(engine: Engine, name: string): string {
  const text = readFileSync(`samples/${name}`, 'utf8')
  const answers = JSON.parse(
    readFileSync(`samples/answers/${basename(name, '.txt')}.json`, 'utf8'),
  ) as Answer[]
  const marked = places(text, answers)
  const shown = analyze(engine, text, { id: name })
  const everything = analyze(engine, text, { id: name, minConfidence: 0 }).findings
  const ranks = marked.map((place) => rank(text, place, everything))
  const hit = (limit: number): number => ranks.filter((rank) => rank !== undefined && rank <= limit).length
  const found = marked.filter(({ span }) => shown.findings.some((each) => overlaps(each.span, span))).length
  const wrong = shown.findings.filter((each) => !marked.some(({ span }) => overlaps(each.span, span))).length
  return row([name, shown.words, marked.length, found, hit(1), hit(5), wrong, verdictText(shown)])
}

function cleanRow(engine: Engine, name: string): string {
  const analysis = analyze(engine, readFileSync(`samples/${name}`, 'utf8'), { id: name })
  return row([name, analysis.words, analysis.findings.length, verdictText(analysis)])
}

function verdictText({ verdict }: ReturnType<typeof analyze>): string {
  return `${verdict.label} (${verdict.probability.toFixed(2)})`
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`
}
