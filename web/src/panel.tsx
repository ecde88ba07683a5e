/** The place one is at: what stands there, alternatives, reasons, and everything that can be done about it. */

import type { FindingView } from '../../src/review/api-types.ts'
import type { App } from './app-state.ts'
import { CommandButton } from './command-button.tsx'
import { currentView, KEEPS_FOCUS, pick } from './commands.ts'
import { KeyMark } from './key-mark.tsx'
import { Remark } from './remark.tsx'
import { Retype } from './retype.tsx'
import {
  alternative,
  decisionWords,
  EVIDENCE_WORDS,
  kindWords,
  levelOf,
  levelWords,
  percent,
  sourceWords,
} from './words.ts'

export const PANEL_ID = 'panel'

export function Panel({ app }: { readonly app: App }) {
  const view = currentView(app)
  const opened = app.document.opened.value
  const order = opened.state === 'open' ? opened.order : []
  return (
    <aside class="panel" id={PANEL_ID} aria-labelledby="panel-title" {...{ [KEEPS_FOCUS]: '' }}>
      <div class="panel-head">
        <h2 id="panel-title">
          {view === undefined ? 'Places' : `Place ${order.indexOf(view.finding) + 1} of ${order.length}`}
        </h2>
        {view !== undefined && <q class={`found wording ${levelOf(view.confidence)}`}>{view.surface}</q>}
      </div>
      {view === undefined ? (
        <p>Nothing in this document is marked.</p>
      ) : (
        <>
          <Standing view={view} />
          {/* Before the alternatives, of which there may be one or ten: so the buttons stay where they are. */}
          <fieldset class="buttons" aria-label="Decide">
            <CommandButton
              app={app}
              command="accept"
              label="Accept"
              kind="main"
              disabled={view.suggestions.length === 0}
            />
            <CommandButton app={app} command="reject" label="Reject" />
            <CommandButton app={app} command="retype" label="Retype" />
            <CommandButton app={app} command="acceptAll" label="All like this" />
            <CommandButton app={app} command="undo" label="Undo" />
            <CommandButton app={app} command="remark" label="Remark" />
          </fieldset>
          <fieldset class="buttons" aria-label="Move">
            <CommandButton app={app} command="previous" label="Previous" />
            <CommandButton app={app} command="next" label="Next" />
          </fieldset>
          {app.field.value === 'retype' && <Retype app={app} view={view} key={view.finding} />}
          {app.field.value === 'remark' && view.decision !== null && (
            <Remark app={app} view={view} decision={view.decision} key={view.finding} />
          )}
          <Alternatives app={app} view={view} />
          <Reasons view={view} />
          <Others view={view} />
        </>
      )}
    </aside>
  )
}

/** Risk and decision in a line. */
function Standing({ view }: { readonly view: FindingView }) {
  const { confidence, decision } = view
  return (
    <p class="facts">
      {levelWords(confidence)}, <b>{percent(confidence)}</b> ·{' '}
      <span id="decision">
        {decisionWords(decision)}
        {decision?.carried && ' (carried over from an earlier version of the text)'}
        {decision !== null && decision.scope !== 'place' && ` (with all like it: ${decision.scope})`}
        {decision !== null && decision.why !== null && ` – ${decision.why}`}
      </span>
    </p>
  )
}

function Alternatives({ app, view }: { readonly app: App; readonly view: FindingView }) {
  const { suggestions, decision } = view
  if (suggestions.length === 0) return <p>No alternative is known: retype it, or reject.</p>
  return (
    <ol class="alternatives" aria-label="Alternatives">
      {suggestions.map(({ text, probability }, i) => (
        <li key={text}>
          <button
            type="button"
            class="alternative"
            data-pick={i + 1}
            aria-pressed={decision?.action === 'accept' && decision.text === text}
            onClick={() => pick(app, i + 1)}
          >
            {/* Ten alternatives, nine digits: the last one has a button only. */}
            <KeyMark>{i < 9 && i + 1}</KeyMark>
            <span class="alternative-text">{alternative(text)}</span>
            <span class="share">{percent(probability)}</span>
            <meter aria-hidden="true" min={0} max={1} value={probability} />
          </button>
        </li>
      ))}
    </ol>
  )
}

function Reasons({ view }: { readonly view: FindingView }) {
  return (
    <>
      <h3>Why it is marked</h3>
      <p>
        {kindWords(view.kind)}, known from {sourceWords(view.source)}
        {view.inQuotation && '; inside a quotation'}
      </p>
      <ul class="reasons">
        {view.evidence.map(({ kind, text }) => (
          <li key={kind + text}>
            <b>{EVIDENCE_WORDS.get(kind) ?? kind}:</b> {text}
          </li>
        ))}
      </ul>
    </>
  )
}

function Others({ view }: { readonly view: FindingView }) {
  if (view.others.length === 0) return null
  return (
    <>
      <h3>Other reviewers</h3>
      <ul>
        {view.others.map((one) => (
          <li key={one.reviewer}>
            {one.reviewer}: {decisionWords(one)}
            {one.why !== null && ` – ${one.why}`}
          </li>
        ))}
      </ul>
    </>
  )
}
