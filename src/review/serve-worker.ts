/**
 * A thread of `unspin serve`: makes its engine once, over model files that all threads share, then answers one job after another.
 *
 * Runs as a worker only. An error in a job is an answer like any other; the pool decides when a thread
 * has to go.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { type AnalyzeOptions, allowList, analyze, type Engine, engine, restore } from '../index.ts'
import { fixedRecord } from '../write/fixed.ts'
import { record } from '../write/record.ts'
import { renderer } from '../write/renderer.ts'
import type { Job, WorkerMessage, WorkerSetting } from './serve-job.ts'
import { unusable } from './unusable.ts'

const setting = workerData as WorkerSetting // the pool fills it; nothing else starts this file
const allow = allowList(setting.allow)

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message)

try {
  if (setting.files === null)
    throw new Error('there are no model files\n  fix: this is a bug, please report it')
  const known = engine(setting.files)
  parentPort?.on('message', (job: Job) => {
    try {
      tell({ state: 'answered', body: answer(known, job) })
    } catch (error) {
      tell({ state: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  })
  tell({ state: 'ready' })
} catch (error) {
  tell({ state: 'unusable', ...unusable(error) })
}

function answer(known: Engine, job: Job): string {
  const options = optionsOf(job)
  switch (job.kind) {
    case 'scan':
      return JSON.stringify(record(analyze(known, job.content, options), job.id))
    case 'fix': {
      const applyAbove = job.applyAbove ?? setting.applyAbove
      const { analysis, text, applied } = restore(known, job.content, {
        ...options,
        ...(applyAbove !== undefined && { applyAbove }),
      })
      return JSON.stringify(fixedRecord(job.id, analysis.document.text, text, applied, analysis.problems))
    }
    case 'report': {
      const page = renderer('html', { version: setting.version, colour: 'none', columns: 80 })
      const analysis = analyze(known, job.content, options)
      return page.start() + page.document({ id: job.id, name: String(job.id), analysis }) + page.end()
    }
  }
}

function optionsOf({ id, format, encoding, minConfidence = setting.minConfidence }: Job): AnalyzeOptions {
  return {
    id: String(id),
    format,
    ...(encoding !== undefined && { encoding }),
    ...(minConfidence !== undefined && { minConfidence }),
    allow,
  }
}
