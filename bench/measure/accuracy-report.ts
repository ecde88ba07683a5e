/**
 * Observed sets to the accuracy report: Markdown and its two pictures. In: sets with what the engine
 * said about them. Out: text; nothing is written here and no text of a labelled set is quoted.
 */
import { type Curve, precisionRecallChart, reliabilityDiagram } from './charts.ts'
import {
  type CleanFigures,
  cleanFigures,
  type Restored,
  type SpunFigures,
  scoredPlaces,
  scoredWords,
  spunFigures,
} from './figures.ts'
import { type Losses, losses } from './losses.ts'
import { decimal, share, table } from './markdown.ts'
import type { Observed } from './observe.ts'
import {
  averagePrecision,
  calibrationBins,
  calibrationError,
  precisionRecall,
  type ScoredTruth,
} from './statistics.ts'

export interface ObservedSet {
  readonly name: string
  /** Verdicts are compared with clean documents of the same source only. */
  readonly source: 'samples' | 'labelled'
  readonly state: 'clean' | 'spun'
  readonly observed: readonly Observed[]
}

export interface AccuracyReport {
  readonly markdown: string
  readonly reliability: string
  readonly precisionRecall: string
}

export interface ReportFacts {
  readonly date: string
  readonly recipe: string
  readonly threshold: number
  /** What was left out, if anything: a fold, a limit, the end of the time. */
  readonly remarks: readonly string[]
  /** File names of the pictures; without them the report has none. */
  readonly pictures: { readonly reliability: string; readonly precisionRecall: string } | undefined
}

const BINS = 10

export function accuracyReport(sets: readonly ObservedSet[], facts: ReportFacts): AccuracyReport {
  const { threshold, pictures } = facts
  const spun = sets.filter(({ state }) => state === 'spun')
  const clean = sets.filter(({ state }) => state === 'clean')
  const probabilities = (source: ObservedSet['source']): number[] =>
    clean
      .filter((set) => set.source === source)
      .flatMap(({ observed }) => observed.map(({ verdict }) => verdict.probability))
  const figures = spun.map((set) => ({ set, figures: spunFigures(set.observed, probabilities(set.source)) }))
  const every = scoredPlaces(sets.flatMap(({ observed }) => observed))
  const curves = spun.map(({ name, observed }): Curve => {
    const { scores, missed } = scoredWords(observed)
    return { name, points: precisionRecall(scores, missed) }
  })
  const picture = (alt: string, file: string | undefined): string =>
    file === undefined ? '' : `\n![${alt}](${file})\n`
  const markdown = [
    `# Accuracy, ${facts.date}\n`,
    `Weights: ${facts.recipe}. Default threshold: ${threshold}.${facts.remarks.map((remark) => ` ${remark}`).join('')}\n`,
    '## Places and restored wordings\n',
    'Places by word tokens at the default threshold; wordings without a threshold, among edits of one word for one word and of up to five words.\n',
    table(
      [
        'set',
        'documents:',
        'words:',
        'P:',
        'R:',
        'F1:',
        'edits found:',
        'one word @1:',
        '@5:',
        'of:',
        'phrase @1:',
        '@5:',
        'of:',
        'net repair:',
      ],
      figures.map(({ set, figures }) => placeRow(set.name, figures)),
    ),
    '## Verdict\n',
    'Against the clean documents of the same source.\n',
    table(
      ['set', 'AUC:', 'TPR at 1 % FPR:', 'called spun:', 'doubtful:', 'clean:'],
      figures.map(({ set, figures: { auc, atOnePercent, called } }) => [
        set.name,
        decimal(auc, 3),
        decimal(atOnePercent),
        called.spun,
        called.doubtful,
        called.clean,
      ]),
    ),
    '## Clean text\n',
    table(
      [
        'set',
        'documents:',
        'words:',
        'findings per 1,000:',
        'fixed tokens per 1,000:',
        'called spun:',
        'doubtful:',
      ],
      clean.map(({ name, observed }) => cleanRow(name, cleanFigures(observed))),
    ),
    '## Where it is lost\n',
    lossTable(spun),
    '## Calibration\n',
    `Expected calibration error of finding confidence, ${BINS} bins; places of uncertain label left out.\n`,
    calibrationTable(sets, every, threshold),
    table(
      ['confidence', 'places:', 'mean:', 'replaced:'],
      calibrationBins(every, BINS).map(({ low, high, count, mean, right }) => [
        `${low.toFixed(1)}–${high.toFixed(1)}`,
        count,
        decimal(count === 0 ? undefined : mean, 3),
        decimal(count === 0 ? undefined : right, 3),
      ]),
    ),
    picture('Reliability diagram', pictures?.reliability),
    '## Precision and recall\n',
    table(
      ['set', 'average precision:'],
      curves.map(({ name, points }) => [name, decimal(averagePrecision(points), 3)]),
    ),
    picture('Precision–recall curves', pictures?.precisionRecall),
  ].join('\n')
  return {
    markdown: `${markdown.trimEnd()}\n`,
    reliability: reliabilityDiagram(
      calibrationBins(every, BINS),
      `Reliability of finding confidence, ${facts.date}`,
    ),
    precisionRecall: precisionRecallChart(
      curves,
      threshold,
      `Precision and recall of word tokens, ${facts.date}`,
    ),
  }
}

