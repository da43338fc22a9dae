const words = (text: string): readonly string[] => text.split(/\s+/)

/** Members of answers that are text and no free text, by the reason why nobody is named there. */
const byName: Readonly<Record<string, readonly string[]>> = {
  'a number, a code or a name of a thing of the business': [
    ...words(
      'amount asserted businessKey canonicalId carrier carriers code codes country delta difference direction document',
    ),
    ...words('documentNumbers documentReference externalReference group identity interchange issuer key location'),
    ...words('locations lot milestones movement naturalKey number orderKey owner package qualifier quantity raw'),
    ...words('recipient reference references reservation respondBy scheme seals serial set sku system trackingNumber'),
    ...words('unlocode uom value warehouse webhook weightGrams'),
  ],
  'an instant or a day': [
    ...words('asOf at day eta from heldSince lastSeenOn lookedBackTo newest nextDue parkedSince plannedPickup'),
    ...words('sendDeadline since until validFrom validTo validUntil'),
  ],
  'an id, an address or a hash of the hub': [
    ...words('causation checkpoint correctedBy correlation effect fact facts failuresUrl fingerprint guide hash id'),
    ...words(
      'instance job link mergedInto message messages page partOf path replayOf runbook sample sha256 subject subjects',
    ),
    ...words('successor task tokenEndpoint traceId undoes url'),
  ],
  'one of few words of the hub': [
    ...words('acceptedBy action actionRequired allowed audience awaits branch breaker category cause change channel'),
    ...words('command condition did event exceptions fault kind lane lasts masterKeptBy method metric milestone mode'),
    ...words('next open operation outcome outward part posting process protocol receipt repairs response result role'),
    ...words('roles rule service severity stage standard state states status step to type types unit use uses ways'),
  ],
  'a declaration of whoever runs the hub': [
    ...words('branches check connection connections connector consequence contacts contentType contract decision'),
    ...words(
      'declaredIn file host hubVersion initial label labels locale maintenance masterKey migration name names needs',
    ),
    ...words('overlays parties partner passedOver route scopes search target tells then timeZone title values version'),
  ],
  'a colleague, a key or a client: people have scopes of their own': [
    ...words('actor address assignee by changedBy client decidedBy escalateTo madeBy source uploadedBy'),
  ],
  'words of the hub, about itself': words('meaning nextAction unknown'),
  'made for whoever asks, and shown once': words('secret'),
}

/** The same for members whose names are those of free texts elsewhere, by operation and place. */
const byPlace: Readonly<Record<string, string>> = {
  'acceptInbound.results[].detail': 'told to the sender, of what he sent',
  'importMasterData.rows[].problem': 'told to the sender, of what he sent',
  'tryDocument.rules[].detail': 'told to the sender, of what he tried',
  'tryDocument.rules[].place': 'told to the sender, of what he tried',
  'tryDocument.rules[].expected': 'told to the sender, of what he tried',
  'tryDocument.rules[].example': 'told to the sender, of what he tried',
  'previewNotification.subject': 'made of the values that whoever asks gives, or of examples',
  'previewNotification.text': 'made of the values that whoever asks gives, or of examples',
  'previewNotification.html': 'made of the values that whoever asks gives, or of examples',
  'sendExample.request.body': 'an example of the hub',
  'sendExample.request.headers.*': 'of an example of the hub',
  'sendExample.answer.body': 'what a receiver says of an example',
  'sendExample.answer.headers.*': 'what a receiver says of an example',
  'sendExample.reason': 'words of the hub about a status',
  'listConnectionExamples.data[].content': 'an example of the hub',
  'listConnectionExamples.withheld[].reason': 'words of the hub about an agreement',
  'testPartner.data[].detail': 'words of the hub about a connection',
  'listPartnerStandings.data[].checklist[].detail': 'a count of the hub',
  'readPartnerStanding.checklist[].detail': 'a count of the hub',
  'readRetention.held[].reason': 'words of the hub about a partition',
  'readJobFailures.item': 'an id of the hub',
  'listPickUps.data[].reason': 'a code of the hub',
  'listSuppressions.data[].reason': 'bounced or unsubscribed',
  'listSuppressions.data[].said': 'a code of RFC 3463',
  'checkContracts.verdicts[].changes[].reason': 'words of the hub about a schema',
  'checkContracts.faults[]': 'words of the hub about a schema',
  'listContractVersions.data[].changes[].reason': 'words of the hub about a schema',
  'readProcessInstance.actions[].problem': 'words of the hub about a state',
  'listStockDifferences.data[].explanations[].evidence[]': 'ids of movements and counts',
  'listPublished.data[].told': 'a quantity',
}

/** Ends of places that are the same in several operations. */
const byEnd: Readonly<Record<string, string>> = {
  '.fields[].before': 'a declaration of whoever runs the hub',
  '.fields[].after': 'a declaration of whoever runs the hub',
  '.nextExpected.before': 'name of an expectation',
  '.about': 'words of whoever declares it, or of the hub about a job',
  '.changes[].reason': 'words of the hub about a schema',
  '.stays[].what': 'words of the hub about a kind of row',
  '.stays[].why': 'words of the hub about a kind of row',
  '.proposals[].why': 'words of the hub about a code',
}

/** A text of an answer, and where it stands. */
export interface AnswerText {
  readonly operation: string
  /** From the operation on: `listTasks.data[].question`. */
  readonly place: string
  /** Name of the member. */
  readonly name: string
  readonly about: string
}

const asked = /^(?:listChecks\.data\[\]|readCheck)\.question$/

/** Why nobody can be named there; undefined: nobody has said. */
export function harmlessBecause({ place, name, about }: AnswerText): string | undefined {
  if (place in byPlace) return byPlace[place]
  if (asked.test(place)) return 'a question of the hub'
  const end = Object.keys(byEnd).find((one) => place.endsWith(one))
  if (end !== undefined) return byEnd[end]
  if (/At$/.test(name) || /RFC 3339/.test(about)) return 'an instant'
  if (/\b[Dd]ecimal\b/.test(about)) return 'a decimal'
  if (/\bHub ids?\b/.test(about)) return 'an id of the hub'
  return Object.keys(byName).find((reason) => byName[reason]?.includes(name))
}

/** Places that are stated to be harmless. */
export const statedPlaces: readonly string[] = Object.keys(byPlace)
