/**
 * `npm run accuracy [-- --labelled DIR] [--write]`: how much is found, restored and left alone.
 *
 * In: our own samples always; a folder of labelled .jsonl sets when --labelled or UNSPIN_LABELLED names
 * one ({"id", "text"} is clean, {"id", "spun", "original"?, "pairs"?} is spun). Out: tables on standard
 * output; with --write bench/results/DATE-accuracy.md and two SVGs beside it. Progress on standard error.
 *
 *   --ids a,b         only documents whose id starts so
 *   --fold even|odd   only every other document of each spun set (the half that training left out)
 *   --minutes N       stop reading after N minutes (default 20) and say what is missing
 *   --models DIR, --dictionary FILE   another model than the package's own
 *   --show N          list N edits whose original is not first, on standard error
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Engine, load } from '../src/index.ts'
import { accuracyReport, type ObservedSet } from './measure/accuracy-report.ts'
import { isReplacement } from './measure/figures.ts'
import { type Labelled, labelledFolder, sampleSets } from './measure/labelled.ts'
import { fate } from './measure/losses.ts'
import { type Observed, observe, threshold } from './measure/observe.ts'

const { values } = parseArgs({
  options: {
    labelled: { type: 'string', default: process.env.UNSPIN_LABELLED ?? '' },
    write: { type: 'boolean', default: false },
    ids: { type: 'string', default: '' },
    fold: { type: 'string', default: 'all' },
    minutes: { type: 'string', default: '20' },
    models: { type: 'string' },
    dictionary: { type: 'string' },
    show: { type: 'string', default: '0' },
  },
})
if (!['all', 'even', 'odd'].includes(values.fold))
  throw new Error(`--fold ${values.fold}: there are even, odd and all\n  fix: name one of them`)
const minutes = Number(values.minutes)
if (!(minutes > 0))
  throw new Error(`--minutes ${values.minutes}: not a number above 0\n  fix: give minutes, as in 20`)

const began = performance.now()
const seconds = (): number => (performance.now() - began) / 1000
const say = (line: string): void =>
  void process.stderr.write(`${seconds().toFixed(0).padStart(4)} s  ${line}\n`)
const skipped = new Map<string, number>()

const engine = await load({
  ...(values.models !== undefined && { modelDir: values.models }),
  ...(values.dictionary !== undefined && { dictionary: values.dictionary }),
})
const sets: ObservedSet[] = [
  ...observedSets(engine, sampleSets('samples'), 'samples'),
  ...(values.labelled === '' ? [] : observedSets(engine, labelledFolder(values.labelled), 'labelled')),
]
showMisses(sets, Number(values.show))

const date = new Date().toISOString().slice(0, 10)
const names = { reliability: `${date}-reliability.svg`, precisionRecall: `${date}-precision-recall.svg` }
const report = accuracyReport(sets, {
  date,
  recipe: engine.weights.recipe,
  threshold: threshold(engine),
  remarks: remarks(),
  pictures: values.write ? names : undefined,
})
process.stdout.write(report.markdown)
if (values.write) {
  writeFileSync(`bench/results/${date}-accuracy.md`, report.markdown)
  writeFileSync(`bench/results/${names.reliability}`, report.reliability)
  writeFileSync(`bench/results/${names.precisionRecall}`, report.precisionRecall)
}

function observedSets(
  engine: Engine,
  from: ReadonlyMap<string, readonly Labelled[]>,
  source: ObservedSet['source'],
): ObservedSet[] {
  return [...from].flatMap(([name, documents]) => {
    const state = documents.some((doc) => doc.state === 'spun') ? 'spun' : 'clean'
    const chosen = documents.filter((doc, i) => isChosen(doc, i, source))
    const observed: Observed[] = []
    for (const doc of chosen) {
      if (seconds() > 60 * minutes) break
      observed.push(observe(engine, doc))
      if (observed.length % 25 === 0) say(`${name} ${observed.length}/${chosen.length}`)
    }
    if (observed.length < chosen.length) skipped.set(name, chosen.length - observed.length)
    say(`${name} ${observed.length}/${chosen.length} done`)
    return observed.length === 0 ? [] : [{ name, source, state, observed }]
  })
}

function isChosen({ id, state }: Labelled, index: number, source: ObservedSet['source']): boolean {
  if (source === 'samples') return true
  const inFold = values.fold === 'all' || state === 'clean' || (index % 2 === 1) === (values.fold === 'odd')
  return inFold && (values.ids === '' || values.ids.split(',').some((start) => id.startsWith(start)))
}

function remarks(): string[] {
  return [
    ...(values.fold === 'all' ? [] : [`Labelled spun sets: ${values.fold} documents only.`]),
    ...(values.ids === '' ? [] : ['Labelled sets: chosen documents only.']),
    ...[...skipped].map(([name, count]) => `${name}: ${count} documents left out, the time was over.`),
  ]
}

function showMisses(sets: readonly ObservedSet[], most: number): void {
  let left = most
  for (const each of sets.flatMap(({ observed }) => observed)) {
    const keys = (from: number, to: number): string =>
      each.doc.tokens
        .slice(Math.max(0, from), to)
        .map(({ key }) => key)
        .join(' ')
    for (const edit of each.doc.edits) {
      if (left <= 0) return
      if (!isReplacement(edit)) continue
      const became = fate(each, edit)
      if (became === 'first') continue
      left -= 1
      const { first, end, original } = edit
      say(
        `${each.doc.id} ${keys(first - 3, first)} [${keys(first, end)} ← ${original.join(' ')}] ${keys(end, end + 3)}: ${became}`,
      )
    }
  }
}
