import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

/** One request, ready to be written. */
export interface Load {
  readonly host: string
  readonly port: number
  readonly requests: readonly Uint8Array[]
  readonly connections: number
  /** Requests per second in all, open loop; 0 sends the next when the last was answered. */
  readonly perSecond: number
  /** Its first number is the phase that requests belong to which begin now; below 0 ends the load. In memory that both threads see. */
  readonly phase?: Int32Array<SharedArrayBuffer>
}

export interface LoadResult {
  readonly seconds: number
  readonly answered: number
  readonly refused: number
  /** Milliseconds, sorted. */
  readonly latencies: Float64Array
  /** The same by phase. */
  readonly phases: readonly Float64Array[]
}

/** Raw HTTP/1.1 over keep-alive sockets: the generator must cost less than what it measures. Runs in a thread of its own. */
export async function generate(load: Load): Promise<LoadResult> {
  const latencies: number[] = []
  const phases: number[][] = []
  let next = 0
  let answered = 0
  let refused = 0
  const from = performance.now()
  const dueAt = (index: number): number => (load.perSecond === 0 ? 0 : from + (index * 1000) / load.perSecond)
  const phaseNow = (): number => (load.phase === undefined ? 0 : Atomics.load(load.phase, 0))
  const drive = async (): Promise<void> => {
    const line = await open(load.host, load.port)
    for (let index = next++; index < load.requests.length; index = next++) {
      const wait = dueAt(index) - performance.now()
      if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
      const request = load.requests[index]
      const phase = phaseNow()
      if (request === undefined || phase < 0) break
      // Open loop: the clock starts when the request was due, not when a connection was free.
      const start = load.perSecond === 0 ? performance.now() : Math.min(dueAt(index), performance.now())
      const status = await line.ask(request)
      const took = performance.now() - start
      latencies.push(took)
      ;(phases[phase] ??= []).push(took)
      if (status >= 200 && status < 300) answered++
      else refused++
    }
    line.end()
  }
  await Promise.all(Array.from({ length: load.connections }, drive))
  const seconds = (performance.now() - from) / 1000
  return { seconds, answered, refused, latencies: sorted(latencies), phases: phases.map(sorted) }
}

function sorted(list: readonly number[]): Float64Array {
  return Float64Array.from(list).sort()
}

interface Line {
  ask(request: Uint8Array): Promise<number>
  end(): void
}

function open(host: string, port: number): Promise<Line> {
  const { promise, resolve, reject } = Promise.withResolvers<Line>()
  const socket: Socket = connect({ host, port, noDelay: true })
  let answer: ((status: number) => void) | undefined
  let seen = ''
  socket.on('data', (chunk) => {
    seen += chunk.toString('latin1')
    const head = seen.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(seen)?.[1] ?? 0)
    if (seen.length < head + 4 + length) return
    const status = Number(seen.slice(9, 12))
    seen = seen.slice(head + 4 + length)
    answer?.(status)
  })
  let closed = false
  socket.on('close', () => {
    closed = true
    answer?.(0)
  })
  socket.on('error', reject)
  socket.once('connect', () =>
    resolve({
      ask: (request) =>
        new Promise((done) => {
          answer = done
          if (closed) done(0)
          else socket.write(request)
        }),
      end: () => socket.end(),
    }),
  )
  return promise
}

/** The bytes of a GET. */
export function get(path: string, headers: Readonly<Record<string, string>>): Uint8Array {
  const lines = Object.entries({ host: 'hub', ...headers }).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
}

/** The bytes of a POST. */
export function post(path: string, headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array {
  const lines = Object.entries({ host: 'hub', 'content-length': String(body.length), ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`), body])
}

if (parentPort !== null) {
  const port = parentPort
  generate(workerData as Load).then(
    (result) => port.postMessage(result),
    (error: unknown) => {
      throw error
    },
  )
}
