import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { InterlineError } from '../base/errors.ts'
import { childEnvironment } from './environment.ts'

/** The simulated network in a process of its own. */
export interface Simulation {
  stop(): Promise<void>
}

const entry = join(import.meta.dirname, '../sandbox/main.ts')
const patienceMs = 5000

/**
 * Starts it and waits until its servers are up and declared in the folder `simulated`. It is detached, so that a Ctrl-C in the terminal reaches the hub first and finds the outside world still
 * there while it drains; the channel between the two tells it when the hub is gone, even after a kill -9.
 */
export async function startSimulation(input: {
  directory: string
  hubUrl: string
  /** Where the hub will take messages by AS2 and files by SFTP. */
  as2Port: number
  mailboxPort: number
  ended: (code: number | null) => void
}): Promise<Simulation> {
  if (!existsSync(entry))
    throw new InterlineError('USAGE_INVALID', { problem: 'This build comes without the simulated network.' })
  const places = ['--as2-port', `${input.as2Port}`, '--mailbox-port', `${input.mailboxPort}`]
  const child = spawn(process.execPath, [entry, '--hub', input.hubUrl, '--directory', input.directory, ...places], {
    env: childEnvironment(),
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let stopping = false
  const ready = once(child, 'message')
  const exited = once(child, 'exit').then(([code]) => {
    if (!stopping) input.ended(typeof code === 'number' ? code : null)
  })
  const stop = async (): Promise<void> => {
    stopping = true
    child.kill('SIGTERM')
    const late = await Promise.race([exited.then(() => false), sleep(patienceMs, true, { ref: false })])
    if (late) child.kill('SIGKILL')
    await exited
  }
  await Promise.race([ready, exited])
  return { stop }
}

/** Where the control interface of the running simulation is. Throws SIMULATION_NOT_RUNNING. */
export function simulationUrl(directory: string): string {
  const path = join(directory, 'sandbox.json')
  if (!existsSync(path)) throw new InterlineError('SIMULATION_NOT_RUNNING', { path })
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const port = typeof content === 'object' && content !== null && 'port' in content ? content.port : undefined
  if (typeof port !== 'number') throw new InterlineError('SIMULATION_NOT_RUNNING', { path })
  return `http://127.0.0.1:${port}`
}
