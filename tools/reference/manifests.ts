import type { Fields } from '../../src/base/fields.ts'
import { code, page, table } from '../markdown.ts'
import { fieldsTable } from './settings.ts'

interface ManifestsReference {
  readonly partner: Fields
  readonly sla: Fields
  readonly connection: Fields
  readonly polling: Fields
  readonly codes: Fields
  readonly agreement: Fields
  readonly route: Fields
  readonly process: Fields
  readonly channel: Fields
  readonly notification: Fields
  readonly notificationText: Fields
  readonly calendar: Fields
  readonly trackingPage: Fields
  readonly identityProvider: Fields
  readonly check: Fields
  readonly serviceLevel: Fields
}

/** The reference of manifests: every section, and every key of it. */
export function manifestsPage(reference: ManifestsReference): string {
  const { partner, sla, connection, polling, codes, agreement, route, process, calendar, check } = reference
  return page(
    'Manifests',
    'A network is a folder of files in YAML or JSON, with certificates and samples beside them. Each file may hold any of these sections; a key that is not listed is refused. [How to begin](../guides/partners.md).',
    [
      sectionsTable(),
      'A secret is never written down. Where one belongs, a reference stands: `{env: NAME}` is the variable `INTERLINE_SECRET_NAME` of the hub, `{file: name}` a file of its secrets directory. Certificates are named by their path from the manifest, private keys by their path in the secrets directory.',
      '## partner',
      fieldsTable(partner),
      '### partner.sla',
      fieldsTable(sla),
      '## connections',
      'Beside these keys `settings`, which are those of the connector, `polling` and `codes`.',
      fieldsTable(connection),
      '### polling',
      fieldsTable(polling),
      '### codes',
      'What becomes of codes of the system that nobody has [translated](../guides/master-data.md).',
      fieldsTable(codes),
      '## agreements',
      'A `connection`, `samples` (files that `interline partner test NAME` reads and writes), and these settings of the connection. `severities` and `carrierCodes` may be written as keys and values, `overlays` are names of those that ship or of the network.',
      fieldsTable(agreement),
      '## routes',
      'Beside these keys `when`: members of the posting that must have these values.',
      fieldsTable(route),
      ...processSections(process, calendar),
      ...tellingSections(reference),
      '## checks',
      'What a tenant wants otherwise than the [checks](checks.md) say.',
      fieldsTable(check),
      '## slas',
      'Promises about time, [measured](../guides/slas.md) in every period.',
      fieldsTable(reference.serviceLevel),
      '## overlay',
      overlayTable(),
    ],
  )
}

/** What may stand in a file. */
function sectionsTable(): string {
  return table(
    ['section', 'what'],
    [
      [code('partner'), 'one partner; what else stands in the file or its folder belongs to it'],
      [code('connections'), 'a list of connections to systems, of any [connector](connectors.md)'],
      [code('agreements'), 'a list: what is agreed about the documents of an EDI connection'],
      [code('routes'), 'a list: which command goes to which connection'],
      [
        code('processes'),
        'a list: which [processes](processes/README.md) a tenant wants, or wants otherwise than usual',
      ],
      [
        `${code('notifications')}, ${code('notificationTexts')}`,
        'lists: who is [told](../guides/notifications.md) what, and in which words',
      ],
      [
        code('trackingPages'),
        'a list: how the [page](../guides/tracking-page.md) looks on which recipients follow their parcels',
      ],
      [
        code('identityProviders'),
        'a list: issuers that [vouch for people](../guides/people.md#your-own-identity-provider) by OpenID Connect',
      ],
      [code('calendars'), 'a list: when somebody works, for timers that count in business time'],
      [code('checks'), 'a list: figures from which on a [business check](checks.md) is amber or red'],
      [code('slas'), 'a list: what somebody [promised](../guides/slas.md) about time'],
      [`${code('pickUps')}, ${code('drops')}, ${code('mailboxes')}`, 'lists of [folders](files.md)'],
      [code('as2Partners'), 'a list of partners by [AS2](as2.md)'],
      [code('overlay'), 'one overlay over the grammar of a [set](edi-sets.md), with samples'],
    ],
  )
}

function processSections(process: Fields, calendar: Fields): readonly string[] {
  return [
    '## processes',
    'Beside these keys `policy`: names and values, which the page of the process lists. A process that has to be chosen is on where it is listed here. What is under way goes on with the policy that it began with.',
    fieldsTable(process),
    '## calendars',
    'When somebody works: the time that timers of processes count in where their pages say so. What a process has no calendar for is Monday to Friday, 8 to 17 o’clock UTC. [More](../guides/processes.md#business-time).',
    fieldsTable(calendar),
  ]
}

/** Who is told what: channels, customers, colleagues. */
function tellingSections({
  channel,
  notification,
  notificationText,
  trackingPage,
  identityProvider,
}: Pick<
  ManifestsReference,
  'channel' | 'notification' | 'notificationText' | 'trackingPage' | 'identityProvider'
>): readonly string[] {
  return [
    '## channels',
    'What a shop or a market place may sell, and when it is told: [channels](../guides/inventory.md#channels).',
    fieldsTable(channel),
    '## notifications',
    fieldsTable(notification),
    '## notificationTexts',
    'Templates are explained in [the guide](../guides/notifications.md).',
    fieldsTable(notificationText),
    '## trackingPages',
    'One for each tenant: [the guide](../guides/tracking-page.md).',
    fieldsTable(trackingPage),
    '## identityProviders',
    'Who vouches for the people of a tenant, by OpenID Connect: [the guide](../guides/people.md#your-own-identity-provider). Only who may do everything (`*`) declares them.',
    fieldsTable(identityProvider),
  ]
}

function overlayTable(): string {
  return table(
    ['key', 'meaning'],
    [
      [code('name'), 'under which agreements choose it'],
      [code('about'), 'what it is for, in a sentence'],
      [code('level'), '`industry`, `partner` or `relationship`: the narrower lies over the wider'],
      [
        `${code('set')}, ${code('version')}, ${code('alsoFor')}`,
        'over which grammar it lies, and which other versions are read by it',
      ],
      [
        code('places'),
        'by path, such as `W27` or `0300/MAN`: `use` (required, optional, forbidden), `min`, `max`, and `elements` with `use`, `codes`, `pattern`, `min`, `max`',
      ],
      [
        code('samples'),
        'at least one `file` with the `verdicts` that it must get, as `interline edi validate` says them',
      ],
    ],
  )
}
