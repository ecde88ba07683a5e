/** Help: all keys from the one table, and the switch for those who must not have single keys. */
import type { App } from './app-state.ts'
import { Dialog } from './dialog.tsx'
import { KEYS, type Key } from './keys.ts'
import { rememberKeys } from './remembered.ts'

const PICKS: Key = {
  command: 'accept',
  key: '1',
  shown: '1–9',
  does: 'accept the alternative of that number',
  where: 'document',
}

export function HelpDialog({ app }: { readonly app: App }) {
  return (
    <Dialog app={app} title="Keys">
      <p>
        Everything can be done by key or by button. After a decision you stand at the next open place; every
        decision is saved at once.
      </p>
      <Table title="In a document" keys={[...KEYS.slice(0, 2), PICKS, ...KEYS.slice(2)]} where="document" />
      <Table title="In the queue" keys={KEYS} where="queue" />
      <Table title="Everywhere" keys={KEYS} where="both" />
      <p>
        <label>
          <input
            type="checkbox"
            checked={app.singleKeys.value}
            onChange={(event) => {
              app.singleKeys.value = event.currentTarget.checked
              rememberKeys(event.currentTarget.checked)
            }}
          />{' '}
          Single letters, digits and signs work as keys
        </label>
      </p>
    </Dialog>
  )
}

function Table(props: {
  readonly title: string
  readonly keys: readonly Key[]
  readonly where: Key['where']
}) {
  const { title, keys, where } = props
  return (
    <table class="keys">
      <caption>{title}</caption>
      <tbody>
        {keys
          .filter((one) => one.where === where)
          .map((one) => (
            <tr key={one.shown}>
              <th scope="row">
                <kbd>{one.shown}</kbd>
              </th>
              <td>{one.does}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
