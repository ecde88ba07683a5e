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
import type { RecordId } from './record.ts'
import { type ArtifactLocation, artifactOf, leftOut, notification, resultsOf } from './sarif-parts.ts'
import type { Sheet } from './sheet.ts'
import { uriOf } from './uri.ts'

/** Documents and problems listed behind the results: about 5 MB. Further problems are counted. */
const MOST_LISTED = 10_000

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'

/** A sheet for one SARIF run by `version` of the program. */
export function sarif(version: string): Sheet {
  const places = new Map<string, ArtifactLocation>()
  const artifacts: string[] = []
  const notifications: string[] = []
  let [results, unlisted, failures] = [0, 0, 0]

  const notify = (id: RecordId, problem: Problem): void => {
    if (isFatal(problem)) failures += 1
    if (notifications.length < MOST_LISTED) notifications.push(json(notification(uriOf(String(id)), problem)))
    else unlisted += 1
  }

  return {
    start: () => opening(version),
    document(answered) {
      const { id, analysis } = answered
      for (const problem of analysis.problems) notify(id, problem)
      if (analysis.problems.some(isFatal)) return ''
      const uri = uriOf(String(id))
      let place = places.get(uri) ?? { uri }
      if (place.index === undefined && places.size < MOST_LISTED) {
        place = { uri, index: places.size }
        places.set(uri, place)
        artifacts.push(json(artifactOf(uri, analysis)))
      }
      let out = ''
      for (const result of resultsOf(analysis, place)) {
        out += `${results === 0 ? '\n' : ',\n'}${json(result)}`
        results += 1
      }
      return out
    },
    failed(id, problem) {
      notify(id, problem)
      return ''
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
