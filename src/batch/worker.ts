/**
 * What runs in each worker thread: batches of documents in, answers out.
 *
 * The model files are shared memory; every thread makes its own tables over them, once, when its first
 * batch comes. While it works it writes the place of the document in hand into shared memory, so that
 * the pool knows which document a thread hung on or fell over.
 */
import { Tinypool } from 'tinypool'
import type { Engine, ModelFiles } from '../index.ts'
import { type Analyser, answer } from './answer.ts'
import { factAndFix } from './failure.ts'
import type { ReadRecord, Settings } from './settings.ts'
import type { Answer } from './shapes.ts'

/** What all threads of a pool are started with. */
export interface ThreadData {
  /** null only where `engineModule` brings its own knowledge. */
  readonly files: ModelFiles | null
  /** URL of a module that exports `analyze` and `restore` in place of the library's; for tests. */
  readonly engineModule: string | null
}

export interface Task {
  readonly records: readonly ReadRecord[]
  readonly settings: Settings
  /** One Int32: index of the document in hand, −1 before the first. */
  readonly progress: SharedArrayBuffer
}

export type TaskOutcome =
  | { readonly state: 'answered'; readonly answers: readonly Answer[] }
  /** The engine cannot be made: no thread will do better. */
  | { readonly state: 'unfit'; readonly message: string; readonly fix: string }

interface Equipment {
  readonly analyser: Analyser
  readonly engine: Engine
}

/** Lives as long as the thread; a promise, so that it is made once. */
const equipment = { made: undefined as Promise<Equipment> | undefined }

/** The name under which the pool calls this file. */
export async function answers({ records, settings, progress }: Task): Promise<TaskOutcome> {
  let equipped: Equipment
  try {
    equipment.made ??= equip(Tinypool.workerData as ThreadData)
    equipped = await equipment.made
  } catch (error) {
    const [message, fix] = factAndFix(error, 'check --model; reinstall the package')
    return { state: 'unfit', message, fix }
  }
  const place = new Int32Array(progress)
  const out: Answer[] = []
  for (const [at, record] of records.entries()) {
    Atomics.store(place, 0, at)
    out.push(answer(equipped.analyser, equipped.engine, record, settings))
  }
  return { state: 'answered', answers: out }
}

async function equip({ files, engineModule }: ThreadData): Promise<Equipment> {
  // Only a test names a module; what it exports is its affair, and it brings its own knowledge.
  if (engineModule !== null) return { analyser: await import(engineModule), engine: {} as Engine }
  if (files === null) throw new Error('there are no model files\n  fix: this is a bug, please report it')
  const unspin = await import('../index.ts')
  return { analyser: unspin, engine: unspin.engine(files) }
}
