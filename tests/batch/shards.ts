/**
 * Shards made on the spot: files in a folder of their own, and what the readers give of them.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import { inputKind } from '../../src/batch/input-kind.ts'
import { type RecordOptions, records } from '../../src/batch/read-records.ts'
import type { BatchRecord, InputFile } from '../../src/batch/shapes.ts'

/** A folder that is gone after the test. */
export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'unspin-shards-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), content)
  }
  return path
}

/** A file of this content; its kind is read from its name. */
export function shard(name: string, content: string | Uint8Array): InputFile {
  const { container = 'document', compression } = inputKind(name)
  return { name, path: join(folder({ [name]: content }), name), container, compression }
}

export const OPTIONS: RecordOptions = { textKey: 'text', idKey: 'id', maxBytes: 1_000_000 }

export async function all(file: InputFile, options: Partial<RecordOptions> = {}): Promise<BatchRecord[]> {
  const out: BatchRecord[] = []
  for await (const record of records(file, { ...OPTIONS, ...options })) out.push(record)
  return out
}

/** [id, text] of what was read, [id, "kind: message"] of what was not. */
export const told = (found: readonly BatchRecord[]): readonly (readonly [string | number, string])[] =>
  found.map((record) =>
    record.state === 'read'
      ? [record.id, Buffer.from(record.content).toString()]
      : [record.id, `${record.problem.kind}: ${record.problem.message}`],
  )

/** Text as gzip, each part a member of its own. */
export const gzipped = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => gzipSync(part)))

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = []
  for await (const item of items) out.push(item)
  return out
}

export const line = (record: unknown): string => `${JSON.stringify(record)}\n`
