/** The key that does the same as a button, beside its label. Not read out: it would be part of the name. */
import type { ComponentChildren } from 'preact'

export function KeyMark({ children }: { readonly children: ComponentChildren }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a kbd element takes no focus
  return <kbd aria-hidden="true">{children}</kbd>
}
