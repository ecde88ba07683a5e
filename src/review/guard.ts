/**
 * Who may talk to a local server: the checks that the review server and `unspin serve` share.
 *
 * In: header values as they came and the policy of the server. Out: a refusal with fact and fix, or
 * nothing. Only functions of their arguments, no framework: both servers call them first of all.
 *
 * Against whom: web pages in the same browser (they can send requests to 127.0.0.1 and, by DNS
 * rebinding, read answers), other users of the machine (they lack the token), and mistakes (a server
 * that everybody on the network can read).
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'

export interface GuardPolicy {
  /** Address the server listens on. */
  readonly address: string
  /** Port it really got. */
  readonly port: number
  /** Further names it is reached by, as the machine's host name. Only used off the loopback. */
  readonly names?: readonly string[]
}

/** Headers of a request that say where it comes from; undefined where they are absent. */
export interface Origins {
  readonly host: string | undefined
  readonly origin: string | undefined
  /** Sec-Fetch-Site */
  readonly site: string | undefined
  /** Sec-Fetch-Mode */
  readonly mode: string | undefined
}

export interface Refusal {
  readonly status: 401 | 403
  readonly message: string
  readonly fix: string
}

export const LOOPBACK = '127.0.0.1'
/** Shortest token that may be chosen by hand, in characters. */
export const LEAST_TOKEN = 16
const TOKEN_BYTES = 32
const SHOWN_UNITS = 80

/** A token nobody guesses, safe in a URL: 43 characters. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')

/** Compares in a time that tells nothing about where they differ. */
export function sameToken(given: string | undefined, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

export function isLoopback(address: string): boolean {
  const bare = address.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'))
}

/** What keeps a server from listening as asked: off the loopback only with a token chosen for it. */
export function listenRefusal(
  address: string,
  token: string | undefined,
): { readonly message: string; readonly fix: string } | undefined {
  if (token !== undefined && (token.length < LEAST_TOKEN || !/^[\w.~-]+$/.test(token)))
    return {
      message: `the token must have at least ${LEAST_TOKEN} letters, digits or -._~`,
      fix: `pass a long random one, as --token ${newToken()}`,
    }
  if (isLoopback(address) || token !== undefined) return undefined
  return {
    message: `listening on ${address} lets others on the network in`,
    fix: 'pass --token TEXT that they must know, or leave --listen out',
  }
}

/**
 * Refuses requests that another site's page may have made: a Host that is not ours (DNS rebinding), an
 * Origin that is not ours, or one the browser itself calls cross-site. A plain visit (a link that is
 * followed) may come from anywhere: it needs the token all the same.
 */
export function originRefusal(request: Origins, policy: GuardPolicy): Refusal | undefined {
  const { host, origin, site, mode } = request
  if (host === undefined || !isOurHost(host, policy))
    return {
      status: 403,
      message: `the Host header says ${shown(host)}, which is not this server`,
      fix: `open http://${address(policy)}/ instead`,
    }
  const own = host.toLowerCase()
  if (
    origin !== undefined &&
    origin.toLowerCase() !== `http://${own}` &&
    origin.toLowerCase() !== `https://${own}`
  )
    return {
      status: 403,
      message: `the request comes from ${shown(origin)}`,
      fix: 'use the page of this server',
    }
  if ((site === 'cross-site' || site === 'same-site') && mode !== 'navigate')
    return { status: 403, message: 'the request comes from another site', fix: 'use the page of this server' }
  return undefined
}

/** On the loopback its three names with the port; elsewhere every address (none can be rebound) and the known names. */
function isOurHost(host: string, policy: GuardPolicy): boolean {
  const { name, port } = hostParts(host)
  if (isLoopback(policy.address)) return port === policy.port && LOOPBACK_NAMES.has(name)
  if (isIP(name) !== 0 || LOOPBACK_NAMES.has(name)) return true
  return [policy.address, ...(policy.names ?? [])].some((known) => known.toLowerCase() === name)
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])

function hostParts(host: string): { readonly name: string; readonly port: number } {
  const found = /^(?:\[([0-9a-f:.%]{2,64})\]|([^:[\]]{1,255}))(?::(\d{1,5}))?$/i.exec(host)
  return { name: (found?.[1] ?? found?.[2] ?? '').toLowerCase(), port: Number(found?.[3] ?? 80) }
}

/** ADDRESS:PORT as it stands in a URL. */
export const address = ({ address: name, port }: Pick<GuardPolicy, 'address' | 'port'>): string =>
  `${name.includes(':') ? `[${name}]` : name}:${port}`

/** The value of a cookie, undefined where there is none. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** Lives as long as the browser; no script reads it, no other site's request carries it. */
export const strictCookie = (name: string, value: string): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Strict`

/** Token of an `Authorization: Bearer` header. */
export function bearer(header: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/=-]{1,512})$/i.exec(header ?? '')?.[1]
}

/**
 * Headers of every answer. Scripts and styles only from files of the server itself: a scraped page that
 * got into a text as markup could not run anything.
 */
export const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  [
    'Content-Security-Policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  ],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
]

/** A foreign value in a message: quoted, cut, escapes for what is not visible. */
function shown(value: string | undefined): string {
  if (value === undefined) return 'nothing'
  return JSON.stringify(value.length > SHOWN_UNITS ? `${value.slice(0, SHOWN_UNITS)}…` : value)
}
