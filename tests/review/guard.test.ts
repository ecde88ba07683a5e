/** Who may talk to a local server: one table, by what a browser or a program sends. */
import { describe, expect, test } from 'vitest'
import {
  bearer,
  cookieValue,
  type GuardPolicy,
  isLoopback,
  listenRefusal,
  newToken,
  type Origins,
  originRefusal,
  sameToken,
} from '../../src/review/guard.ts'

const LOCAL: GuardPolicy = { address: '127.0.0.1', port: 4711 }
const OPEN: GuardPolicy = { address: '0.0.0.0', port: 4711, names: ['Desk.example'] }
const from = (given: Partial<Origins>): Origins => ({
  host: '127.0.0.1:4711',
  origin: undefined,
  site: undefined,
  mode: undefined,
  ...given,
})

describe('where a request comes from', () => {
  test.each([
    { policy: LOCAL, given: {}, allowed: true, why: 'no browser' },
    { policy: LOCAL, given: { host: '[::1]:4711' }, allowed: true, why: 'the other loopback' },
    { policy: LOCAL, given: { host: 'LOCALHOST:4711' }, allowed: true, why: 'names have no case' },
    { policy: LOCAL, given: { host: undefined }, allowed: false, why: 'no Host' },
    { policy: LOCAL, given: { host: '127.0.0.1' }, allowed: false, why: 'port 80 is not ours' },
    {
      policy: LOCAL,
      given: { host: 'localhost.evil.example:4711' },
      allowed: false,
      why: 'begins like ours',
    },
    { policy: LOCAL, given: { host: '127.0.0.1:4711@evil.example' }, allowed: false, why: 'no host at all' },
    { policy: LOCAL, given: { host: '192.168.1.5:4711' }, allowed: false, why: 'not listening there' },
    {
      policy: LOCAL,
      given: { site: 'cross-site', mode: 'navigate' },
      allowed: true,
      why: 'a link is followed',
    },
    { policy: LOCAL, given: { site: 'cross-site', mode: 'cors' }, allowed: false, why: 'a script elsewhere' },
    {
      policy: LOCAL,
      given: { site: 'same-site', mode: 'cors' },
      allowed: false,
      why: 'another port of this machine',
    },
    {
      policy: LOCAL,
      given: { site: 'same-origin', mode: 'cors', origin: 'http://127.0.0.1:4711' },
      allowed: true,
      why: 'our page',
    },
    { policy: LOCAL, given: { origin: 'http://localhost:4711' }, allowed: false, why: 'an origin is exact' },
    { policy: OPEN, given: { host: '192.168.1.5:4711' }, allowed: true, why: 'an address cannot be rebound' },
    { policy: OPEN, given: { host: 'desk.example:4711' }, allowed: true, why: 'our own name' },
    { policy: OPEN, given: { host: 'evil.example:4711' }, allowed: false, why: 'a name of others' },
    {
      policy: OPEN,
      given: { host: 'desk.example', origin: 'https://desk.example' },
      allowed: true,
      why: 'behind a proxy with TLS',
    },
  ])('$policy.address, allowed $allowed: $why', ({ policy, given, allowed }) => {
    expect(originRefusal(from(given), policy) === undefined).toBe(allowed)
  })
})

test.each([
  { address: '127.0.0.1', token: undefined, refused: false },
  { address: '127.8.8.8', token: undefined, refused: false },
  { address: '[::1]', token: undefined, refused: false },
  { address: 'localhost', token: 'short', refused: true },
  { address: '10.0.0.1', token: undefined, refused: true },
  { address: '127.evil.example', token: undefined, refused: true },
  { address: '0.0.0.0', token: 'a'.repeat(16), refused: false },
])('listening on $address with token $token: refused $refused', ({ address, token, refused }) => {
  expect(listenRefusal(address, token) !== undefined).toBe(refused)
})

test('tokens', () => {
  const token = newToken()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(newToken()).not.toBe(token)
  expect([
    sameToken(token, token),
    sameToken(undefined, token),
    sameToken('', token),
    sameToken(`${token}x`, token),
  ]).toEqual([true, false, false, false])
  expect(cookieValue(`a=1; unspin = ${token} ;b=2`, 'unspin')).toBe(token)
  expect(cookieValue('xunspin=1', 'unspin')).toBeUndefined()
  expect(bearer('bearer abc.d-e')).toBe('abc.d-e')
  expect(bearer('Basic abc')).toBeUndefined()
  expect(isLoopback('::2')).toBe(false)
})
