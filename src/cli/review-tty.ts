/**
 * The review in a terminal: finding by finding, the same decisions as on the page.
 *
 * In: a review and somebody to ask. Out: decisions in the store, each written before the next question.
 * Everything that comes from a document passes `visible`, so that no text steers the terminal. Questions
 * go through `Prompts`, which tests answer by a list.
 */
import { isatty } from 'node:tty'
import type { DecisionAction, DocumentSummary, FindingView } from '../review/api-types.ts'
import type { ListQuery } from '../review/list.ts'
import type { Store } from '../review/store.ts'
import { visible } from '../write/visible.ts'
import { RunError } from './exit-codes.ts'
import type { World } from './world.ts'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

/** Asks; undefined means that the person wants to stop. */
export interface Prompts {
  select(message: string, choices: readonly Choice[]): Promise<string | undefined>
  text(message: string, initial: string): Promise<string | undefined>
  confirm(message: string): Promise<boolean | undefined>
}

const CONTEXT_UNITS = 160
const SHOWN_SUGGESTIONS = 6
const PAGE = 200

const UNDECIDED: ListQuery = {
  offset: 0,
  limit: PAGE,
  sort: 'name',
  minConfidence: undefined,
  maxConfidence: undefined,
  kind: [],
  source: [],
  dialect: [],
  phrase: undefined,
  undecided: true,
  search: undefined,
}

type Next = 'go on' | 'stop'

/** Asks for every finding that `reviewer` has not decided, document by document. */
export async function reviewInTerminal(
  store: Store,
  reviewer: string,
  world: Pick<World, 'stdout' | 'signal'>,
  prompts?: Prompts,
): Promise<void> {
  if (prompts === undefined && !(isatty(0) && isatty(1)))
    throw new RunError('--tty needs a terminal', 'run it in one, or leave --tty out for the page')
  const ask = prompts ?? (await clackPrompts())
  /** Left for later, until the program ends. */
  const skipped = new Set<number>()
  for (let offset = 0; ; ) {
    const { documents } = store.list(reviewer, { ...UNDECIDED, offset })
    if (documents.length === 0) break
    let left = 0
    for (const document of documents) {
      if ((await reviewDocument(store, reviewer, document, skipped, ask, world)) === 'stop')
        return closing(store, reviewer, world)
      if (store.findings(reviewer, document.n).some(({ decision }) => decision === null)) left += 1
    }
    // Documents with findings left for later are still on the list.
    offset += left
  }
  return closing(store, reviewer, world)
}

async function closing(store: Store, reviewer: string, { stdout }: Pick<World, 'stdout'>): Promise<void> {
  const { decided, findings, documentsDone, documents } = store.progress(reviewer)
  await stdout.write(
    `${decided} of ${findings} findings decided, ${documentsDone} of ${documents} documents done\n`,
  )
}

async function reviewDocument(
  store: Store,
  reviewer: string,
  document: DocumentSummary,
  skipped: Set<number>,
  ask: Prompts,
  { stdout, signal }: Pick<World, 'stdout' | 'signal'>,
): Promise<Next> {
  const text = store.document(document.n)?.text ?? ''
  await stdout.write(`\n${visible(document.name)}: ${document.findings - document.decided} open\n`)
  for (;;) {
    const found = store
      .findings(reviewer, document.n)
      .find(({ decision, finding }) => decision === null && !skipped.has(finding))
    if (found === undefined) return 'go on'
    if (signal.aborted) return 'stop'
    await stdout.write(`\n${excerpt(text, found)}\n  ${visible(found.evidence[0]?.text ?? '')}\n`)
    if ((await decideOne(store, reviewer, found, skipped, ask)) === 'stop') return 'stop'
  }
}

async function decideOne(
  store: Store,
  reviewer: string,
  found: FindingView,
  skipped: Set<number>,
  ask: Prompts,
): Promise<Next> {
  const { finding, surface, suggestions } = found
  const choice = await ask.select(`${visible(surface)} (${found.confidence.toFixed(2)})`, [
    ...suggestions.slice(0, SHOWN_SUGGESTIONS).map(({ text, probability }, i) => ({
      value: `accept ${i}`,
      label: text === '' ? '(delete)' : visible(text),
      hint: probability.toFixed(2),
    })),
    { value: 'reject', label: 'leave it as it is' },
    { value: 'retype', label: 'type another text' },
    { value: 'reject all', label: 'leave all like this' },
    ...(suggestions.length > 0 ? [{ value: 'accept all', label: 'first suggestion for all like this' }] : []),
    { value: 'skip', label: 'later' },
    { value: 'undo', label: 'undo the last decision' },
    { value: 'stop', label: 'stop' },
  ])
  if (choice === undefined || choice === 'stop') return 'stop'
  const [action = '', what = ''] = choice.split(' ')
  if (action === 'skip') skipped.add(finding)
  else if (action === 'undo') {
    for (const one of store.undo(reviewer).findings) skipped.delete(one)
  } else if (action === 'retype') {
    const typed = await ask.text('what stood there', surface)
    if (typed !== undefined) store.decide(reviewer, { finding, action: 'retype', text: typed })
  } else if (what === 'all') await decideAlike(store, reviewer, found, action as DecisionAction, ask)
  else if (action === 'reject') store.decide(reviewer, { finding, action: 'reject' })
  else {
    const text = suggestions[Number(what)]?.text
    if (text !== undefined) store.decide(reviewer, { finding, action: 'accept', text })
  }
  return 'go on'
}

async function decideAlike(
  store: Store,
  reviewer: string,
  { finding }: FindingView,
  action: DecisionAction,
  ask: Prompts,
): Promise<void> {
  const request = { finding, action, scope: 'run' } as const
  const { count, documents } = store.previewAll(reviewer, request)
  const places = count === 1 ? '1 place' : `${count} places`
  const sure = await ask.confirm(`${places} in ${documents === 1 ? '1 document' : `${documents} documents`}?`)
  if (sure === true) store.decideAll(reviewer, { ...request, expect: count })
}

function excerpt(text: string, { start, end, surface }: FindingView): string {
  const before = text.slice(Math.max(0, start - CONTEXT_UNITS), start)
  const after = text.slice(end, end + CONTEXT_UNITS)
  return `  … ${visible(before.trimStart())}[${visible(surface)}]${visible(after.trimEnd())} …`
}

async function clackPrompts(): Promise<Prompts> {
  const clack = await import('@clack/prompts')
  const answered = <T>(value: T): Exclude<T, symbol> | undefined =>
    // What is no cancellation is no symbol: clack has no other.
    clack.isCancel(value) ? undefined : (value as Exclude<T, symbol>)
  return {
    async select(message, choices) {
      return answered(await clack.select({ message, options: choices.map((choice) => ({ ...choice })) }))
    },
    async text(message, initial) {
      return answered(await clack.text({ message, initialValue: initial }))
    },
    async confirm(message) {
      return answered(await clack.confirm({ message }))
    },
  }
}
