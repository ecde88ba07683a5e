/**
 * Results in a further form: SARIF, HTML and what else `scan --format` knows.
 *
 * The lines of the results file stay the record of a run. A further form is made beside them: each
 * document's part where the document is answered (the text is at hand there), kept as a line of JSON
 * while the shard grows, and joined to one file when the shard is done (assemble.ts).
 */
import type { Analysis, Problem } from '../index.ts'
import type { RecordId } from '../write/record.ts'
import { FORMATS, formOf } from '../write/renderer.ts'
import type { Joiner } from '../write/sheet.ts'
import type { ReadRecord, Settings } from './settings.ts'
import type { FurtherForm } from './shapes.ts'

/** What `batch scan --format` takes; `jsonl` is the results file itself. */
export const BATCH_FORMATS: readonly (FurtherForm | 'jsonl')[] = FORMATS.filter((name) => name !== 'pretty')

const PLAIN = { colour: 'none', columns: 80 } as const

/** Behind the name of the input. */
export function formEnding(form: FurtherForm): string {
  switch (form) {
    case 'json':
    case 'sarif':
    case 'rdjsonl':
    case 'diff':
    case 'html':
      return `.${form}`
    case 'checkstyle':
      return '.checkstyle.xml'
    case 'github':
      return '.github.txt'
  }
}

export const joinerOf = (form: FurtherForm, program: string): Joiner => formOf(form, PLAIN).joiner(program)

/** A document's part; undefined where no form is asked for, or where its results line is the part. */
export function partOf(
  { format }: Settings,
  { number, id, name }: ReadRecord,
  analysis: Analysis,
  restored: string | undefined,
): string | undefined {
  if (format === null || format === 'json') return undefined
  return formOf(format, PLAIN).document(
    { id, name: name ?? String(id), analysis, ...(restored !== undefined && { restored }) },
    number,
  )
}

/** The part of a document without an answer. */
export function failedPart(
  { format }: Settings,
  { number, id }: { readonly number: number; readonly id: RecordId },
  problem: Problem,
): string | undefined {
  return format === null || format === 'json' ? undefined : formOf(format, PLAIN).failed(id, problem, number)
}
