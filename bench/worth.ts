/**
 * `npm run worth [-- --labelled DIR] [--write]`: what each file of the dictionary is worth.
 *
 * In: wordlists/, models, our own samples, a folder of labelled .jsonl sets when --labelled or
 * UNSPIN_LABELLED names one (as for `npm run accuracy`). Out: Markdown on standard output; with --write
 * also between the marks in docs/method.md and in bench/results/DATE-worth.md. Every variant of the
 * dictionary is compiled in memory; models and weights stay the same, trained with the whole of it.
 *
 *   --tortured FILE   a table of tortured phrases instead (spun, expected, flags, papers, tab-separated);
 *                     unflagged rows only, --sample N of them (default 1500), drawn with --seed S (default 1)
 *   --documents N     at most N documents per set (default all); --without-documents N: for the variants
 *                     without one file (default 20)
 *   --minutes N       stop reading after N minutes (default 20) and say so
 *   --models DIR      another folder of models;  --show  list what is missed or flagged, on standard error
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compileParsed, type Parsed, parseFiles } from '../src/lexicon/compile.ts'
import { falseAlarms } from '../src/lexicon/false-alarms.ts'
import { inflector } from '../src/lexicon/inflect.ts'
import { proposals } from '../src/lexicon/synonyms.ts'
import { thesaurus } from '../src/lexicon/thesaurus.ts'
import { type Dictionary, dictionary } from '../src/lexicon/trie.ts'
import { loadBytes } from '../src/model/load.ts'
import { ngramModel } from '../src/model/ngrams.ts'
import { slots } from '../src/model/slots.ts'
import { vectors } from '../src/model/vectors.ts'
import {
  type Ask,
  analyzeText,
  parseWeights,
  preparedProposals,
  printed,
  rankerRow,
  termSources,
} from '../src/pipeline.ts'
import type { TermSource } from '../src/restore/term-links.ts'
import { type Labelled, labelledFolder, sampleSets } from './measure/labelled.ts'
import { carrier, obtained, reach, sample, torturedRows } from './measure/tortured.ts'
import { missedLines, torturedReport } from './measure/tortured-report.ts'
import { counter, type Reader, type Tally } from './measure/worth-count.ts'
import { type Alarms, type SetWorth, worthReport } from './measure/worth-report.ts'
import { type Variant, variants } from './measure/worth-variants.ts'

const BEGIN = '<!-- worth:begin -->'
const END = '<!-- worth:end -->'
/** More proposals than any word has. */
const EVERY = 100_000
/** Thesaurus answers kept; a document is read with every variant before the next, so these are enough. */
const SHOWN = 100

