/**
 * Timings to the speed report in Markdown. In: plain numbers (bytes, milliseconds). Out: text; MB are
 * 10⁶ bytes everywhere. What was not there to compare with is said, not left out.
 */
import { decimal, table } from './markdown.ts'

export interface Throughput {
  readonly name: string
  readonly bytes: number
  readonly ms: number
  readonly words: number
  readonly findings: number
  readonly peakBytes: number
  /** Distinct words of the texts it was made from. */
  readonly distinct: number
  /** What the project asks for, MB/s. */
  readonly must: number
}

/** Another program over one of the texts; `ms` is undefined when it is not installed. */
export interface Compared {
  readonly program: string
  readonly text: string
  readonly bytes: number
  readonly ms: number | undefined
}

export interface SpeedFacts {
  readonly date: string
  readonly machine: string
  readonly throughput: readonly Throughput[]
  readonly compared: readonly Compared[]
  /** Medians of fresh processes. */
  readonly loadMs: number
  readonly loadedBytes: number
  readonly coldStartMs: number
  readonly runs: number
  readonly modelFiles: readonly { readonly name: string; readonly bytes: number }[]
}

const MB = 1e6

/** MB/s. */
export const rate = ({ bytes, ms }: { readonly bytes: number; readonly ms: number }): number =>
  bytes / MB / (ms / 1000)

export function speedReport(facts: SpeedFacts): string {
  const { throughput, compared } = facts
  const models = facts.modelFiles.reduce((sum, { bytes }) => sum + bytes, 0)
  const peak = Math.max(0, ...throughput.map(({ peakBytes }) => peakBytes))
  const programs = [...new Set(compared.map(({ program }) => program))]
  const absent = programs.filter((program) =>
    compared.every((each) => each.program !== program || each.ms === undefined),
  )
  const present = programs.filter((program) => !absent.includes(program))
  const beside = (text: string, program: string): number | undefined => {
    const found = compared.find((each) => each.text === text && each.program === program)
    return found?.ms === undefined ? undefined : rate({ bytes: found.bytes, ms: found.ms })
  }
  return [
    `# Speed, ${facts.date}\n`,
    `${facts.machine}\n`,
    '## Reading, one thread\n',
    'Analysis with default settings in a fresh process, model load not counted. Other programs ran over the same text in the same run, process start counted; a ratio is our MB/s to theirs.\n',
    table(
      [
        'text',
        'MB:',
        'distinct words:',
        'findings per 1,000 words:',
        'MB/s:',
        'must:',
        ...present.flatMap((name) => [`${name} MB/s:`, 'ratio:']),
      ],
      throughput.map((each) => [
        each.name,
        decimal(each.bytes / MB),
        each.distinct,
        decimal(each.words === 0 ? undefined : (1000 * each.findings) / each.words),
        decimal(rate(each), 3),
        `≥ ${each.must}`,
        ...present.flatMap((program) => {
          const other = beside(each.name, program)
          return [decimal(other, 1), other === undefined ? '–' : (rate(each) / other).toPrecision(2)]
        }),
      ]),
    ),
    ...(absent.length === 0 ? [] : [`Not installed, so not compared: ${absent.join(', ')}.\n`]),
    '## Start and size\n',
    table(
      ['what', 'measured:', 'must:'],
      [
        [`model load, median of ${facts.runs} fresh processes`, `${decimal(facts.loadMs, 0)} ms`, '≤ 300 ms'],
        [
          `\`unspin scan samples/spun-news.txt\`, median of ${facts.runs} cold starts`,
          `${decimal(facts.coldStartMs, 0)} ms`,
          '–',
        ],
        ['resident after load', `${decimal(facts.loadedBytes / MB, 0)} MB`, '–'],
        ['most resident while reading', `${decimal(peak / MB, 0)} MB`, '≤ 350 MB'],
        ['all of models/', `${decimal(models / MB, 1)} MB`, '≤ 45 MB'],
        ...facts.modelFiles.map(({ name, bytes }) => [`– ${name}`, `${decimal(bytes / MB, 1)} MB`, '']),
      ],
    ),
  ].join('\n')
}
