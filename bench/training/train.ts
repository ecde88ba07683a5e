/**
 * `npm run train`: ranker, then suspicion, detector and verdict; writes models/en.weights.json.
 *
 *   npx tsx bench/training/train.ts --held DIR [--dev DIR] [--fold even|odd|all] [--out FILE]
 *
 * --held: plain text that the n-gram model has not seen, one paragraph a line. --dev: labelled sets
 * (spinbot.jsonl, web.jsonl, clean.jsonl, clean_paragraphs.jsonl). --fold odd trains on the odd labelled documents only, so that the even
 * ones measure what carries over; `all` is what ships. --ranker FILE keeps that file's ranker, --weights
 * FILE its ranker and detector.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { document } from '../../src/document/document.ts'
import { explainedByEntry, isDecoded, type Knowledge, read } from '../../src/pipeline.ts'
import { confidence, DETECTOR_INPUTS } from '../../src/restore/detector.ts'
import { markEvidence, marksAt } from '../../src/restore/dialect.ts'
import { FEATURES, type FeatureName } from '../../src/restore/features.ts'
import type { Judged } from '../../src/restore/findings.ts'
import { VERDICT_INPUTS, verdictInputs } from '../../src/restore/verdict.ts'
import { rankerRow, type Weights } from '../../src/restore/weights.ts'
import { DIALECTS, heldOut, marked } from './dialects.ts'
import { cleanDocuments, hardDocuments, shortDocuments, spunDocuments } from './documents.ts'
import { trainingKnowledge } from './knowledge.ts'
import { type Labelled, readLabelled } from './labelled.ts'
import { type NetworkExample, trainNetwork } from './network.ts'
import { random } from './random.ts'
import { noStats, type RankStats, rankPlaces, sentenceLabels, statsLine } from './rank-places.ts'
import { type RankPlace, trainRanker } from './ranker.ts'
import { placeReport } from './report.ts'
import { startWeights } from './start-weights.ts'
import { suspicionExamples, trainSuspicion } from './suspicion.ts'

const { values } = parseArgs({
  options: {
    held: { type: 'string', default: 'held' },
    dev: { type: 'string', default: '' },
    fold: { type: 'string', default: 'all' },
    out: { type: 'string', default: 'models/en.weights.json' },
    ranker: { type: 'string' },
    weights: { type: 'string' },
    documents: { type: 'string', default: '480' },
  },
})
const began = performance.now()
const log = (text: string): void =>
  void process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}\n`)
const count = Number(values.documents)

const real: Labelled[] =
  values.dev !== '' && existsSync(values.dev)
    ? ['spinbot', 'web', 'clean', 'clean_paragraphs'].flatMap((set) =>
        readLabelled(`${values.dev}/${set}.jsonl`, set),
      )
    : []
const inFold = (_: Labelled, i: number): boolean =>
  values.fold === 'all' || (i % 2 === 1) === (values.fold === 'odd')
const trainReal = real.filter(inFold)
const testReal = values.fold === 'all' ? real : real.filter((doc, i) => !inFold(doc, i))

let weights: Weights = startWeights()
const { whole, thinned, spinner, dialects } = trainingKnowledge()
const spinners = [...DIALECTS, ...marked(dialects)]
/** Few real passages stand for a large kind of text; the sets are of unequal size. */
const SET_WEIGHTS: ReadonlyMap<string, number> = new Map([
  ['spinbot', 3],
  ['web', 6],
  // Law, verse, recipes, learners' English: what is most easily taken for a copy.
  ['clean', 4],
])
/** Spun texts are the rarer kind among those that people scan, and calling a clean one spun is the worse mistake. */
const CLEAN_WEIGHT = 1.5
const LONG_CLEAN_WEIGHT = 8
const LONG_WORDS = 150
const HARD = 'bench/training/hard'
const HARD_WEIGHT = 4
/** Real copies stand for many. */
const REAL_SPUN_WEIGHT = 2
const REAL_PLACE_WEIGHT = 10
const isSpun = (doc: Labelled): boolean => doc.edits.length > 0
const isMade = (doc: Labelled): boolean => doc.set.startsWith('made:')
const knowledgeFor = (doc: Labelled, w: Weights): Knowledge => (isMade(doc) ? thinned(w) : whole(w))
const made = (n: number, seed: number): Labelled[] =>
  spunDocuments(cleanDocuments(values.held, n, seed), spinner, spinners, seed + 1)

/** As many short clean texts as short spun ones. */
const short = (n: number, seed: number): Labelled[] => [
  ...shortDocuments(values.held, n, seed),
  ...spunDocuments(shortDocuments(values.held, n, seed + 5), spinner, spinners, seed + 6),
]

if (values.weights !== undefined) weights = JSON.parse(readFileSync(values.weights, 'utf8')) as Weights
else if (values.ranker !== undefined) {
  const { ranker } = JSON.parse(readFileSync(values.ranker, 'utf8')) as Weights
  weights = { ...weights, ranker }
} else {
  weights = { ...weights, ranker: rankerStep() }
  writeFileSync(values.out, `${JSON.stringify(weights, null, 1)}\n`)
}

