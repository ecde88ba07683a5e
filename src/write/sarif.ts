/**
 * Answers to SARIF 2.1.0, the format of code scanning: one run, one result for every finding.
 *
 * Results are written as they come; what belongs behind them (artifacts, notifications) is kept up to
 * MOST_LISTED entries, so that memory stays bounded over any number of documents. Columns count UTF-16
 * units and the file says so. The id of a document stands where SARIF has a file.
 */
import type { Problem } from '../types.ts'
import { RULES } from './kinds.ts'
import { isFatal } from './problem.ts'
import { artifactOf, leftOut, notification, resultsOf } from './sarif-parts.ts'
import type { Form, Joiner } from './sheet.ts'
import { uriOf } from './uri.ts'

/** Documents and problems listed behind the results: about 5 MB. Further problems are counted. */
const MOST_LISTED = 10_000

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'

/** A document's part of a run, as JSON in a part's text. */
interface SarifPart {
  readonly uri: string
  /** null for a document that was not read. */
  readonly artifact: string | null
  /** Parted by a comma and a line feed; places are UNNUMBERED. */
  readonly results: string
  readonly notifications: readonly string[]
  /** Problems for which it was not read. */
  readonly failures: number
}

/**
 * Ends a place whose number in `artifacts` is not known yet. No wording of a document reads like this:
 * within strings of JSON a quotation mark has a backslash before it.
 */
const UNNUMBERED = ',"index":-1}'

/** One SARIF run. */
export const sarif: Form = {
  document({ id, analysis }) {
    const uri = uriOf(String(id))
    const isRead = !analysis.problems.some(isFatal)
    return json({
      uri,
      artifact: isRead ? json(artifactOf(uri, analysis)) : null,
      results: isRead ? resultsOf(analysis, { uri, index: -1 }).map(json).join(',\n') : '',
      ...told(uri, analysis.problems),
    } satisfies SarifPart)
  },
  failed(id, problem) {
    const uri = uriOf(String(id))
    return json({ uri, artifact: null, results: '', ...told(uri, [problem]) } satisfies SarifPart)
  },
  joiner,
}

const told = (uri: string, problems: readonly Problem[]): Pick<SarifPart, 'notifications' | 'failures'> => ({
  notifications: problems.map((problem) => json(notification(uri, problem))),
  failures: problems.filter(isFatal).length,
})

/** Numbers the places, and keeps what belongs behind the results. */
function joiner(version: string): Joiner {
  const numbers = new Map<string, number>()
  const artifacts: string[] = []
  const notifications: string[] = []
  let [started, unlisted, failures] = [false, 0, 0]

  const numberOf = (uri: string, artifact: string): number | undefined => {
    const known = numbers.get(uri)
    if (known !== undefined || numbers.size >= MOST_LISTED) return known
    numbers.set(uri, numbers.size)
    artifacts.push(artifact)
    return numbers.size - 1
  }

  return {
    start: () => opening(version),
    add(part) {
      const { uri, artifact, results, ...met } = JSON.parse(part) as SarifPart // made above
      failures += met.failures
      for (const one of met.notifications) {
        if (notifications.length < MOST_LISTED) notifications.push(one)
        else unlisted += 1
      }
      const number = artifact === null ? undefined : numberOf(uri, artifact)
      if (results === '') return ''
      const before = started ? ',\n' : '\n'
      started = true
      return before + results.replaceAll(UNNUMBERED, number === undefined ? '}' : `,"index":${number}}`)
    },
    end() {
      if (unlisted > 0) notifications.push(json(leftOut(unlisted)))
      const done = `"executionSuccessful":${failures === 0},"toolExecutionNotifications":${list(notifications)}`
      return `\n],\n"artifacts":${list(artifacts)},\n"invocations":[{${done}}]}]}\n`
    },
  }
}

/** Everything before the first result. */
function opening(version: string): string {
  const rules = RULES.map(({ id, name, text }) => ({
    id,
    name,
    shortDescription: { text },
    defaultConfiguration: { level: 'warning' },
  }))
  const driver = json({ name: 'unspin', version, semanticVersion: version, rules })
  const run = `"tool":{"driver":${driver}},\n"columnKind":"utf16CodeUnits","newlineSequences":["\\r\\n","\\n","\\r"]`
  return `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[{${run},\n"results":[`
}

const json = (value: unknown): string => JSON.stringify(value)

const list = (items: readonly string[]): string => (items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n]`)
