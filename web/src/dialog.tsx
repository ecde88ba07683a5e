/**
 * A modal dialog of the browser's own: it holds the focus, closes with Esc and gives the focus back.
 * The one that is open stands in the state; drawing it opens it.
 */

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { App } from './app-state.ts'
import { KeyMark } from './key-mark.tsx'

export function Dialog(props: {
  readonly app: App
  readonly title: string
  readonly children: ComponentChildren
}) {
  const { app, title, children } = props
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    element.current?.showModal()
    // To what one came for; the way out is Esc.
    element.current?.querySelector<HTMLElement>('form select, form input')?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  const close = (): void => {
    app.dialog.value = undefined
  }
  return (
    <dialog ref={element} aria-labelledby="dialog-title" onClose={close}>
      <div class="dialog-head">
        <h2 id="dialog-title">{title}</h2>
        <button type="button" class="button" onClick={() => element.current?.close()}>
          Close <KeyMark>Esc</KeyMark>
        </button>
      </div>
      {children}
    </dialog>
  )
}