const { values } = parseArgs({
  options: {
    labelled: { type: 'string', default: process.env.UNSPIN_LABELLED ?? '' },
    tortured: { type: 'string' },
    sample: { type: 'string', default: '1500' },
    seed: { type: 'string', default: '1' },
    documents: { type: 'string', default: String(EVERY) },
    'without-documents': { type: 'string', default: '20' },
    minutes: { type: 'string', default: '20' },
    models: { type: 'string', default: 'models' },
    show: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const number = (name: 'sample' | 'seed' | 'documents' | 'without-documents' | 'minutes'): number => {
  const value = Number(values[name])
  if (value >= 0) return value
  throw new Error(`--${name} ${values[name]}: not a number from 0 on\n  fix: give one, as in --${name} 20`)
}
const limits = {
  sample: number('sample'),
  full: number('documents'),
  without: Math.min(number('documents'), number('without-documents')),
  minutes: number('minutes'),
}

const began = performance.now()
const seconds = (): number => (performance.now() - began) / 1000
const say = (line: string): void =>
  void process.stderr.write(`${seconds().toFixed(0).padStart(4)} s  ${line}\n`)
const read = (path: string): string => readFileSync(path, 'utf8')
const date = new Date().toISOString().slice(0, 10)

const table = (name: string): string => read(`wordlists/inflection/irregular-${name}.tsv`)
const inflect = inflector({ verbs: table('verbs'), nouns: table('nouns'), adjectives: table('adjectives') })
const list = (folder: string): { name: string; text: string }[] =>
  readdirSync(`wordlists/${folder}`)
    .sort()
    .map((name) => ({ name: `${folder}/${name}`, text: read(`wordlists/${folder}/${name}`) }))
const files = [...list('habits'), ...list('phrases'), ...list('terms')]
const parsed = parseFiles(files)
const compiled = new Map<string, Dictionary>()
const { reader, recipe, terms } = loadReader()

if (values.tortured === undefined) measureWorth()
else measureTortured(values.tortured)

function loadReader(): { reader: Reader; recipe: string; terms: readonly TermSource[] } {
  const folder = values.models
  const model = ngramModel(loadBytes(`${folder}/en.ngrams`))
  const meanings = vectors(loadBytes(`${folder}/en.vectors`))
  const places = slots(loadBytes(`${folder}/en.slots`))
  const weights = parseWeights(read(`${folder}/en.weights.json`))
  const words = thesaurus(new Uint8Array(loadBytes(`${folder}/en.thesaurus`)))
  const ask: Ask = (key, most) => proposals(words, inflect, key, most)
  const prepared = (perWord: number, kept: number) =>
    preparedProposals(ask, model, meanings, rankerRow(weights), { perWord, kept })
  const { candidatesPerWord, triedPerWord } = weights.decoder
  const tried = prepared(candidatesPerWord, triedPerWord)
  const listed = { ...parsed, habits: [], entries: [], problems: [] }
  const dictionaries = [dictionary(compileParsed(listed, files, inflect, { candidates: false }).dictionary)]
  return {
    terms: termSources(dictionaries, tried, model),
    reader: {
      knowledge: { dialects: [], model, vectors: meanings, slots: places, weights },
      tried,
      listed: prepared(EVERY, EVERY),
      printed: printed(model),
    },
    recipe: weights.recipe,
  }
}

/** Entries and habits apart, so that a variant compiles only what no variant before it had. */
function dictionaries(kept: ReadonlySet<string>): { entries: Dictionary; habits: Dictionary } {
  const of = (folder: string, part: Parsed): Dictionary => {
    const id = [folder, ...[...kept].filter((name) => name.startsWith(folder))].join(' ')
    const known =
      compiled.get(id) ?? dictionary(compileParsed(part, files, inflect, { candidates: false }).dictionary)
    compiled.set(id, known)
    return known
  }
  const inKept = ({ file }: { readonly file: string }): boolean => kept.has(file)
  return {
    entries: of('phrases/', { habits: [], entries: parsed.entries.filter(inKept), terms: [], problems: [] }),
    habits: of('habits/', { habits: parsed.habits.filter(inKept), entries: [], terms: [], problems: [] }),
  }
}

function measureWorth(): void {
  const names = (folder: string): string[] =>
    files.map(({ name }) => name).filter((name) => name.startsWith(folder))
  const all = variants(names('habits/'), names('phrases/'))
  const known = new Map(all.map((variant) => [variant, dictionaries(variant.files)]))
  say(`${all.length} variants compiled`)
  const everySet = [
    ...sampleSets('samples'),
    ...(values.labelled === '' ? [] : labelledFolder(values.labelled)),
  ]
  const clean = everySet.filter(([, docs]) => docs.every(({ state }) => state === 'clean'))
  const alarms = new Map(clean.map(([name, docs]) => [name, alarmsOf(known, docs)]))
  say('clean sets read')
  const sets: SetWorth[] = []
  const remarks: string[] = []
  for (const [name, docs] of everySet) {
    if (docs.some(({ state }) => state === 'spun')) sets.push(setWorth(name, docs, known, remarks))
  }
  const sizes = new Map(
    all.map((variant) => [
      variant,
      {
        pairs: parsed.habits.reduce(
          (n, { file, spun }) => n + (variant.files.has(file) ? spun.length : 0),
          0,
        ),
        entries: parsed.entries.filter(({ file, status }) => status === 'active' && variant.files.has(file))
          .length,
      },
    ]),
  )
  publish(worthReport({ variants: all, sets, alarms, sizes }), remarks)
}

function alarmsOf(
  known: ReadonlyMap<Variant, ReturnType<typeof dictionaries>>,
  docs: readonly Labelled[],
): Map<Variant, Alarms> {
  const texts = docs.map(({ id, text }) => ({ name: id, text }))
  // Variants share most dictionaries; each is asked once.
  const asked = new Map<Dictionary, ReturnType<typeof falseAlarms>>()
  const ask = (one: Dictionary): ReturnType<typeof falseAlarms> => {
    const found = asked.get(one) ?? falseAlarms(one, texts)
    asked.set(one, found)
    return found
  }
  const all = [...known].find(([{ name }]) => name === 'all')?.[1]
  if (values.show && all !== undefined)
    for (const { place, surface, original, origin } of ask(all.entries).found)
      say(`${place}: ${surface} ← ${original} (${origin})`)
  return new Map(
    [...known].map(([variant, { entries, habits }]) => [
      variant,
      { words: ask(entries).words, entries: ask(entries).density, habits: ask(habits).density },
    ]),
  )
}

/** Document by document, each with every variant: what the thesaurus says about its words is asked once. */
function setWorth(
  name: string,
  docs: readonly Labelled[],
  known: ReadonlyMap<Variant, ReturnType<typeof dictionaries>>,
  remarks: string[],
): SetWorth {
  const tallies = new Map<Variant, Tally[]>([...known.keys()].map((variant) => [variant, []]))
  const chosen = docs.slice(0, limits.full)
  for (const [at, doc] of chosen.entries()) {
    if (seconds() > 60 * limits.minutes) {
      remarks.push(`${name}: ${chosen.length - at} documents left out, the time was over.`)
      break
    }
    const count = counter(reader, doc)
    for (const [variant, { entries, habits }] of known)
      if (variant.kind === 'full' || at < limits.without) tallies.get(variant)?.push(count([entries, habits]))
    if ((at + 1) % 10 === 0) say(`${name} ${at + 1}/${chosen.length}`)
  }
  say(`${name} done`)
  return { name, tallies }
}

function publish(tables: string, remarks: readonly string[]): void {
  const text = [tables, ...remarks.map((remark) => `${remark}\n`)].join('\n')
  process.stdout.write(text)
  if (!values.write) return
  const method = read('docs/method.md')
  const begin = method.indexOf(BEGIN)
  const end = method.indexOf(END)
  if (begin < 0 || end < begin)
    throw new Error(`docs/method.md: ${BEGIN} … ${END} is missing\n  fix: put both marks back`)
  writeFileSync('docs/method.md', `${method.slice(0, begin + BEGIN.length)}\n${text}${method.slice(end)}`)
  writeFileSync(
    `bench/results/${date}-worth.md`,
    `# What the dictionary is worth, ${date}\n\n\`npm run worth\`\n\nWeights: ${recipe}\n\n${text}`,
  )
}

function measureTortured(path: string): void {
  const rows = torturedRows(read(path)).filter(({ flags }) => flags === '')
  const chosen = sample(rows, limits.sample, number('seed'))
  const { entries, habits } = dictionaries(new Set(files.map(({ name }) => name)))
  const knowledge = {
    ...reader.knowledge,
    lexicon: { dictionaries: [entries, habits], prepare: reader.tried, printed: reader.printed, terms },
  }
  const wide = { ...knowledge, lexicon: { ...knowledge.lexicon, prepare: reader.listed } }
  say(`${chosen.length} of ${rows.length} rows`)
  const results = chosen.map((row, i) => {
    if ((i + 1) % 250 === 0) say(`${i + 1}/${chosen.length}`)
    const { findings } = analyzeText(
      knowledge,
      { text: carrier(row.spun), problems: [] },
      { minConfidence: 0 },
    )
    const found = reach(wide, row)
    return { row, outcome: obtained(row, findings) ?? found.outcome, reach: found }
  })
  const text = torturedReport(results)
  process.stdout.write(text)
  if (values.show) for (const line of missedLines(results, SHOWN)) process.stderr.write(`${line}\n`)
  if (values.write)
    writeFileSync(
      `bench/results/${date}-tortured.md`,
      `# Tortured phrases, ${date}\n\n\`npm run worth -- --tortured FILE\`: ${chosen.length} of ${rows.length} unflagged rows\n\nWeights: ${recipe}\n\n${text}`,
    )
}
