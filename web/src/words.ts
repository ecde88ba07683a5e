/**
 * How numbers and names are put into words. The tone is that of a risk marker: places are "likely
 * replaced", nobody is accused of anything.
 */
import type { DecisionView, DocumentSummary, FindingKind, FindingView } from '../../src/review/api-types.ts'

export type Level = 'high' | 'medium' | 'low'

/** Least confidence of the levels. */
const HIGH = 0.8
const MEDIUM = 0.5

export const levelOf = (confidence: number): Level =>
  confidence >= HIGH ? 'high' : confidence >= MEDIUM ? 'medium' : 'low'

export const LEVELS: readonly { readonly level: Level; readonly words: string; readonly range: string }[] = [
  { level: 'high', words: 'likely replaced', range: '80 % and more' },
  { level: 'medium', words: 'perhaps replaced', range: '50 to 79 %' },
  { level: 'low', words: 'a hint only', range: 'below 50 %' },
]

export const levelWords = (confidence: number): string =>
  LEVELS.find(({ level }) => level === levelOf(confidence))?.words ?? ''

/** Rounded down, so that "80" never stands at what is a little less; the slip of the decimals is allowed for. */
export const hundredths = (share: number): number => Math.floor(share * 100 + 1e-9)

export const percent = (share: number): string =>
  share > 0 && share < 0.01 ? '< 1 %' : `${hundredths(share)} %`

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

const VERDICTS = { clean: 'reads clean', doubtful: 'doubtful', spun: 'likely spun' } as const

export const verdictWords = (verdict: DocumentSummary['verdict']): string =>
  verdict === null ? 'not judged' : VERDICTS[verdict.label]

export const KIND_WORDS: Readonly<Record<FindingKind, string>> = {
  word: 'a word',
  phrase: 'a phrase',
  name: 'a name',
  number: 'a number',
  insertion: 'an insertion',
  markup: 'markup',
}

export const kindWords = (kind: string): string => KIND_WORDS[kind as FindingKind] ?? kind

/** Where the knowledge comes from, as a person would say it. */
export function sourceWords(source: string): string {
  const [head = '', ...rest] = source.split('/')
  const tail = rest.join('/').replaceAll('-', ' ')
  switch (head) {
    case 'habits':
      return `habit list: ${tail}`
    case 'phrases':
      return `phrase list: ${tail}`
    case 'thesaurus':
      return `thesaurus: ${tail}`
    case 'context':
      return 'context'
    case 'form':
      return 'form of the word'
    case 'document':
      return 'the document as a whole'
    default:
      return source
  }
}

export const EVIDENCE_WORDS: ReadonlyMap<string, string> = new Map([
  ['entry', 'Word list'],
  ['thesaurus', 'Thesaurus'],
  ['context', 'Context'],
  ['document', 'Document'],
  ['form', 'Form'],
])

/** An alternative as it is shown: the empty one deletes. */
export const alternative = (text: string): string => (text === '' ? '(delete)' : text)

/** The same in a sentence. */
export const acceptWords = (text: string): string =>
  text === '' ? 'accept: delete the wording' : `accept “${text}”`

export function decisionWords(decision: Pick<DecisionView, 'action' | 'text'> | null): string {
  if (decision === null) return 'open'
  switch (decision.action) {
    case 'accept':
      return `accepted: ${alternative(decision.text ?? '')}`
    case 'reject':
      return 'kept as it is'
    case 'retype':
      return `retyped: ${alternative(decision.text ?? '')}`
  }
}

/** What stands at the place once the decision, or the first proposal while it is open, is followed; null: the wording. */
export function proposedText({ decision, suggestions }: FindingView): string | null {
  if (decision !== null) return decision.text
  return suggestions[0]?.text ?? null
}

/** A place for those who hear it. */
export const placeWords = (view: FindingView): string => `${view.surface} (${aboutPlace(view)})`

/** What is said after the wording. */
export const aboutPlace = ({ confidence, decision }: FindingView): string =>
  `${levelWords(confidence)}, ${percent(confidence)}, ${decisionWords(decision)}`
