import pg from 'pg'
import { expect, test } from 'vitest'
import { InterlineError } from '../../base/errors.ts'
import { OutcomeUnknown, RowRefused } from '../backbone.ts'
import { isTransient, readFailure, sqlState, writeFailure } from './failures.ts'

function answer(code: string): Error {
  const error = new pg.DatabaseError(`state ${code}`, 10, 'error')
  return Object.assign(error, { code, severity: 'ERROR' })
}

const codeOf = (error: Error): string | undefined => (error instanceof InterlineError ? error.code : undefined)

test('a write whose answer was lost is unknown, not failed', () => {
  const lost = [
    new Error('Connection terminated unexpectedly'),
    Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
    new Error('Query read timeout'),
  ]
  // Ended by the server: shut down, a statement or a transaction that took too long, one that idled, a disk that failed.
  const ended = ['57P01', '57014', '25P03', '25P04', '08006', '58030'].map(answer)
  for (const error of [...lost, ...ended]) {
    expect(writeFailure(error)).toBeInstanceOf(OutcomeUnknown)
    expect(codeOf(readFailure(error))).toBe('DATABASE_UNAVAILABLE')
  }
})

test('a row at fault is told from a database at fault', () => {
  expect(writeFailure(answer('22021'))).toBeInstanceOf(RowRefused)
  expect(writeFailure(answer('23505'))).toBeInstanceOf(RowRefused)
  expect(codeOf(writeFailure(answer('53100')))).toBe('DATABASE_FULL')
  expect(codeOf(writeFailure(answer('53300')))).toBe('DATABASE_UNAVAILABLE')
  expect(codeOf(writeFailure(answer('40P01')))).toBe('DATABASE_UNAVAILABLE')
  expect(codeOf(writeFailure(answer('42P01')))).toBe('DATABASE_FAULT')
})

test('what was rolled back through no fault of its own may be tried again', () => {
  expect(['40001', '40P01', '55P03'].every((state) => isTransient(answer(state)))).toBe(true)
  expect(isTransient(answer('23505')) || isTransient(new Error('lost'))).toBe(false)
})

test('an error of the connection has no SQLSTATE, whatever code it carries', () => {
  expect(sqlState(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBeUndefined()
  expect(sqlState(answer('23505'))).toBe('23505')
})

test('an error that was judged already stays as it is', () => {
  const judged = [new OutcomeUnknown('x'), new RowRefused('y'), new InterlineError('DATABASE_FULL')]
  for (const error of judged) expect(writeFailure(error)).toBe(error)
})