function placeRow(name: string, figures: SpunFigures): (string | number)[] {
  const at = ({ edits, first, five }: Restored): (string | number)[] => [
    decimal(edits === 0 ? undefined : first / edits),
    decimal(edits === 0 ? undefined : five / edits),
    edits,
  ]
  return [
    name,
    figures.documents,
    figures.words,
    decimal(figures.precision),
    decimal(figures.recall),
    decimal(figures.f1),
    share(figures.editsFound, figures.edits),
    ...at(figures.oneWord),
    ...at(figures.phrase),
    decimal(figures.netRepair, 3),
  ]
}

function cleanRow(
  name: string,
  { documents, words, findings, fixedTokens, called }: CleanFigures,
): (string | number)[] {
  const per = (count: number): string => decimal(words === 0 ? undefined : (1000 * count) / words)
  return [name, documents, words, per(findings), per(fixedTokens), called.spun, called.doubtful]
}

function lossTable(spun: readonly ObservedSet[]): string {
  const all = spun.map(({ observed }) => losses(observed))
  const row = (name: string, count: (each: Losses) => string | number): (string | number)[] => [
    name,
    ...all.map(count),
  ]
  const fates = (name: string, of: (each: Losses) => Losses['oneWord']): (string | number)[][] => {
    const total = (each: Losses): number => Object.values(of(each)).reduce((sum, count) => sum + count, 0)
    const kinds = [
      ['first', '– original first'],
      ['toFive', '– ranked second to fifth'],
      ['belowFive', '– ranked below five'],
      ['proposedOnly', '– proposed, but not shown'],
      ['neverProposed', '– missing among candidates'],
    ] as const
    return [
      row(name, total),
      ...kinds.map(([kind, words]) => row(words, (n) => share(of(n)[kind], total(n)))),
    ]
  }
  return table(
    ['', ...spun.map(({ name }) => `${name}:`)],
    [
      ...fates('one word for one word', ({ oneWord }) => oneWord),
      ...fates('up to five words', ({ phrase }) => phrase),
      row('edits that left something in the text', (n) => n.visible),
      row('– found', (n) => share(n.found, n.visible)),
      row('– not flagged: below the threshold', (n) => share(n.belowThreshold, n.visible)),
      row('– not flagged: no candidate at the place', (n) => share(n.noPlace, n.visible)),
      row('findings', (n) => n.findings),
      row('– right', (n) => share(n.rightFindings, n.findings)),
      row('– on uncertain labels', (n) => share(n.unknownFindings, n.findings)),
      row('– wrongly flagged', (n) => share(n.wrongFindings, n.findings)),
    ],
  )
}

function calibrationTable(
  sets: readonly ObservedSet[],
  every: readonly ScoredTruth[],
  threshold: number,
): string {
  const row = (name: string, scores: readonly ScoredTruth[]): (string | number)[] => {
    const shown = scores.filter(({ score }) => score >= threshold)
    return [
      name,
      scores.length,
      decimal(calibrationError(calibrationBins(scores, BINS)), 3),
      shown.length,
      decimal(calibrationError(calibrationBins(shown, BINS)), 3),
    ]
  }
  return table(
    ['set', 'places:', 'ECE:', 'shown:', 'ECE of those shown:'],
    [...sets.map(({ name, observed }) => row(name, scoredPlaces(observed))), row('all', every)],
  )
}
