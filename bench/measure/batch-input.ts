/**
 * The input of a timed batch run: documents of about 5 kB, most of them clean, some spun, spread evenly.
 *
 * In: texts to repeat in ever new order, or a folder of prose of one's own (.txt, .txt.gz, .txt.xz, one
 * paragraph a line). Out: documents one by one, so that memory does not grow with the size asked for;
 * the same for the same input.
 */
import { spawn } from 'node:child_process'
import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { proseDocuments } from './prose.ts'

const DOCUMENT_UNITS = 5000
/** Documents of a file before the next file has its turn, so that domains are mixed. */
const TURN = 20
const PORTION_BYTES = 1_000_000
const READ = /\.txt(?:\.gz|\.xz)?$/

export interface MixOptions {
  readonly clean: AsyncIterable<string>
  readonly spun: Iterable<string>
  /** Share of spun documents, 0 to 1. */
  readonly share: number
  /** UTF-8 bytes of text in all; the last document goes beyond. */
  readonly bytes: number
}

/** Ends early where the clean documents do. */
export async function* mixed({ clean, spun, share, bytes }: MixOptions): AsyncGenerator<string> {
  const other = spun[Symbol.iterator]()
  let [made, count, replaced] = [0, 0, 0]
  for await (const document of clean) {
    while (made < bytes && replaced < share * (count + 1)) {
      const { value, done } = other.next()
      if (done === true) break
      replaced += 1
      count += 1
      made += Buffer.byteLength(value)
      yield value
    }
    if (made >= bytes) return
    if (share >= 1) continue
    count += 1
    made += Buffer.byteLength(document)
    yield document
    if (made >= bytes) return
  }
}

/** Documents of the texts' sentences, without end. */
export function* endless(texts: readonly string[], seed: number): Generator<string> {
  for (let next = seed; ; next++) yield* proseDocuments(texts, PORTION_BYTES, next)
}

/** As many as there are in the folder, a few of each file in turn. @throws Error where there is no such file */
export async function* corpusDocuments(folder: string): AsyncGenerator<string> {
  const names = readdirSync(folder)
    .filter((name) => READ.test(name))
    .sort()
  if (names.length === 0)
    throw new Error(`${folder}: no .txt, .txt.gz or .txt.xz in it\n  fix: name a folder of plain text`)
  const files = names.map((name) => documentsOf(join(folder, name)))
  const left = new Set(files)
  try {
    while (left.size > 0) {
      for (const file of left) {
        for (let taken = 0; taken < TURN; taken++) {
          const { value, done } = await file.next()
          if (done === true) {
            left.delete(file)
            break
          }
          yield value
        }
      }
    }
  } finally {
    for (const file of files) await file.return(undefined)
  }
}

async function* documentsOf(path: string): AsyncGenerator<string, undefined> {
  let text = ''
  // Opened here, at the first turn: lines that come before somebody asks for them are lost.
  const input = opened(path)
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') continue
      text += text === '' ? line : `\n\n${line}`
      if (text.length < DOCUMENT_UNITS) continue
      yield text
      text = ''
    }
    if (text !== '') yield text
    return undefined
  } finally {
    input.destroy()
  }
}

function opened(path: string): Readable {
  if (path.endsWith('.gz')) return createReadStream(path).pipe(createGunzip())
  if (!path.endsWith('.xz')) return createReadStream(path)
  // It ends with its reader.
  const { stdout } = spawn('xz', ['-dc', path], { stdio: ['ignore', 'pipe', 'inherit'] })
  return stdout
}
