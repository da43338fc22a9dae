import { describe, expect, test } from 'vitest'
import { translate } from './bounce.ts'
import { readDeliveryStatus } from './delivery-status.ts'

/** After RFC 3464, appendix E, with invented people. */
const returned = (
  groups: string,
  type = 'multipart/report; report-type=delivery-status;\n\tboundary="RAA14128.773615765/mx"',
): string =>
  [
    'Date: Thu, 2 Apr 2026 10:00:00 +0200',
    'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>',
    'To: <orders@shop.example>',
    `Content-Type: ${type}`,
    '',
    '--RAA14128.773615765/mx',
    '',
    'Your message could not be delivered: Final-Recipient: rfc822; somebody@else.example',
    '--RAA14128.773615765/mx',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    'Arrival-Date: Thu, 2 Apr 2026 09:59:00 +0200',
    '',
    groups,
    '--RAA14128.773615765/mx',
    'Content-Type: message/rfc822',
    '',
    'From: orders@shop.example',
    'Final-Recipient: rfc822; quoted@else.example',
    '--RAA14128.773615765/mx--',
    '',
  ].join('\r\n')
const gone =
  'Final-Recipient: rfc822; ada@customer.example\r\nAction: failed\r\nStatus: 5.1.1 (nobody)\r\nDiagnostic-Code: smtp; 550\r\n 5.1.1 unknown'

describe('a mail that came back', () => {
  const said = (mail: string) =>
    translate(
      { bytes: new TextEncoder().encode(mail), contentType: 'message/rfc822', headers: {}, content: undefined },
      { settings: {}, connection: 'post-office', receivedAt: 0, messageId: 'm' },
    )

  test('names whom nobody knows under the address, and its code', () => {
    expect(readDeliveryStatus(returned(gone))).toEqual([
      { address: 'ada@customer.example', action: 'failed', status: '5.1.1' },
    ])
    expect(said(returned(gone))).toMatchObject({
      assertions: [
        {
          about: { references: [{ scheme: 'address', issuer: 'post-office', value: 'ada@customer.example' }] },
          data: { action: 'suppress', reason: 'bounced', said: '5.1.1', by: 'post-office' },
        },
      ],
    })
  })

  test('is about the address that it was sent to, where somebody has it forwarded', () => {
    const forwarded = `Original-Recipient: rfc822;ada@customer.example\r\n${gone.replace('ada@customer', 'ada@home')}`
    expect(readDeliveryStatus(returned(forwarded))).toMatchObject([{ address: 'ada@customer.example' }])
  })

  test('of several recipients speaks of each', () => {
    const full = gone.replace('ada', 'bob').replace('5.1.1 (nobody)', '5.2.2')
    expect(said(returned(`${gone}\r\n\r\n${full}`))).toMatchObject({
      assertions: [{ data: { to: { address: 'ada@customer.example' } } }],
    })
  })

  test.each([
    ['a mailbox that is full', returned(gone.replace('5.1.1 (nobody)', '5.2.2'))],
    ['a mail that is late', returned(gone.replace('failed', 'delayed').replace('5.1.1 (nobody)', '4.4.1'))],
    [
      'an answer of somebody who is away',
      'From: ada@customer.example\r\nContent-Type: text/plain\r\n\r\nI am away.\r\n',
    ],
    ['nothing at all', ''],
  ])('bars nobody for %s', (_, mail) => {
    expect(said(mail)).toHaveProperty('ignored')
  })

  test('and says nothing of anybody is for a person', () => {
    expect(() => said(returned('Action: failed'))).toThrow('a recipient with an action')
  })
})
