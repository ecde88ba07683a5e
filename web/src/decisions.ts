/**
 * Deciding, and taking back. A decision shows at once and is saved behind the scenes; what the server
 * then answers stands. Undo goes back through this tab's own decisions, the last one first, so that two
 * tabs do not undo each other's work; with none of its own left, it takes the reviewer's latest.
 */
import type {
  AllRequest,
  DecisionAction,
  DecisionRequest,
  FindingView,
  UndoAnswer,
  UndoRequest,
} from '../../src/review/api-types.ts'
import { type Failure, postAll, postDecision, postUndo, type Result } from './api.ts'
import type { App } from './app-state.ts'
import { alternative } from './words.ts'

/** Decisions that can be undone one by one in this tab. */
const MOST_REMEMBERED = 1000

export interface Decisions {
  decide(view: FindingView, wish: Omit<DecisionRequest, 'finding'>): void
  /** Resolves with the number of places decided, or why not. */
  decideAll(request: AllRequest): Promise<Result<number>>
  undo(): void
}

type Needs = Pick<App, 'session' | 'progress' | 'saves' | 'document' | 'say' | 'notice' | 'tell' | 'open'>

export function createDecisions(app: Needs): Decisions {
  const own: string[] = []
  /** Decisions on their way, by finding: an older answer must not be drawn over a newer wish. */
  const pending = new Map<number, number>()
  const remember = (id: string | undefined): void => {
    if (id === undefined) return
    own.push(id)
    if (own.length > MOST_REMEMBERED) own.shift()
  }
  const settled = (finding: number): boolean => {
    const left = (pending.get(finding) ?? 1) - 1
    if (left > 0) pending.set(finding, left)
    else pending.delete(finding)
    return left <= 0
  }
  const refused = (failure: Failure): void => {
    app.notice.value = failure
    void app.document.reload()
  }

  return {
    decide(view, { action, text, why = '' }) {
      const { finding } = view
      const taken = action === 'reject' ? null : (text ?? view.suggestions[0]?.text ?? '')
      pending.set(finding, (pending.get(finding) ?? 0) + 1)
      app.document.put({
        ...view,
        decision: {
          id: '',
          reviewer: app.session.value.reviewer,
          at: new Date().toISOString(),
          action,
          text: taken,
          why: why === '' ? null : why,
          scope: 'place',
          batch: null,
          carried: false,
        },
      })
      app.saves.add({
        send: () =>
          postDecision({
            finding,
            action,
            ...(taken !== null && { text: taken }),
            ...(why !== '' && { why }),
          }),
        done(answer) {
          remember(answer.finding.decision?.id)
          if (settled(finding)) app.document.put(answer.finding)
          app.progress.value = answer.progress
          app.tell()
        },
        refused(failure) {
          settled(finding)
          refused(failure)
        },
      })
      app.say(doneWords(view, action, taken))
    },

    decideAll: (request) =>
      new Promise((resolve) => {
        app.saves.add({
          send: async () => {
            const result = await postAll(request)
            // Not tried again behind a dialog: one looks at the preview once more.
            return result.ok || result.failure.kind === 'final'
              ? result
              : { ok: false, failure: { ...result.failure, kind: 'final' } }
          },
          done(answer) {
            remember(answer.decision ?? undefined)
            for (const view of answer.findings) app.document.put(view)
            app.progress.value = answer.progress
            app.tell()
            resolve({ ok: true, value: answer.applied })
          },
          refused: (failure) => resolve({ ok: false, failure }),
        })
      }),

    undo() {
      app.saves.add({
        send: () => undoLast(own),
        done(answer) {
          app.progress.value = answer.progress
          const [first] = answer.findings
          if (answer.undone.length === 0 || first === undefined) {
            app.say('There is nothing to undo.')
            return
          }
          for (const view of answer.findings) app.document.put(view)
          app.tell()
          const opened = app.document.opened.value
          const n = opened.state === 'none' ? undefined : opened.n
          const here = answer.findings.find(({ document }) => document === n)
          if (here === undefined) app.open(first.document, first.finding)
          else app.document.go(here.finding, 'place')
          // A batch may concern more places than came back.
          if (answer.undone.length > 1) void app.document.reload()
          app.say(
            answer.undone.length === 1
              ? `Undone: “${first.surface}”.`
              : `Undone: ${answer.undone.length} decisions.`,
          )
        },
        refused,
      })
    },
  }
}

/** Ids that are no longer in force (another tab undid them) are passed over. */
async function undoLast(own: string[]): Promise<Result<UndoAnswer>> {
  for (;;) {
    const decision = own.at(-1)
    const request: UndoRequest = decision === undefined ? {} : { decision }
    const result = await postUndo(request)
    if (!result.ok && result.failure.kind === 'passing') return result
    own.pop()
    if (decision === undefined || (result.ok && result.value.undone.length > 0)) return result
  }
}

function doneWords(view: FindingView, action: DecisionAction, text: string | null): string {
  switch (action) {
    case 'accept':
      return `Accepted: ${alternative(text ?? '')}.`
    case 'reject':
      return `Kept: ${view.surface}.`
    case 'retype':
      return `Retyped: ${alternative(text ?? '')}.`
  }
}
