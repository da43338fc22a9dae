import { connect } from 'node:net'
import { inject } from 'vitest'

/** URL of a fresh, migrated database of this test run's own PostgreSQL. Nobody else uses it. */
export function testDatabase(): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let answer = ''
  const socket = connect(inject('testDatabases'), '127.0.0.1')
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    answer += text
  })
  socket.on('error', reject)
  socket.on('end', () => {
    if (answer.startsWith('postgres://')) resolve(answer.trim())
    else reject(new Error(`no test database: ${answer}`))
  })
  return promise
}
