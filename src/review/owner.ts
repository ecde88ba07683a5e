/**
 * One program at a time has a review file: who it is stands in a file beside it.
 *
 * The SQLite build keeps its lock as a folder `FILE.lock`, which a killed program leaves behind and
 * which says nothing about who made it. So `FILE.owner` is written before the database is opened and
 * removed after it is closed: with process, its start, and machine. A lock whose owner is surely gone is
 * taken over; any doubt (another machine, an unreadable owner) refuses with what to do.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { codeOf } from '../write/error-code.ts'
import { type ReviewProblem, ReviewRefusal } from './problem.ts'

interface Owner {
  readonly pid: number
  readonly host: string
  /** When the process began, in ticks since the machine started; empty where that cannot be known. */
  readonly started: string
}

/** Gives the file back; calling it twice does no harm. */
export type Release = () => void

/** @throws ReviewRefusal when somebody else has the file, or may have it */
export function own(path: string): Release {
  const file = `${path}.owner`
  const mine = JSON.stringify(owner(process.pid))
  let ownerDied = false
  for (let tries = 0; tries < 3; tries++) {
    if (created(file, mine)) {
      removeLock(path, ownerDied)
      return () => {
        if (content(file) === mine) unlinkSync(file)
      }
    }
    const found = content(file)
    if (found === undefined) continue
    const refusal = ownerRefusal(path, found)
    if (refusal !== undefined) throw new ReviewRefusal(refusal)
    ownerDied = setAside(file, found)
  }
  throw new ReviewRefusal({
    message: `${path}: others are opening it at the same time`,
    fix: 'run again',
  })
}

/** Who has the file, in words; undefined where nobody alive does. */
export function ownerRefusal(
  path: string,
  found: string | undefined = content(`${path}.owner`),
): ReviewProblem | undefined {
  if (found === undefined) return undefined
  const other = parsed(found)
  // The owner's file is written in one go, but a full disk can leave it empty.
  if (other === undefined)
    return {
      message: `${path}: ${path}.owner cannot be read, so somebody may be using the review`,
      fix: `if nobody is, delete ${path}.owner and the folder ${path}.lock`,
    }
  if (other.host !== hostname())
    return {
      message: `${path}: in use on ${other.host} (process ${other.pid})`,
      fix: `stop it there; if it no longer runs, delete ${path}.owner and the folder ${path}.lock`,
    }
  if (!isAlive(other)) return undefined
  return {
    message: `${path}: in use by process ${other.pid}`,
    fix: 'stop that one, use its page, or name another review with --db',
  }
}

function owner(pid: number): Owner {
  return { pid, host: hostname(), started: startOf(pid) }
}

/** A number alone may belong to a later process by now; its start tells them apart. */
function isAlive({ pid, started }: Owner): boolean {
  if (pid === process.pid) return started === startOf(pid)
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
  }
  const now = startOf(pid)
  return started === '' || now === '' || now === started
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold blanks and brackets. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie is dead, though it still has a number.
    return fields[0] === 'Z' ? 'dead' : (fields[19] ?? '')
  } catch {
    return ''
  }
}

/** Takes a dead owner's file out of the way, and puts it back if it was another's by then: then false. */
function setAside(file: string, dead: string): boolean {
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    renameSync(file, aside)
  } catch {
    return false
  }
  try {
    if (content(aside) === dead) return true
    linkSync(aside, file)
    return false
  } catch {
    // Yet another owner has come: theirs stands.
    return false
  } finally {
    unlinkSync(aside)
  }
}

/**
 * The folder that a killed owner left. Without a dead owner it is some other program's: then opening the
 * database would wait for it in vain, so it is refused here.
 */
function removeLock(path: string, ownerDied: boolean): void {
  try {
    statSync(`${path}.lock`)
  } catch {
    return
  }
  if (ownerDied) {
    rmdirSync(`${path}.lock`)
    return
  }
  unlinkSync(`${path}.owner`)
  throw new ReviewRefusal({
    message: `${path}: there is a lock, ${path}.lock, and nobody who holds it`,
    fix: 'if no other program has the file open, delete that folder',
  })
}

function created(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw new ReviewRefusal({
      message: `${file}: cannot be written (${codeOf(error)})`,
      fix: 'name a file in a folder that exists and can be written',
    })
  }
}

function content(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function parsed(text: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const { pid, host, started } = value as Readonly<Record<string, unknown>>
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof started !== 'string') return undefined
    return { pid, host, started }
  } catch {
    return undefined
  }
}
