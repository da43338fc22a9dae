import { createHash, X509Certificate } from 'node:crypto'
import { extname } from 'node:path'
import { isManifest, pictureEndings } from './manifest-file.ts'
import type { Entry, Sections, Source } from './sections.ts'
import { written } from './written.ts'

/** What a network is made of, in the order in which a plan shows it. */
export const resourceKinds = [
  'partner',
  'connection',
  'agreement',
  'route',
  'process',
  'channel',
  'notification',
  'notification-text',
  'tracking-page',
  'identity-provider',
  'calendar',
  'check',
  'sla',
  'pick-up',
  'mailbox',
  'drop',
  'as2-partner',
  'overlay',
  'certificate',
  'sample',
  'picture',
] as const
/** One of these kinds. */
export type ResourceKind = (typeof resourceKinds)[number]

/** One declared thing by its name, as it is written: secrets are references. */
export interface Resource {
  readonly kind: ResourceKind
  readonly name: string
  readonly value: unknown
}

/** What would become of one thing. */
export interface Change {
  readonly change: 'create' | 'change' | 'remove'
  readonly kind: ResourceKind
  readonly name: string
  /** Each value that differs, by its path. */
  readonly fields: readonly { readonly path: string; readonly before?: string; readonly after?: string }[]
  readonly before?: unknown
  readonly after?: unknown
}

/** All things that a source declares. Names that come twice get a number. */
export function resourcesOf(source: Source, sections: Sections): readonly Resource[] {
  const of = (
    kind: ResourceKind,
    entries: readonly Entry[],
    name: (values: Entry['values']) => string,
  ): readonly Resource[] =>
    entries
      .filter((entry) => entry.source === source)
      .map(({ values, partner }) => ({
        kind,
        name: name(values),
        value: kind === 'connection' && partner !== undefined ? { partner, ...values } : values,
      }))
  const byConnection = (values: Entry['values']): string => written(values['connection'])
  const files = source.files
    .filter(({ path }) => !isManifest(path))
    .map(({ path, bytes }) => ({
      kind: kindOf(path),
      name: path,
      value: { sha256: createHash('sha256').update(bytes).digest('hex'), ...certificateIn(bytes) },
    }))
  return numbered([
    ...of('partner', sections.partner, ({ id }) => written(id)),
    ...of('connection', sections.connections, ({ id }) => written(id)),
    ...of('agreement', sections.agreements, (values) =>
      [
        byConnection(values),
        ...['from', 'until'].flatMap((name) => (values[name] === undefined ? [] : [name, written(values[name])])),
      ].join(' '),
    ),
    ...of('route', sections.routes, ({ command, target, tenant }) =>
      [tenant, command, target].filter(Boolean).join(' '),
    ),
    ...of('process', sections.processes, ({ tenant, process }) => [tenant, process].filter(Boolean).join(' ')),
    ...of('channel', sections.channels, ({ target }) => written(target)),
    ...of('notification', sections.notifications, ({ name }) => written(name)),
    ...of(
      'notification-text',
      sections.notificationTexts,
      ({ event, locale }) => `${written(event)} ${written(locale)}`,
    ),
    ...of('tracking-page', sections.trackingPages, ({ name }) => written(name)),
    ...of('identity-provider', sections.identityProviders, ({ name }) => written(name)),
    ...of('calendar', sections.calendars, ({ tenant, name }) => [tenant, name].filter(Boolean).join(' ')),
    ...of('check', sections.checks, ({ tenant, check }) => [tenant, check].filter(Boolean).join(' ')),
    ...of('sla', sections.slas, ({ tenant, sla }) => [tenant, sla].filter(Boolean).join(' ')),
    ...of('pick-up', sections.pickUps, (values) => `${byConnection(values)} ${written(values['protocol'])}`),
    ...of('mailbox', sections.mailboxes, ({ user }) => written(user)),
    ...of('drop', sections.drops, byConnection),
    ...of('as2-partner', sections.as2Partners, byConnection),
    ...of('overlay', sections.overlay, ({ name }) => written(name)),
    ...files,
  ])
}

function kindOf(path: string): ResourceKind {
  const ending = extname(path).toLowerCase()
  if (['.edi', '.edifact', '.txt', '.x12'].includes(ending)) return 'sample'
  return pictureEndings.includes(ending) ? 'picture' : 'certificate'
}

/** Whose certificate a file holds and how long it is good for: what people compare with what the partner told them. */
function certificateIn(bytes: Buffer): {
  readonly subject?: string
  readonly validTo?: string
  readonly fingerprint?: string
} {
  try {
    const { subject, validTo, fingerprint256: fingerprint } = new X509Certificate(bytes)
    return { subject: subject.replaceAll('\n', ', '), validTo, fingerprint }
  } catch {
    // Another file, or one that the section which names it has a problem with.
    return {}
  }
}

/** What has to happen so that `before` becomes `after`; nothing where they are the same. */
export function planChanges(before: readonly Resource[], after: readonly Resource[]): readonly Change[] {
  const key = ({ kind, name }: Resource): string => `${kind} ${name}`
  const [old, wanted] = [new Map(before.map((one) => [key(one), one])), new Map(after.map((one) => [key(one), one]))]
  const changes = [...new Set([...old.keys(), ...wanted.keys()])].flatMap((name): Change[] => {
    const [was, is] = [old.get(name), wanted.get(name)]
    const one = is ?? was
    if (one === undefined) return []
    const fields = differences(was?.value, is?.value)
    const common = { kind: one.kind, name: one.name, fields }
    if (was === undefined) return [{ change: 'create', ...common, after: is?.value }]
    if (is === undefined) return [{ change: 'remove', ...common, before: was.value }]
    return fields.length === 0 ? [] : [{ change: 'change', ...common, before: was.value, after: is.value }]
  })
  const rank = ({ kind }: Change): number => resourceKinds.indexOf(kind)
  return changes.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

function numbered(resources: readonly Resource[]): readonly Resource[] {
  const seen = new Map<string, number>()
  return resources.map((one) => {
    const key = `${one.kind} ${one.name}`
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return count === 1 ? one : { ...one, name: `${one.name} #${count}` }
  })
}

function differences(before: unknown, after: unknown): Change['fields'] {
  const [old, wanted] = [new Map(leaves(before, '')), new Map(leaves(after, ''))]
  return [...new Set([...old.keys(), ...wanted.keys()])]
    .filter((path) => old.get(path) !== wanted.get(path))
    .map((path) => {
      const [was, is] = [old.get(path), wanted.get(path)]
      return { path, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }
    })
}

function leaves(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return [[path, written(value)]]
  if (Array.isArray(value)) {
    // A list of plain values is one thing to a reader.
    if (value.every((one) => typeof one !== 'object')) return [[path, value.join(', ')]]
    return value.flatMap((one: unknown, index) => leaves(one, `${path}[${index}]`))
  }
  const members = Object.entries(value)
  if (members.length === 0) return [[path, '{}']]
  return members.flatMap(([name, one]) => leaves(one, path === '' ? name : `${path}.${name}`))
}
