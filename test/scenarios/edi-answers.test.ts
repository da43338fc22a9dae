import { beforeEach, describe, expect, test } from 'vitest'
import { arrives, facts, factTypes, hour, hub, sent, told } from './edi-hub.ts'
import { accepts, answer, delivery, rejects, said, transmission, useSendingHub, willAnswer } from './sending-hub.ts'

useSendingHub()

describe('the answer to a document', () => {
  beforeEach(async () => {
    await told('delivery.released', delivery('80001'))
  })

  test('closes the loop, and is not answered itself', async () => {
    await arrives('warehouse', answer('71', accepts('1')))
    expect(await transmission()).toMatchObject({
      status: 'acknowledged',
      answers: [{ kind: '997', status: 'accepted' }],
    })
    expect(sent()).toHaveLength(1)
    await hub.pass(3 * hour)
    expect(await factTypes('transmission.overdue')).toEqual([])
  })

  test('that says no is an exception at the delivery, with segment and element', async () => {
    await arrives('warehouse', answer('71', rejects('1')))
    expect(await transmission()).toMatchObject({
      status: 'rejected',
      answers: [
        {
          sets: [
            {
              status: 'rejected',
              codes: ['5'],
              errors: [{ segment: 'W01', position: '8', element: '5', code: '7', text: 'SKU-1' }],
            },
          ],
        },
      ],
    })
    const [opened] = await facts('delivery.exception_opened')
    expect(opened?.data).toMatchObject({
      category: 'document_rejected',
      reason: '997 rejected · code 5 · W01 8 element 5 7 SKU-1',
    })
    await hub.pass(3 * hour)
    expect(await factTypes('transmission.overdue')).toEqual([])
  })

  test('that does not come in the agreed time is overdue, and still counts when it comes', async () => {
    await hub.pass(3 * hour)
    expect(await transmission()).toMatchObject({ status: 'overdue' })
    expect(await factTypes('delivery.exception')).toEqual(['delivery.exception_opened'])
    await arrives('warehouse', answer('71', accepts('1')))
    expect(await transmission()).toMatchObject({ status: 'acknowledged', open: [] })
    expect(await factTypes('delivery.exception')).toEqual(['delivery.exception_opened', 'delivery.exception_resolved'])
  })

  test('that comes twice counts once; one that contradicts it is shown and changes nothing', async () => {
    await arrives('warehouse', answer('71', accepts('1')))
    await arrives('warehouse', answer('72', accepts('1')))
    expect(await factTypes('transmission.acknowledged')).toHaveLength(1)
    await arrives('warehouse', answer('73', rejects('1')))
    expect(await transmission()).toMatchObject({ status: 'acknowledged' })
    const [opened] = await facts('delivery.exception_opened')
    expect(opened?.data).toMatchObject({
      category: 'acknowledgement_mismatch',
      reason: 'The 997 says rejected, and the one before said accepted.',
    })
  })

  test('that speaks of another set than was sent does not count', async () => {
    await arrives('warehouse', answer('71', ['AK1*OW*1', 'AK2*850*0001', 'AK5*A', 'AK9*A*1*1*1']))
    expect(await transmission()).toMatchObject({ status: 'sent', open: ['acknowledgement_mismatch'] })
  })

  test('to something that was never sent is shown, and is no error', async () => {
    await arrives('warehouse', answer('71', accepts('4711')))
    const [unmatched] = await facts('transmission.unmatched')
    expect(unmatched?.data).toEqual({ kind: '997', number: '4711', status: 'accepted', connection: 'warehouse' })
    expect(await transmission()).toMatchObject({ status: 'sent' })
  })

  test('is read by a TA1 too: a refused interchange is a refused document', async () => {
    await arrives('warehouse', answer('71', [], ['TA1*000000001*260412*1320*R*006']))
    expect(await transmission()).toMatchObject({ status: 'rejected', answers: [{ kind: 'TA1', codes: ['006'] }] })
  })

  test('counts even when the 997 itself is broken', async () => {
    await arrives('warehouse', answer('71', [...accepts('1'), 'ZZZ*1']).replace('SE*7*', 'SE*99*'))
    expect(await transmission()).toMatchObject({ status: 'acknowledged' })
  })

  test('of somebody else does not count', async () => {
    await arrives('warehouse', answer('71', rejects('1')).replace('MERIDIANCARRIER*ZZ', 'SOMEBODYELSE   *ZZ'))
    expect(await transmission()).toMatchObject({ status: 'sent', answers: [] })
  })

  test('of the business, an 824 after the 997, refuses the document with its own words', async () => {
    await arrives('warehouse', answer('71', accepts('1')))
    const advice = ['BGN*11*ADV1*20260412', 'OTI*TR*TN*80001*****1*0001*940', 'TED*024*UNKNOWN ITEM*W01*8*5']
    const text = answer('72', advice).replace('GS*FA', 'GS*AG').replace('ST*997', 'ST*824')
    await arrives('warehouse', text)
    expect(await transmission()).toMatchObject({ status: 'rejected' })
    const [opened] = await facts('delivery.exception_opened')
    expect(opened?.data).toMatchObject({ category: 'document_rejected' })
    // An 824 is a document like any other: it is acknowledged.
    expect(sent().filter((one) => one.includes('AK1*AG*'))).toHaveLength(1)
  })
})

describe('a partner whose receipt comes later', () => {
  const waiting = said(202, { said: 'waiting', messageId: '<1@interline>' })

  test('is asked about until the receipt confirms the document; nothing is sent twice', async () => {
    willAnswer(waiting, waiting, said(200, { said: 'processed', messageId: '<1@interline>' }))
    await told('delivery.released', delivery('80001'))
    await hub.pass(10 * 60_000)
    expect(hub.sent.map(({ request }) => request.method)).toEqual(['POST', 'GET', 'GET'])
    const [effect] = await hub.backbone.ledger.effects({ tenant: 'main', limit: 5 })
    expect(effect).toMatchObject({ state: 'applied', documentReference: '<1@interline>' })
  })

  test('that refuses the document stops the effect for a person', async () => {
    willAnswer(waiting, said(422, { said: 'processed/error: decryption-failed' }))
    await told('delivery.released', delivery('80001'))
    await hub.pass(10 * 60_000)
    const [effect] = await hub.backbone.ledger.effects({ tenant: 'main', limit: 5 })
    expect(effect).toMatchObject({ state: 'parked', reason: 'refused: processed/error: decryption-failed' })
  })
})
