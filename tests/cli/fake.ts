/**
 * A World in memory with a made-up library, so that the commands are tested without models: every
 * "gadget" is spun, its original is "machine", and a NUL makes an input binary.
 */
import type { Api } from '../../src/cli/api.ts'
import { run } from '../../src/cli/program.ts'
import type { Sink, World } from '../../src/cli/world.ts'
import * as unspin from '../../src/index.ts'
import { CLEAN, documentOf, findingOf, SPUN } from '../write/analysis.ts'

const decoded = (input: string | Uint8Array): string =>
  typeof input === 'string' ? input : new TextDecoder().decode(input)

const allows = (allow: unspin.AnalyzeOptions['allow']): boolean =>
  allow !== undefined && ('byFirst' in allow ? allow.byFirst.has('gadget') : allow.has('gadget'))

const analyze: Api['analyze'] = (_, input, options = {}) => {
  const text = decoded(input)
  const problems = text.includes('\u0000')
    ? [{ kind: 'binary' as const, message: 'holds NUL bytes', fix: 'pass text' }]
    : []
  const findings = [...text.matchAll(/gadget/g)]
    .map(({ index }) => ({ ...findingOf(text, 'gadget'), span: { start: index, end: index + 6 } }))
    .filter(({ confidence }) => confidence >= (options.minConfidence ?? 0.5) && !allows(options.allow))
  return {
    document: documentOf(text, options.id, problems),
    findings,
    verdict: findings.length > 0 ? SPUN : CLEAN,
    words: text.split(/\s+/).filter((word) => word !== '').length,
    problems,
  }
}

/** Counts loads, so that a test can see that nothing was loaded in vain. */
export interface FakeApi extends Api {
  loads: number
}

export function fakeApi(): FakeApi {
  const api: FakeApi = {
    ...unspin,
    loads: 0,
    async load() {
      api.loads += 1
      // Opaque to the commands: they only hand it back.
      return {} as unspin.Engine
    },
    analyze,
    restore(engine, input, options = {}) {
      const analysis = analyze(engine, input, options)
      const applied = analysis.findings
        .filter(({ confidence }) => confidence >= (options.applyAbove ?? 0.8))
        .map(({ span, surface, confidence }) => ({
          span,
          surface,
          text: 'machine',
          probability: 0.7,
          confidence,
        }))
      const text =
        applied.length > 0 ? analysis.document.text.replaceAll('gadget', 'machine') : analysis.document.text
      return { analysis, text, applied }
    },
    explain: (_, input, { at, stage }) => ({ text: decoded(input).slice(0, 20), stage, at }),
  }
  return api
}

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  readonly api: FakeApi
}

export interface Setting {
  readonly cwd?: string
  readonly stdin?: readonly (string | Uint8Array)[]
  /** Writes after which the reader of standard output goes away. */
  readonly readerLeavesAfter?: number
  readonly colourTerminal?: boolean
  readonly signal?: AbortSignal
}

/** Runs a command line in memory. */
export async function unspinRun(args: readonly string[], setting: Setting = {}): Promise<Ran> {
  const api = fakeApi()
  const [stdout, stderr] = [memorySink(setting.readerLeavesAfter), memorySink()]
  const world: World = {
    api,
    cwd: setting.cwd ?? '/nonexistent',
    stdin: chunks(setting.stdin ?? []),
    stdout,
    stderr,
    colourTerminal: setting.colourTerminal ?? false,
    columns: 100,
    signal: setting.signal ?? new AbortController().signal,
  }
  const code = await run(args, '1.2.3', world)
  return { code, stdout: stdout.text(), stderr: stderr.text(), api }
}

async function* chunks(parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part
}

function memorySink(leavesAfter = Number.POSITIVE_INFINITY): Sink & { text(): string } {
  const written: string[] = []
  return {
    get closed() {
      return written.length >= leavesAfter
    },
    async write(text) {
      if (text !== '' && written.length < leavesAfter) written.push(text)
    },
    text: () => written.join(''),
  }
}
