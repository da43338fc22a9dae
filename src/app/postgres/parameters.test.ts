import { describe, expect, test } from 'vitest'
import { refuseUnsafe, serverParameters } from './parameters.ts'

describe('parameters of the embedded server', () => {
  test('are those under which the promises were measured', () => {
    expect(serverParameters([])).toMatchObject({
      max_wal_size: '4GB',
      checkpoint_timeout: '15min',
      tcp_keepalives_idle: '2',
      listen_addresses: '127.0.0.1',
    })
  })

  test('may be tuned', () => {
    expect(serverParameters(['shared_buffers=1GB', ' Max_Wal_Size = 8GB '])).toMatchObject({
      shared_buffers: '1GB',
      max_wal_size: '8GB',
    })
  })

  test.each([
    'fsync=off',
    'fsync=0',
    'full_page_writes=no',
    'synchronous_commit=local',
    "synchronous_commit='off'",
    'FSYNC = f',
  ])('%s is refused: it would lose what was acknowledged', (parameter) =>
    expect(() => serverParameters([parameter])).toThrow('would lose'),
  )

  test.each(['fsync=on', 'fsync=true', 'synchronous_commit=remote_apply'])('%s is allowed', (parameter) => {
    expect(() => serverParameters([parameter])).not.toThrow()
  })

  test.each(['port=5432', 'listen_addresses=*', 'data_directory=/x', 'nonsense', '=1', 'a b=1'])(
    '%s is not the operator’s to set',
    (parameter) => {
      expect(() => serverParameters([parameter])).toThrow('postgresParameters')
    },
  )

  test('a server that reports unsafe values is refused by name', () => {
    refuseUnsafe({ fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' })
    expect(() => refuseUnsafe({ fsync: 'on', full_page_writes: 'off', synchronous_commit: 'on' })).toThrow(
      'full_page_writes=off',
    )
  })
})
