import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** How a running program was started; `args` only where the machine tells them apart. */
export interface CommandLine {
  readonly text: string
  readonly args?: readonly string[]
}

/** The program behind a pid; `zombie` when it has ended and nobody took notice; undefined when there is none. */
export function commandOf(pid: number): CommandLine | 'zombie' | undefined {
  return existsSync('/proc/self/stat') ? readProc(pid) : askPs(pid)
}

/** Whether a process still does something: one that ended and was not reaped does not. */
export function isAlive(pid: number): boolean {
  const found = commandOf(pid)
  return found !== undefined && found !== 'zombie'
}

function readProc(pid: number): CommandLine | 'zombie' | undefined {
  try {
    // The name in parentheses may itself hold parentheses; the state follows the last one.
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const state = status.slice(status.lastIndexOf(')') + 2, status.lastIndexOf(')') + 3)
    if (state === 'Z' || state === 'X') return 'zombie'
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
    return { text: args.join(' '), args }
  } catch {
    // Any failure to read means that the process went away meanwhile.
    return undefined
  }
}

function askPs(pid: number): CommandLine | 'zombie' | undefined {
  const { stdout, status } = spawnSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' })
  if (status !== 0) return undefined
  const [state = '', ...command] = stdout.trim().split(/\s+/)
  return state.startsWith('Z') ? 'zombie' : { text: command.join(' ') }
}
