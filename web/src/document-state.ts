/**
 * The open document: its text, its findings as they are now, and the place one is at.
 *
 * In: numbers of documents and what the server answers. Out: signals; every finding has its own, so that
 * a decision draws one place anew and not the whole text.
 */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { DocumentAnswer, FindingView } from '../../src/review/api-types.ts'
import { type Failure, getDocument } from './api.ts'
import { type Block, blocksOf } from './blocks.ts'

export type Opened =
  | { readonly state: 'none' }
  | { readonly state: 'loading'; readonly n: number }
  | { readonly state: 'failed'; readonly n: number; readonly failure: Failure }
  | {
      readonly state: 'open'
      readonly n: number
      readonly answer: DocumentAnswer
      readonly blocks: readonly Block[]
      /** Numbers of the findings, by start. */
      readonly order: readonly number[]
    }

/** Where the focus should go after a move: to the place, or it stays (on a button that was pressed). */
export type FocusWish = 'place' | 'stay'

export interface DocumentState {
  readonly opened: ReadonlySignal<Opened>
  /** Number of the finding one is at; undefined where the document has none. */
  readonly current: Signal<number | undefined>
  /** Counts up with every move that asks for the focus. */
  readonly focusWish: Signal<number>
  finding(number: number): ReadonlySignal<FindingView> | undefined
  /** Number of places decided, of those there are. */
  decided(): number
  /** Takes a finding as it is now, if the document is open. */
  put(view: FindingView): void
  /** Loads a document, to stand at `finding` or at its first open place. */
  open(n: number, finding: number | undefined): Promise<void>
  /** Loads the open document again, in place. Gives up where `put` came meanwhile. */
  reload(): Promise<void>
  close(): void
  /** To a place; false where there is none. */
  go(finding: number | undefined, focus: FocusWish): boolean
  /** The place `steps` on in the text. */
  beside(steps: 1 | -1): number | undefined
  /** The next open place after the current one, round about. */
  nextOpen(): number | undefined
}

export function createDocumentState(): DocumentState {
  const opened = signal<Opened>({ state: 'none' })
  const current = signal<number | undefined>(undefined)
  const focusWish = signal(0)
  const findings = new Map<number, Signal<FindingView>>()
  let edits = 0

  const order = (): readonly number[] => (opened.value.state === 'open' ? opened.value.order : [])
  const isOpen = (finding: number): boolean => findings.get(finding)?.value.decision === null

  /** Same findings: only their decisions are new, and the text stays as it is drawn. */
  const take = (answer: DocumentAnswer): void => {
    const before = opened.peek()
    const numbers = answer.findings.map(({ finding }) => finding)
    const isSame =
      before.state === 'open' &&
      before.n === answer.document.n &&
      before.order.join() === numbers.join() &&
      before.answer.document.words === answer.document.words
    const start = findings.get(current.peek() ?? -1)?.peek().start
    batch(() => {
      if (!isSame) findings.clear()
      for (const view of answer.findings) {
        const known = findings.get(view.finding)
        if (known === undefined) findings.set(view.finding, signal(view))
        else known.value = view
      }
      opened.value = {
        state: 'open',
        n: answer.document.n,
        answer,
        blocks: isSame ? before.blocks : blocksOf(answer.segments),
        order: isSame ? before.order : numbers,
      }
      if (before.state === 'open' && !isSame)
        current.value = answer.findings.find((one) => one.start >= (start ?? 0))?.finding ?? numbers.at(-1)
    })
  }

  const state: DocumentState = {
    opened,
    current,
    focusWish,
    finding: (number) => findings.get(number),
    decided: () => order().filter((one) => !isOpen(one)).length,
    put(view) {
      edits += 1
      const known = findings.get(view.finding)
      if (known !== undefined) known.value = view
    },
    async open(n, finding) {
      batch(() => {
        findings.clear()
        current.value = undefined
        opened.value = { state: 'loading', n }
      })
      const result = await getDocument(n)
      const now = opened.peek()
      // Another document was asked for meanwhile.
      if (now.state !== 'loading' || now.n !== n) return
      if (!result.ok) {
        opened.value = { state: 'failed', n, failure: result.failure }
        return
      }
      take(result.value)
      const numbers = order()
      const at =
        finding !== undefined && numbers.includes(finding) ? finding : (numbers.find(isOpen) ?? numbers[0])
      state.go(at, 'place')
    },
    async reload() {
      const before = opened.peek()
      if (before.state !== 'open') return
      const version = edits
      const result = await getDocument(before.n)
      const now = opened.peek()
      if (result.ok && version === edits && now.state === 'open' && now.n === before.n) take(result.value)
    },
    close() {
      batch(() => {
        findings.clear()
        current.value = undefined
        opened.value = { state: 'none' }
      })
    },
    go(finding, focus) {
      if (finding === undefined || !findings.has(finding)) return false
      current.value = finding
      if (focus === 'place') focusWish.value += 1
      return true
    },
    beside(steps) {
      const at = order().indexOf(current.value ?? -1)
      return at === -1 ? order()[0] : order()[at + steps]
    },
    nextOpen() {
      const numbers = order()
      const at = numbers.indexOf(current.value ?? -1)
      return [...numbers.slice(at + 1), ...numbers.slice(0, Math.max(at, 0))].find(isOpen)
    },
  }
  return state
}
