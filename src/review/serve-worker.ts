/**
 * A thread of `unspin serve`: loads the engine once, then answers one job after another.
 *
 * Runs as a worker only. An error in a job is an answer like any other; the pool decides when a thread
 * has to go.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { type AnalyzeOptions, analyze, type Engine, load, restore } from '../index.ts'
import { fixedRecord } from '../write/fixed.ts'
import { record } from '../write/record.ts'
import { renderer } from '../write/renderer.ts'
import type { Job, WorkerMessage, WorkerSetting } from './serve-job.ts'

const setting = workerData as WorkerSetting // the pool fills it; nothing else starts this file
const allow = new Set(setting.allow)

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message)

try {
  const engine = await load({
    ...(setting.modelDir !== undefined && { modelDir: setting.modelDir }),
    userDictionaries: setting.dictionaries,
  })
  parentPort?.on('message', (job: Job) => {
    try {
      tell({ state: 'answered', body: answer(engine, job) })
    } catch (error) {
      tell({ state: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  })
  tell({ state: 'ready' })
} catch (error) {
  const [message = '', fix = 'check --model; reinstall the package, or in a checkout run: npm run build'] = (
    error instanceof Error ? error.message : String(error)
  ).split('\n  fix: ')
  tell({ state: 'unusable', message: `the model cannot be loaded: ${message}`, fix })
}

function answer(engine: Engine, job: Job): string {
  const options = optionsOf(job)
  switch (job.kind) {
    case 'scan':
      return JSON.stringify(record(analyze(engine, job.content, options), job.id))
    case 'fix': {
      const applyAbove = job.applyAbove ?? setting.applyAbove
      const { analysis, text, applied } = restore(engine, job.content, {
        ...options,
        ...(applyAbove !== undefined && { applyAbove }),
      })
      return JSON.stringify(fixedRecord(job.id, analysis.document.text, text, applied, analysis.problems))
    }
    case 'report': {
      const page = renderer('html', { version: setting.version, colour: 'none', columns: 80 })
      const analysis = analyze(engine, job.content, options)
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
    ...(allow.size > 0 && { allow }),
  }
}
