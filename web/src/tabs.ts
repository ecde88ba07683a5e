/**
 * Several tabs on one review: each tells the others when it has decided something, and looks again
 * itself when one comes back to it (other browsers cannot tell it).
 */
export interface Tabs {
  tell(): void
  /** `refresh` is called when things may have changed elsewhere. */
  listen(refresh: () => void): void
}

export function connectTabs(review: string): Tabs {
  const channel =
    typeof BroadcastChannel === 'function' ? new BroadcastChannel(`unspin-${review}`) : undefined
  return {
    tell: () => channel?.postMessage('decided'),
    listen(refresh) {
      channel?.addEventListener('message', refresh)
      addEventListener('focus', refresh)
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') refresh()
      })
    },
  }
}
