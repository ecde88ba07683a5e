/**
 * The same decision for all places like the current one. It shows how many and which before anything
 * happens, and does nothing if that is no longer true.
 */
import { useEffect, useState } from 'preact/hooks'
import type { AllRequest, DecisionAction, FindingView, PreviewAnswer } from '../../src/review/api-types.ts'
import { AllPreview } from './all-preview.tsx'
import { type Failure, postPreview } from './api.ts'
import type { App } from './app-state.ts'
import { currentView, goOn } from './commands.ts'
import { Dialog } from './dialog.tsx'
import { FailureBox } from './failure-box.tsx'
import { acceptWords, count } from './words.ts'

type Scope = AllRequest['scope']

const SCOPES: readonly { readonly value: Scope; readonly label: string }[] = [
  { value: 'document', label: 'in this document' },
  { value: 'run', label: 'in all documents of this review' },
  { value: 'always', label: 'always: also in what is scanned later' },
]

interface Wish {
  readonly action: DecisionAction
  readonly text?: string
}

export function AllDialog({ app }: { readonly app: App }) {
  // The one it was opened for, whatever is loaded meanwhile.
  const [view] = useState(() => currentView(app))
  if (view === undefined) return null
  return (
    <Dialog app={app} title={`All places like “${view.surface}”`}>
      <AllForm app={app} view={view} />
    </Dialog>
  )
}

function AllForm({ app, view }: { readonly app: App; readonly view: FindingView }) {
  const wishes = wishesFor(view)
  const [chosen, setChosen] = useState(() => startWith(view, wishes))
  const [scope, setScope] = useState<Scope>('document')
  const [preview, setPreview] = useState<PreviewAnswer | undefined>(undefined)
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const [turn, setTurn] = useState(0)
  const wish = wishes[chosen]?.wish ?? { action: 'reject' }
  const request: AllRequest = { finding: view.finding, scope, ...wish }
  useEffect(() => {
    let isLate = false
    setPreview(undefined)
    void postPreview(request).then((result) => {
      if (isLate) return
      if (result.ok) setPreview(result.value)
      else setFailure(result.failure)
    })
    return () => {
      isLate = true
    }
  }, [chosen, scope, turn])
  const apply = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (preview === undefined || isBusy) return
    setBusy(true)
    const result = await app.decisions.decideAll({ ...request, expect: preview.count })
    setBusy(false)
    if (!result.ok) {
      setFailure(result.failure)
      setTurn(turn + 1)
      return
    }
    app.dialog.value = undefined
    app.say(`${count(result.value, 'place')} decided together; u takes all of them back.`)
    goOn(app, 'place')
  }
  return (
    <form onSubmit={(event) => void apply(event)}>
      <label>
        Decision
        <select
          id="all-decision"
          value={chosen}
          onChange={(event) => {
            setFailure(undefined)
            setChosen(Number(event.currentTarget.value))
          }}
        >
          {wishes.map(({ label }, i) => (
            <option key={label} value={i}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>Where</legend>
        {SCOPES.map(({ value, label }) => (
          <label key={value} class="check">
            <input
              type="radio"
              name="scope"
              value={value}
              checked={scope === value}
              onChange={() => {
                setFailure(undefined)
                setScope(value)
              }}
            />{' '}
            {label}
          </label>
        ))}
      </fieldset>
      {failure && <FailureBox failure={failure} again={() => setTurn(turn + 1)} />}
      <AllPreview preview={preview} />
      <button type="submit" class="button main" id="all-apply" disabled={preview === undefined || isBusy}>
        {preview === undefined ? 'Counting…' : `Decide ${count(preview.count, 'place')}`}
      </button>
    </form>
  )
}

interface Choice {
  readonly label: string
  readonly wish: Wish
}

/** Every alternative, what the reviewer typed here if so, and to leave the wording. */
function wishesFor({ suggestions, surface, decision }: FindingView): Choice[] {
  const typed = decision?.action === 'retype' ? (decision.text ?? '') : undefined
  return [
    ...(typed === undefined
      ? []
      : [
          {
            label: typed === '' ? 'retype: delete the wording' : `retype as “${typed}”`,
            wish: { action: 'retype', text: typed } as const,
          },
        ]),
    ...suggestions.map(({ text }) => ({
      label: acceptWords(text),
      wish: { action: 'accept', text } as const,
    })),
    { label: `reject: keep “${surface}”`, wish: { action: 'reject' } },
  ]
}

/** What was decided here already, else the first. */
function startWith({ decision }: FindingView, wishes: readonly Choice[]): number {
  const same = wishes.findIndex(
    ({ wish }) => wish.action === decision?.action && (wish.text ?? null) === decision.text,
  )
  return Math.max(0, same)
}
