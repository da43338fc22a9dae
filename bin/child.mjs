import { spawn } from 'node:child_process'

/**
 * Runs a program in our terminal and answers its exit code. Signals that reach us are passed on, and we wait for its end: the program
 * decides how to stop. It gets a channel to us, so that it notices when we are killed.
 */
export function run(command, args, { environment, directory, channel = false, quiet = false, onStart = () => {} }) {
  return new Promise((resolve, reject) => {
    const output = quiet ? 'ignore' : 'inherit'
    const stdio = ['inherit', output, 'inherit', ...(channel ? ['ipc'] : [])]
    const child = spawn(command, args, { env: environment, cwd: directory, stdio })
    onStart(child)
    const forward = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
    const settle = (finish) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, forward)
      finish()
    }
    child.once('error', (error) => settle(() => reject(error)))
    child.once('exit', (code, signal) => settle(() => resolve(code ?? (signal === 'SIGINT' ? 130 : 143))))
  })
}
