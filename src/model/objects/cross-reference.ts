import { Type } from 'typebox'
import { code } from '../fields/code.ts'
import { flag } from '../fields/flag.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { tenantId } from './parts/meta.ts'

const entities = {
  name: 'cross_reference_entity',
  values: {
    item: 'Something that is bought, stocked or sold.',
    location: 'A place.',
    party: 'A customer, supplier or other party.',
    carrier: 'Whoever moves goods.',
    service: 'A product of a carrier.',
    uom: 'A unit of measure.',
    reason: 'A reason code.',
    status: 'A status code.',
    account: 'An account of the books.',
    terms: 'Terms of payment or delivery.',
  },
}
const directions = {
  name: 'cross_reference_direction',
  values: {
    in: 'Only what comes from the system is translated.',
    out: 'Only what goes to the system is translated.',
    both: 'Both ways.',
  },
}
const statuses = {
  name: 'cross_reference_status',
  values: {
    proposed: 'Suggested. It translates nothing.',
    active: 'A person approved it; it translates.',
    retired: 'It translates nothing any more.',
  },
}

/** What another system calls a thing of ours. */
export const crossReferenceObject = record(
  'What another system calls a thing of ours. A message is translated with what was valid when it happened, so a replay says the same.',
  {
    id: hubId('Names this one translation. Given by the hub when it is proposed.', 'xrf'),
    tenantId,
    entity: code('What kind of thing it is.', entities),
    canonicalId: text('What we call it: a hub id, or one of our own codes.', 120),
    system: text('Id of the system that calls it otherwise.', 60),
    externalValue: text('What that system calls it, letter for letter.', 200),
    qualifier: Type.Optional(
      text('What the name depends on there: a plant, a company, a code list. Absent: nothing.', 120),
    ),
    direction: code('Which way it translates. Outwards at most one may be active.', directions),
    validFrom: Type.Optional(instant('From when on. Absent: since ever.')),
    validTo: Type.Optional(instant('First moment when it is not valid any more. Absent: no end.')),
    approvedBy: Type.Optional(text('Person who made it active. Absent: nobody has.', 120)),
    status: code('Whether it translates.', statuses),
    fallback: Type.Optional(flag('Yes: it counts only where nothing better fits, and marks the result as inferred.')),
  },
)
