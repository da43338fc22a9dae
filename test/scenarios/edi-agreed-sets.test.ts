import { expect, test } from 'vitest'
import { checkSettings, readSettings } from '../../src/base/fields.ts'
import { ediPartner } from '../../src/connectors/edi-partner/connector.ts'
import { agreement } from '../../src/connectors/edi-partner/settings.ts'
import type { InterchangeReport } from '../../src/model/interchange/report.ts'
import { bytesOf, edifact, group, set, set214, x12 } from '../edi/interchanges.ts'

function received(
  text: string,
  settings: object,
): { readonly report: InterchangeReport; readonly said: readonly string[] } {
  const agreed = readSettings(agreement, { ...settings })
  const document = { bytes: bytesOf(text), contentType: '', headers: {}, content: undefined }
  const context = { settings: agreed, connection: 'partner', receivedAt: 0, messageId: 'm' }
  const [first] = ediPartner.inbound?.receipt?.(document, context) ?? []
  const translation = ediPartner.inbound?.translate(document, context)
  const assertions = translation !== undefined && 'assertions' in translation ? translation.assertions : []
  return { report: first?.data as InterchangeReport, said: assertions.map(({ type }) => type) }
}
const answer990 = set({ identifier: '990', body: ['B1*MRDN*80001*20260301*A'] })
const codes = ({ verdicts }: InterchangeReport) => verdicts.map(({ code }) => code)

test('a set that the agreement does not have is refused in the 997, and says nothing', () => {
  const file = x12({ groups: [group(), group({ identifier: 'GF', number: '42', sets: [answer990] })] })
  const { report, said } = received(file, { receives: ['990'] })
  expect(codes(report)).toEqual(['set.not_agreed'])
  expect(report.answer?.text).toContain('AK2*214*0001~AK5*R*1~AK9*R*1*1*0~')
  expect(report.answer?.text).toContain('AK2*990*0001~AK5*A~AK9*A*1*1*1~')
  expect(said).toEqual(['shipment.reported'])
})

test('a version that the agreement does not have is refused, and one that it has is taken', () => {
  const file = x12({ groups: [group({ sets: [set214()] })] })
  expect(codes(received(file, { receives: ['214@005010'] }).report)).toEqual(['set.version_unsupported'])
  expect(codes(received(file, { receives: ['214@004010', '990'] }).report)).toEqual([])
  expect(codes(received(file, {}).report)).toEqual([])
})

test('a message of EDIFACT is refused in the CONTRL', () => {
  const { report, said } = received(edifact(), { receives: ['DESADV'] })
  expect(codes(report)).toContain('set.not_agreed')
  expect(report.answer?.text).toMatch(/UCM\+M1\+IFTSTA:D:96A:UN\+4\+14/)
  expect(said).toEqual([])
})

test('answers to what we sent are taken whatever the agreement says of documents', () => {
  const accepted = set({ identifier: '997', body: ['AK1*OW*1', 'AK9*A*1*1*1'] })
  const file = x12({ groups: [group({ identifier: 'FA', sets: [accepted] })] })
  const { report, said } = received(file, { receives: ['990'] })
  expect(codes(report)).toEqual([])
  expect(said).toEqual(['transmission.acknowledgement_reported'])
})

test('a partner is forgiven what the agreement says he is', () => {
  const { report, said } = received(x12(), { receives: ['990'], severities: ['set.not_agreed=warn'] })
  expect(report.status).toBe('accepted')
  expect(said).toEqual(['tracking.reported'])
})

test('a route to a document that is not agreed is refused before anything is owed', () => {
  const problem = (sends: readonly string[]) =>
    ediPartner.documents?.problem('release_delivery', readSettings(agreement, { partnerId: 'P', ownId: 'O', sends }))
  expect(problem(['945'])).toBe('its agreement does not send 940 004010')
  expect(problem(['940@005010'])).toBe('its agreement does not send 940 004010')
  expect(problem(['940'])).toBeUndefined()
  expect(problem([])).toBeUndefined()
})

test('a set or version that nobody knows is told with what is known', () => {
  const problems = (receives: readonly string[]) =>
    checkSettings(agreement, { receives }).problems.map(({ detail }) => detail)
  expect(problems(['941'])[0]).toContain('there is no set 941')
  expect(problems(['940@003060'])[0]).toContain('there is no version 003060 of the 940; known are')
})
