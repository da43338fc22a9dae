import { describe, expect, test } from 'vitest'
import { deskArrival } from '../../src/flow/stewardship/desk.ts'
import { decided, facts, factTypes, hub, sent, told } from './edi-hub.ts'
import { accepts, answer, delivery, transmission, useSendingHub } from './sending-hub.ts'

useSendingHub()

let reports = 0
/** What the transport learns of the receipt for the first document. */
async function receipt(standing: 'overdue' | 'refused' | 'mismatched' | 'confirmed', reason: string): Promise<void> {
  const [issued] = await facts('transmission.issued')
  const assertion = {
    type: 'transmission.receipt_reported',
    about: {
      entity: 'transmission',
      references: [{ scheme: 'transmission', value: issued?.subject ?? '' }],
      unknown: 'create',
    },
    data: { standing, messageId: '<1@interline>', reason },
  } as const
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  await hub.node.intake.accept(
    deskArrival([assertion], { tenant: 'main', identity: `receipt ${++reports}`, trace, partitions: 2 }),
  )
  await hub.pass(2000)
}

async function exceptions(): Promise<unknown[]> {
  const found = await facts('delivery.exception')
  return found.map(({ type, data }) => [
    type.slice('delivery.exception_'.length),
    (data as { category: string }).category,
  ])
}

/** What subscribers hear. */
async function news(): Promise<string[]> {
  const types = await factTypes('transmission.receipt_')
  return types.filter((type) => !type.endsWith('_reported'))
}

describe('a document whose receipt of the transport', () => {
  test('is late is an exception of its delivery, which ends by itself when the receipt comes', async () => {
    await told('delivery.released', delivery('80001'))
    await receipt('overdue', 'No receipt for <1@interline> by 2026-04-12T13:00:00Z.')
    await receipt('overdue', 'No receipt for <1@interline> by 2026-04-12T13:00:00Z.')
    expect(await exceptions()).toEqual([['opened', 'transport_receipt_overdue']])
    expect(await transmission()).toMatchObject({ status: 'sent', receipt: 'overdue' })
    const [missing] = await facts('transmission.receipt_missing')
    expect(missing?.data).toMatchObject({
      standing: 'overdue',
      set: '940',
      number: '80001',
      messageId: '<1@interline>',
    })
    await receipt('confirmed', 'The receipt for <1@interline> says: processed')
    expect(await exceptions()).toEqual([
      ['opened', 'transport_receipt_overdue'],
      ['resolved', 'transport_receipt_overdue'],
    ])
    const after = await transmission()
    expect(after).toMatchObject({ status: 'sent', open: [] })
    expect(after).not.toHaveProperty('receipt')
    expect(await news()).toEqual(['transmission.receipt_missing', 'transmission.receipt_confirmed'])
  })

  test('comes in time is not heard of', async () => {
    await told('delivery.released', delivery('80001'))
    await receipt('confirmed', 'processed')
    expect(await news()).toEqual([])
  })

  test('comes late and says no is refused, no longer late; a person sends it again, and it begins anew', async () => {
    await told('delivery.released', delivery('80001'))
    await receipt('overdue', 'late')
    await receipt('refused', 'The receipt says: processed/error: decryption-failed')
    expect(await transmission()).toMatchObject({ receipt: 'refused', open: ['transport_receipt_refused'] })
    const [issued] = await facts('transmission.issued')
    await decided('warehouse', issued?.subject ?? '', 'send_again')
    expect(sent()).toHaveLength(2)
    expect(new Set(sent()).size).toBe(1)
    const after = await transmission()
    expect(after).toMatchObject({ status: 'sent', sends: 2, open: [] })
    expect(after).not.toHaveProperty('receipt')
  })

  test('proves other bytes is critical, and stays so although the partner acknowledges what it has', async () => {
    await told('delivery.released', delivery('80001'))
    await receipt('mismatched', 'the digest differs')
    await hub.receive('warehouse', answer('71', accepts('1')))
    await hub.pass(2000)
    expect(await transmission()).toMatchObject({
      status: 'acknowledged',
      receipt: 'mismatched',
      open: ['transport_receipt_mismatch'],
    })
    expect(await exceptions()).toEqual([['opened', 'transport_receipt_mismatch']])
  })

  test('is late opens nothing once a person has closed the document', async () => {
    await told('delivery.released', delivery('80001'))
    const [issued] = await facts('transmission.issued')
    await decided('warehouse', issued?.subject ?? '', 'close')
    await receipt('overdue', 'late')
    expect(await exceptions()).toEqual([])
  })
})
