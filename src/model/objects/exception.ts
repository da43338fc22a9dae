import { Type } from 'typebox'
import { exceptionCategories } from '../code-lists/exception-category.ts'
import { code } from '../fields/code.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'

/** Whose doing something is. */
export const responsibleParties = {
  name: 'responsible_party',
  values: {
    carrier: 'The carrier’s.',
    shipper: 'The sender’s.',
    consignee: 'The consignee’s.',
    authority: 'Customs or another office.',
    none: 'Nobody’s: weather, accident.',
    unknown: 'Nobody said.',
  },
}
const severities = {
  name: 'severity',
  values: {
    info: 'Good to know.',
    warning: 'Somebody should look at it today.',
    critical: 'Somebody has to act now.',
  },
}
const detectors = {
  name: 'exception_detector',
  values: {
    carrier_reported: 'A carrier’s scan says so.',
    partner_reported: 'Another partner says so.',
    hub_detected: 'The hub concluded it, from rules or from silence.',
    user: 'A person opened it.',
  },
}
const actors = {
  name: 'exception_actor',
  values: {
    shipper: 'The sender has to act.',
    consignee: 'The consignee has to act.',
    carrier: 'The carrier has to act.',
    none: 'Nobody has to.',
  },
}

/** Trouble with a shipment, beside its status. */
export const exceptionObject = part(
  'exception',
  'Trouble with a shipment. It stands beside the status and never is one; at most one of a category is open for one package or shipment.',
  {
    id: hubId(
      'Made by the hub from what opened it, so that the same trouble keeps it however often it is computed anew.',
      'exc',
    ),
    category: code('What kind of trouble it is.', exceptionCategories),
    reasonCode: Type.Optional(text('The source’s own code for it. Absent: it gave none.', 60)),
    responsible: Type.Optional(code('Whose doing it is. Absent: the source does not say.', responsibleParties)),
    severity: code('How urgent it is.', severities),
    scope: record('What it is about.', {
      shipmentId: hubId('Shipment that has the trouble.', 'shp'),
      packageId: Type.Optional(hubId('The one package of it. Absent: the whole shipment.', 'pkg')),
      legId: Type.Optional(text('The one way of it, by the id of the leg. Absent: no single one.', 60)),
    }),
    detectedBy: code('Who found it.', detectors),
    openedAt: instant('When the trouble began, not when the hub learnt of it.'),
    openedByEvent: Type.Optional(text('Tracking event that opened it. Absent: silence or a rule did.', 120)),
    resolvedAt: Type.Optional(instant('When it was over. Absent: it is open.')),
    resolvedByEvent: Type.Optional(text('Tracking event that ended it. Absent: a person did, or it is open.', 120)),
    actionRequired: Type.Optional(code('Whose turn it is.', actors)),
    caseId: Type.Optional(text('Case in a help desk or claims system that people work on it in.', 120)),
  },
)
