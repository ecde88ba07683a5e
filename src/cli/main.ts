#!/usr/bin/env node
/**
 * The program: fills a World from the process, runs the command line, sets the exit code. The only
 * file that touches `process`.
 *
 * The first interrupt asks the command to stop between two documents; a second one ends it at once.
 */
import { readFileSync } from 'node:fs'
import * as unspin from '../index.ts'
import { EXIT } from './exit-codes.ts'
import { run } from './program.ts'
import { sink, type World } from './world.ts'

const DEFAULT_COLUMNS = 100

const interrupt = new AbortController()
const stop = (): void => {
  if (interrupt.signal.aborted) process.exit(EXIT.interrupted)
  interrupt.abort()
  // Waiting for standard input would outlast the wish to stop.
  process.stdin.destroy()
  // A stage that runs long would not look at the signal: give it a moment, then leave. A batch run looks,
  // and finishes what it has in hand.
  setTimeout(
    () => process.exit(EXIT.interrupted),
    ['batch', 'worker'].includes(process.argv[2] ?? '') ? 60_000 : 2000,
  ).unref()
}
process.on('SIGINT', stop)
// How schedulers ask a process to end.
process.on('SIGTERM', stop)

const world: World = {
  api: unspin,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: sink(process.stdout),
  stderr: sink(process.stderr),
  colourTerminal:
    process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb',
  columns: process.stdout.columns ?? DEFAULT_COLUMNS,
  ...(process.stderr.isTTY === true && { progressColumns: process.stderr.columns ?? DEFAULT_COLUMNS }),
  signal: interrupt.signal,
}

try {
  process.exitCode = await run(process.argv.slice(2), packageVersion(), world)
} catch (error) {
  const fact = error instanceof Error ? (error.stack ?? error.message) : String(error)
  await world.stderr.write(`unspin: this is a bug, please report it:\n${fact}\n`)
  process.exitCode = EXIT.failed
}
// An unread pipe on standard input would keep the process alive.
process.stdin.destroy()

function packageVersion(): string {
  const read: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const known = typeof read === 'object' && read !== null && 'version' in read ? read.version : undefined
  return typeof known === 'string' ? known : 'unknown'
}
