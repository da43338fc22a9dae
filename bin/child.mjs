import { spawn } from 'node:child_process'

/**
 * Runs a program in our terminal and answers its exit code. Signals that reach us are passed on, and we wait for its end: the program
 * decides how to stop. It gets a channel to us, so that it notices when we are killed. What a quiet one says is only shown when it fails.
 */
export function run(command, args, { environment, directory, channel = false, quiet = false, onStart = () => {} }) {
  return new Promise((resolve, reject) => {
    const output = quiet ? 'pipe' : 'inherit'
    const stdio = ['inherit', output, output, ...(channel ? ['ipc'] : [])]
    const child = spawn(command, args, { env: environment, cwd: directory, stdio })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => said.push(bytes))
    onStart(child)
    const forward = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
    const settle = (finish) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, forward)
      finish()
    }
    child.once('error', (error) => settle(() => reject(error)))
    child.once('close', (code, signal) => {
      if (code !== 0) for (const bytes of said) process.stderr.write(bytes)
      settle(() => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)))
    })
  })
}
