import { describe, expect, test } from 'vitest'
import type { Told } from '../../../test/process-run.ts'
import { arrived, asked, gate, left, proven, released, standing } from './told.contract.ts'

const returning = (subject = 'shp_1'): Told => {
  const told = standing('status_changed', { subject })
  const { projection, ...state } = told.state as { readonly projection: object }
  return { ...told, state: { ...state, projection: { ...projection, status: 'returning' } } }
}

describe('goods that the carrier brings back', () => {
  test('are for a person at once, who need not wait until they are overdue', () => {
    const run = gate({}, left, returning())
    expect([run.state(), run.open]).toEqual(['awaiting_delivery', ['delivered-at-all']])
    run.answer('delivered-at-all', 'returned')
    expect([run.state(), released(run), run.said('claim.reported')]).toEqual(['unblocking', [], []])
    run.outcome('clear_invoice_block', 'applied').tell(returning())
    expect([run.state(), asked(run, 'release_invoice')]).toEqual(['cancelled', []])
  })
  test('and that arrive in the end need nobody', () => {
    const run = gate({}, left, returning(), arrived, proven)
    expect([run.open, released(run)]).toEqual([[], ['80000001']])
  })
  test('are not asked about again when a person waits for them, nor where another shipment is on its way', () => {
    const run = gate({}, left, returning()).answer('delivered-at-all', 'wait').tell(returning())
    expect([run.state(), run.open]).toEqual(['awaiting_delivery', []])
    expect(gate({}, left, standing('status_changed', { subject: 'shp_2' }), returning()).open).toEqual([])
  })
})
