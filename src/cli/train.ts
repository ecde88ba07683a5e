/**
 * `unspin train`: texts in, a model file out.
 *
 * In: plain text files, one paragraph a line, or "-" for a pipe; read once, line by line, so that a
 * corpus need not fit in memory as text. Progress goes to standard error.
 */
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { byteLines } from '../batch/lines.ts'
import { unreadable } from '../batch/problems.ts'
import { codeOf } from '../write/error-code.ts'
import { writeWhole } from './dict.ts'
import { EXIT, type ExitCode, RunError } from './exit-codes.ts'
import type { World } from './world.ts'

/** A paragraph longer than this is no paragraph; it is left out and said so. */
const MAX_LINE_BYTES = 16_000_000

export interface TrainRequest {
  readonly kind: 'ngrams' | 'vectors' | 'slots'
  readonly paths: readonly string[]
  readonly out: string
}

export async function train({ kind, paths, out }: TrainRequest, world: World): Promise<ExitCode> {
  const progress = (message: string): void => {
    // Not awaited: progress must not slow training, and a lost line is no harm.
    void world.stderr.write(`${message}\n`)
  }
  const lines = textLines(paths, world)
  let bytes: Uint8Array
  try {
    bytes = await trained(kind, lines, progress, world)
  } catch (error) {
    if (error instanceof RunError || !(error instanceof Error)) throw error
    const [fact = '', todo = 'give plain text in UTF-8, one paragraph a line'] =
      error.message.split('\n  fix: ')
    throw new RunError(fact, todo)
  }
  await writeWhole(resolve(world.cwd, out), bytes)
  progress(`${out}: ${bytes.length} bytes`)
  return world.signal.aborted ? EXIT.interrupted : EXIT.nothing
}

/** What the thesaurus says of every common word, ready to be read: made again when a model changes. */
export async function trainProposals(out: string | undefined, world: World): Promise<ExitCode> {
  const { api } = world
  const path = out === undefined ? api.proposalsPath() : resolve(world.cwd, out)
  const bytes = api.compileProposals(await api.readModels(), (share) => {
    if (world.progressColumns !== undefined)
      void world.stderr.write(`\r${Math.round(share * 100)} % of the words`)
  })
  await writeWhole(path, bytes)
  await world.stderr.write(`${path}: ${bytes.length} bytes\n`)
  return EXIT.nothing
}

/** Both models number words alike: the same text gives vectors that fit the n-grams. */
async function trained(
  kind: TrainRequest['kind'],
  lines: AsyncIterable<string>,
  progress: (message: string) => void,
  { api }: World,
): Promise<Uint8Array> {
  const corpus = await api.readCorpus(lines, api.NGRAM_DEFAULTS, progress)
  const tell = ({ done, loss }: { readonly done: number; readonly loss: number }): void =>
    progress(`${(done * 100).toFixed(1)} %, loss ${loss.toFixed(4)} nats`)
  switch (kind) {
    case 'ngrams':
      return api.ngramFile(corpus, api.NGRAM_DEFAULTS, progress)
    case 'vectors':
      return api.packVectors(api.trainVectors(corpus.ids, corpus.counts, {}, tell), {})
    case 'slots': {
      const confused = api.confusedWords(corpus.keys, api.SLOT_DEFAULTS.words, api.thesaurusWords())
      return api.packSlots(api.trainSlots(corpus.ids, corpus.counts, confused, {}, tell), {})
    }
  }
}

async function* textLines(paths: readonly string[], world: World): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for (const path of paths) {
    for await (const part of byteLines(
      path === '-' ? world.stdin : fileChunks(path, world),
      MAX_LINE_BYTES,
    )) {
      if (part.state === 'whole') yield decoder.decode(part.bytes)
      else await world.stderr.write(`${path}:${part.line}: left out, the line has ${part.size} bytes\n`)
    }
  }
}

async function* fileChunks(path: string, { cwd }: World): AsyncGenerator<Uint8Array> {
  try {
    const file = await open(resolve(cwd, path), 'r')
    yield* file.createReadStream({ highWaterMark: 1 << 18 })
  } catch (error) {
    throw new RunError(`${path}: ${unreadable(codeOf(error)).message}`, 'check the path')
  }
}
