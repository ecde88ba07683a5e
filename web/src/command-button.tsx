/** A button that does what a key does, and says which key. */

import type { App } from './app-state.ts'
import { run } from './commands.ts'
import { KeyMark } from './key-mark.tsx'
import { type Command, keyOf, shownKey } from './keys.ts'

export function CommandButton(props: {
  readonly app: App
  readonly command: Command
  readonly label: string
  readonly kind?: 'main'
  /** `aria-pressed`, for what is on or off. */
  readonly pressed?: boolean
  readonly disabled?: boolean
}) {
  const { app, command, label, kind, pressed, disabled } = props
  return (
    <button
      type="button"
      class={kind === 'main' ? 'button main' : 'button'}
      data-command={command}
      aria-keyshortcuts={keyOf(command)}
      onClick={() => run(app, command)}
      {...(pressed !== undefined && { 'aria-pressed': pressed })}
      {...(disabled !== undefined && { disabled })}
    >
      {label} <KeyMark>{shownKey(command)}</KeyMark>
    </button>
  )
}