const detectorDocs = [
  ...made(count, 21).map((doc) => ({ doc, weight: 1 })),
  ...cleanDocuments(values.held, Math.round(count * 0.9), 2001).map((doc) => ({ doc, weight: 1 })),
  ...short(count * 2, 3003).map((doc) => ({ doc, weight: 1 })),
  ...hardDocuments(HARD).map((doc) => ({ doc, weight: HARD_WEIGHT })),
  ...trainReal.map((doc) => ({ doc, weight: SET_WEIGHTS.get(doc.set) ?? 1 })),
]
if (values.weights === undefined) {
  const words = detectorDocs.flatMap(({ doc, weight }) =>
    suspicionExamples(knowledgeFor(doc, weights), doc, weight),
  )
  weights = { ...weights, suspicion: trainSuspicion(words, weights.suspicion) }
  log(`suspicion: ${words.length} words`)
}
// Only numbers are kept of a document that was read: readings of all of them would fill the memory.
const seen = detectorDocs.map(({ doc, weight }) => {
  const { judged, rate, words } = readDocument(knowledgeFor(doc, weights), doc)
  const decoded = judged.filter(isDecoded)
  return {
    spun: isSpun(doc),
    made: isMade(doc),
    weight,
    rate,
    words,
    inputs: decoded.map((each) => each.inputs),
    entries: decoded.map(explainedByEntry),
    marks: decoded.map((each) => marksAt(dialects, each)),
    examples: labelledPlaces(judged, doc).map(({ judged: each, changed }) => ({
      x: each.inputs,
      y: changed ? 1 : 0,
      weight,
    })),
  }
})
const examples: NetworkExample[] = seen.flatMap((each) => each.examples)
log(`detector: ${examples.length} places, ${examples.filter(({ y }) => y === 1).length} replaced`)
const detector =
  values.weights !== undefined
    ? weights.detector
    : trainNetwork(DETECTOR_INPUTS, examples, { hidden: 20, epochs: 30, ridge: 1e-4, seed: 3 })
const verdictExamples: NetworkExample[] = seen.map(
  ({ spun, made: isCopy, rate, words, inputs, entries, marks }) => {
    const confidences = inputs.map((x) => confidence(detector, x))
    const entryConfidences = confidences.filter((_, i) => entries[i])
    const shown = markEvidence(confidences.map((p, k) => ({ marks: marks[k] ?? [], confidence: p })))
    const x = verdictInputs({ rate, words, marks: shown, confidences, entryConfidences })
    const long = words >= LONG_WORDS
    return {
      x,
      y: spun ? 1 : 0,
      weight: spun ? (isCopy ? 1 : REAL_SPUN_WEIGHT) : long ? LONG_CLEAN_WEIGHT : CLEAN_WEIGHT,
    }
  },
)
const verdictNetwork = trainNetwork(VERDICT_INPUTS, verdictExamples, {
  hidden: 4,
  epochs: 150,
  ridge: 1e-3,
  seed: 4,
  rate: 0.01,
})
weights = {
  ...weights,
  recipe: `npm run train; fold ${values.fold}; ${trainReal.length} labelled and ${count} made documents`,
  detector,
  verdict: { ...verdictNetwork, doubtful: weights.verdict.doubtful, spun: weights.verdict.spun },
}
writeFileSync(values.out, `${JSON.stringify(weights, null, 1)}\n`)

const other = spunDocuments(cleanDocuments(values.held, 60, 77), spinner, [heldOut], 99)
const fresh = cleanDocuments(values.held, 100, 4004)
for (const [name, docs] of [
  ['held-out dialect', other],
  ['clean', fresh],
  ['spinbot', testReal.filter(({ set }) => set === 'spinbot')],
  ['web', testReal.filter(({ set }) => set === 'web')],
  ['clean texts', testReal.filter(({ set }) => set === 'clean')],
  ['clean paragraphs', testReal.filter(({ set }) => set === 'clean_paragraphs')],
] as const)
  if (docs.length > 0)
    console.log(
      placeReport(
        name,
        docs.map((doc) => {
          const reading = readDocument(knowledgeFor(doc, weights), doc)
          return { doc, reading, places: labelledPlaces(reading.judged, doc) }
        }),
        weights,
        dialects,
      ),
    )

function readDocument(knowledge: Knowledge, doc: Labelled) {
  // Training documents are far shorter than a block.
  return (
    [...read(knowledge, document(doc.text, { format: 'text' }))][0] ?? {
      judged: [],
      rate: 0,
      words: 0,
    }
  )
}

/** Places with their label; unknown ones are left out. */
export function labelledPlaces(
  judged: readonly Judged[],
  doc: Labelled,
): { judged: Judged; changed: boolean }[] {
  const labels = new Map<unknown, Uint8Array>()
  return judged.flatMap((each) => {
    const { sentence } = each.reading
    let state = labels.get(sentence)
    if (state === undefined) {
      state = sentenceLabels(sentence, doc).state
      labels.set(sentence, state)
    }
    const covered = state.subarray(each.place.start, each.place.end)
    if (covered.includes(2)) return []
    return [{ judged: each, changed: covered.includes(1) }]
  })
}

function rankerStep(): Weights['ranker'] {
  const rng = random(5)
  const stats = new Map<string, RankStats>()
  const collect = (docs: readonly Labelled[], weight: number): RankPlace[] =>
    docs.flatMap((doc) => {
      const set = stats.get(doc.set) ?? noStats()
      stats.set(doc.set, set)
      return rankPlaces(knowledgeFor(doc, weights), doc, rng, { keep: 60, kept: 0.2, weight }, set)
    })
  const places = [
    ...collect(made(count, 7), 1),
    ...collect(cleanDocuments(values.held, Math.round(count / 4), 1001), 1),
    ...collect(trainReal.filter(isSpun), REAL_PLACE_WEIGHT),
  ]
  for (const [set, s] of stats) log(`${set.padEnd(20)} ${statsLine(s)}`)
  const w = trainRanker(places, rankerRow(weights), 20, 2)
  return Object.fromEntries(FEATURES.map((f, i) => [f, Number((w[i] as number).toPrecision(5))])) as Record<
    FeatureName,
    number
  >
}
