import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FlowNode } from '../src/flow/node.ts'
import { acceptancePoints } from './demands/acceptance-points.ts'
import { owaspItems } from './demands/owasp.ts'
import { generatedHead } from './generated-head.ts'
import { grafanaDashboard, prometheusRules } from './reference/alerting.ts'
import { type Api, apiPages } from './reference/api.ts'
import { as2Page } from './reference/as2.ts'
import { cataloguePage } from './reference/catalogue.ts'
import { checksPage } from './reference/checks.ts'
import { codesPage } from './reference/codes.ts'
import { connectorsPage } from './reference/connectors.ts'
import { ediSetsPage } from './reference/edi-sets.ts'
import { errorsPage } from './reference/errors.ts'
import { factsPage } from './reference/facts.ts'
import { filesPage } from './reference/files.ts'
import { manifestsPage } from './reference/manifests.ts'
import { masterDataPage } from './reference/master-data.ts'
import { metricsPage } from './reference/metrics.ts'
import { modelPage } from './reference/model.ts'
import { performancePage, performanceTable, type Results } from './reference/performance.ts'
import { personalPage } from './reference/personal.ts'
import { processTestsPage } from './reference/process-tests.ts'
import { processesPage, processPage } from './reference/processes.ts'
import { scenarios, scenariosPage } from './reference/scenarios.ts'
import { isCodeList, namedSchemas, type Schema } from './reference/schema.ts'
import { securityPage } from './reference/security.ts'
import { settingsPage } from './reference/settings.ts'
import { signalsPage } from './reference/signals.ts'
import { root } from './source-tree.ts'
import { readJson } from './supply-chain.ts'

/** A file that is made of declarations and committed, so that a change of a contract shows in the diff. */
export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

/** Everything that is generated, in memory. Two runs over the same declarations give the same bytes. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  const made = await Promise.all(sources.filter(({ needs }) => existsSync(join(root, needs))).map(({ make }) => make()))
  return made.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

const objectsList = 'src/model/objects/all.ts'

/** One source of declarations each. */
const sources: readonly { readonly needs: string; readonly make: () => Promise<GeneratedFile[]> }[] = [
  { needs: 'src/base/errors.ts', make: fromErrors },
  { needs: 'src/app/settings/settings.ts', make: fromSettings },
  { needs: 'src/connectors/all.ts', make: fromConnectors },
  { needs: 'src/edi/sets/find.ts', make: fromEdiSets },
  { needs: 'src/app/files/place.ts', make: fromFiles },
  { needs: 'src/app/as2/as2-partner.ts', make: fromAs2 },
  { needs: 'src/app/network/network.ts', make: fromManifests },
  { needs: 'src/registry/master-kinds.ts', make: fromMasterData },
  { needs: objectsList, make: fromModel },
  { needs: 'src/model/facts/all.ts', make: fromRoutes },
  { needs: 'src/processes/all.ts', make: fromProcesses },
  { needs: 'src/watch/signals.ts', make: fromSignals },
  { needs: 'src/watch/checks/all.ts', make: fromChecks },
  { needs: 'src/app/contracts/catalogue.ts', make: fromCatalogue },
  { needs: 'src/app/watching/instruments.ts', make: fromInstruments },
  { needs: 'bench/results.json', make: fromResults },
]

async function fromErrors(): Promise<GeneratedFile[]> {
  const { errors } = await import('../src/base/errors.ts')
  return [{ path: 'docs/reference/errors.md', text: errorsPage(errors) }]
}

/** The page, and the table in the README between its two marks. */
async function fromResults(): Promise<GeneratedFile[]> {
  const results = readJson('bench/results.json') as unknown as Results
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [before, after] = [readme.split('<!-- bench -->')[0], readme.split('<!-- /bench -->')[1]]
  if (before === undefined || after === undefined) throw new Error('README.md has no place for the bench table')
  return [
    { path: 'docs/reference/performance.md', text: performancePage(results) },
    { path: 'README.md', text: `${before}<!-- bench -->\n${performanceTable(results)}\n<!-- /bench -->${after}` },
  ]
}

/** A page for each process, of its newest version. */
async function fromProcesses(): Promise<GeneratedFile[]> {
  const { definitions } = await import('../src/processes/all.ts')
  const { connectors } = await import('../src/connectors/all.ts')
  const newest = definitions.filter(
    ({ id, version }) => !definitions.some((one) => one.id === id && one.version > version),
  )
  return [
    { path: 'docs/reference/processes/README.md', text: processesPage(newest) },
    { path: 'docs/reference/processes/tests.md', text: processTestsPage(newest) },
    ...newest.map((one) => ({ path: `docs/reference/processes/${one.id}.md`, text: processPage(one, connectors) })),
  ]
}

async function fromSettings(): Promise<GeneratedFile[]> {
  const { variableOf } = await import('../src/app/environment.ts')
  const { settingFields } = await import('../src/app/settings/settings.ts')
  return [{ path: 'docs/reference/settings.md', text: settingsPage(settingFields, variableOf) }]
}

async function fromConnectors(): Promise<GeneratedFile[]> {
  const { connectors } = await import('../src/connectors/all.ts')
  return [{ path: 'docs/reference/connectors.md', text: connectorsPage(connectors) }]
}

async function fromEdiSets(): Promise<GeneratedFile[]> {
  const { findSet, knownTables } = await import('../src/edi/sets/find.ts')
  const { defaultMaps } = await import('../src/edi/maps/all.ts')
  const { shippedOverlays } = await import('../src/edi/overlay/all.ts')
  const sets = knownTables.map((table) => ({
    table,
    grammars: table.versions.flatMap((version) => findSet(table.identifier, version) ?? []),
    isMapped: Object.hasOwn(defaultMaps, table.identifier),
  }))
  return [{ path: 'docs/reference/edi-sets.md', text: ediSetsPage(sets, shippedOverlays) }]
}

async function fromFiles(): Promise<GeneratedFile[]> {
  const { placeFields } = await import('../src/app/files/place.ts')
  const { dropFields } = await import('../src/app/files/drop-declaration.ts')
  const { mailboxFields } = await import('../src/app/files/mailbox-declaration.ts')
  const { folderFailures } = await import('../src/transports/files/folder.ts')
  const { pgpFailures } = await import('../src/transports/pgp/failure.ts')
  const { faultCodes } = await import('../src/edi/flat/fault-codes.ts')
  const { pickUpFields } = await import('../src/app/files/pick-up-declaration.ts')
  return [
    {
      path: 'docs/reference/files.md',
      text: filesPage({
        pickUp: pickUpFields,
        protocols: placeFields,
        mailbox: mailboxFields,
        drop: dropFields,
        failures: folderFailures,
        pgpFailures,
        flatFaults: faultCodes,
      }),
    },
  ]
}

async function fromManifests(): Promise<GeneratedFile[]> {
  const { partnerFields, slaFields } = await import('../src/app/network/partner.ts')
  const { connectionFields, pollingFields, codesFields } = await import('../src/app/network/connection-manifest.ts')
  const { identityProviderFields } = await import('../src/app/network/identity-provider-manifest.ts')
  const { trackingPageFields } = await import('../src/app/network/tracking-page-manifest.ts')
  const { channelFields } = await import('../src/app/network/channel-manifest.ts')
  const { notificationFields, notificationTextFields } = await import('../src/app/network/notification-manifest.ts')
  const { checkFields } = await import('../src/app/network/check-manifest.ts')
  const { slaPromiseFields } = await import('../src/app/network/sla-manifest.ts')
  const { calendarFields } = await import('../src/app/network/calendar-manifest.ts')
  const { processFields } = await import('../src/app/network/process-manifest.ts')
  const { routeFields } = await import('../src/app/network/route-manifest.ts')
  const { agreement } = await import('../src/connectors/edi-partner/settings.ts')
  return [
    {
      path: 'docs/reference/manifests.md',
      text: manifestsPage({
        partner: partnerFields,
        sla: slaFields,
        connection: connectionFields,
        polling: pollingFields,
        codes: codesFields,
        agreement,
        route: routeFields,
        process: processFields,
        channel: channelFields,
        trackingPage: trackingPageFields,
        identityProvider: identityProviderFields,
        notification: notificationFields,
        notificationText: notificationTextFields,
        calendar: calendarFields,
        check: checkFields,
        serviceLevel: slaPromiseFields,
      }),
    },
  ]
}

async function fromMasterData(): Promise<GeneratedFile[]> {
  const { masterKinds } = await import('../src/registry/master-kinds.ts')
  // Only the shape that the page shows.
  return [{ path: 'docs/reference/master-data.md', text: masterDataPage(masterKinds as unknown as Shown) }]
}

type Shown = Parameters<typeof masterDataPage>[0]

async function fromAs2(): Promise<GeneratedFile[]> {
  const { as2Fields } = await import('../src/app/as2/as2-partner.ts')
  const { as2Failures } = await import('../src/transports/as2/failure.ts')
  return [{ path: 'docs/reference/as2.md', text: as2Page(as2Fields, as2Failures) }]
}

/** Objects and facts explain each other, so their pages are made together: one page of code lists serves both. */
async function fromModel(): Promise<GeneratedFile[]> {
  // Named at run time while the room is being built; the test asks for its page, so it cannot be forgotten.
  const { objectSchemas } = (await import(join(root, objectsList))) as {
    readonly objectSchemas: Readonly<Record<string, unknown>>
  }
  const { factSchemas } = await import('../src/model/facts/all.ts')
  const { isReport } = await import('../src/model/fact.ts')
  const { personalDeclared } = await import('../src/model/personal/mask.ts')
  const { freeTextDeclared } = await import('../src/model/personal/free-text.ts')
  const { lifecycles } = await import('./reference/lifecycles.ts')
  const objects = asSchemas(objectSchemas)
  const facts = asSchemas(factSchemas)
  const all = { ...objects, ...facts }
  const named = namedSchemas(Object.values(all))
  const parts = new Map([...namedSchemas(Object.values(objects))].filter(([, schema]) => !isCodeList(schema)))
  const lists = new Map([...named].filter(([, schema]) => isCodeList(schema)))
  const usedBy = (name: string): string[] => Object.keys(all).filter((key) => namedSchemas([all[key] ?? {}]).has(name))
  return [
    { path: 'docs/reference/model.md', text: modelPage({ objects, parts, lifecycles: lifecycles() }) },
    {
      path: 'docs/reference/facts.md',
      text: factsPage({ facts, named: namedSchemas(Object.values(facts)), isSent: (type) => !isReport(type) }),
    },
    { path: 'docs/reference/codes.md', text: codesPage(lists, usedBy) },
    { path: 'docs/reference/personal.md', text: personalPage(personalDeclared, freeTextDeclared.names) },
    ...schemaFiles('objects', objects),
    ...schemaFiles('facts', facts),
  ]
}

async function fromRoutes(): Promise<GeneratedFile[]> {
  const { routes } = await import('../src/gateway/all.ts')
  const { openapi } = await import('../src/gateway/contract/openapi.ts')
  const { asyncapi } = await import('../src/gateway/contract/asyncapi.ts')
  const { apiTypes } = await import('./codegen/api-types.ts')
  const { version } = readJson('package.json') as { readonly version: string }
  const document = openapi(routes, { version, url: 'http://127.0.0.1:8080' })
  return [
    { path: 'schemas/openapi.json', text: json({ 'x-generated': generatedHead, ...document }) },
    { path: 'web/src/api/schema.ts', text: `// ${generatedHead}\n${await apiTypes(document)}` },
    { path: 'schemas/asyncapi.json', text: json({ 'x-generated': generatedHead, ...asyncapi({ version }) }) },
    ...apiPages(document as unknown as Api).map(({ path, text }) => ({ path: `docs/reference/api/${path}`, text })),
  ]
}

async function fromSignals(): Promise<GeneratedFile[]> {
  const { signals } = await import('../src/watch/signals.ts')
  return [{ path: 'docs/reference/signals.md', text: signalsPage(signals) }]
}

async function fromChecks(): Promise<GeneratedFile[]> {
  const { checks } = await import('../src/watch/checks/all.ts')
  return [
    { path: 'docs/reference/checks.md', text: checksPage(checks) },
    // Prometheus refuses keys that it does not know, so the head is a comment; JSON is YAML, too.
    { path: 'schemas/prometheus-rules.yml', text: `# ${generatedHead}\n${json(prometheusRules(checks))}` },
    {
      path: 'schemas/grafana-dashboard.json',
      text: json({ 'x-generated': generatedHead, ...grafanaDashboard(checks) }),
    },
  ]
}

async function fromCatalogue(): Promise<GeneratedFile[]> {
  const { catalogue } = await import('../src/app/contracts/catalogue.ts')
  const { services } = await import('../src/registry/service.ts')
  return [{ path: 'docs/reference/catalogue.md', text: cataloguePage(services, catalogue) }]
}

async function fromInstruments(): Promise<GeneratedFile[]> {
  const {
    defineExpectationGauge,
    defineGauges,
    defineRetentionGauges,
    defineTransmissionGauge,
    defineWorkGauges,
    instruments,
  } = await import('../src/app/watching/instruments.ts')
  const { checks } = await import('../src/watch/checks/all.ts')
  const { defineCheckGauges } = await import('../src/watch/check-gauges.ts')
  const { defineSlaGauges } = await import('../src/watch/slas/sla-gauges.ts')
  const { defineOracleGauge } = await import('../src/app/watching/oracle-rounds.ts')
  const { definePickUpGauges } = await import('../src/app/files/running-pick-up.ts')
  const { defineAs2Gauges, defineDoorGauge } = await import('../src/app/as2/as2-exchange.ts')
  const { defineQuietGauge } = await import('../src/app/partner/quiet.ts')
  const { memoryBackbone } = await import('../src/backbone/memory/memory.ts')
  const { registry } = instruments({ logLevel: 'silent', version: '0' })
  // Gauges are only declared here; nobody scrapes, so nothing of the node is read.
  defineGauges(registry, memoryBackbone({ partitions: 1, now: () => 0 }), {} as FlowNode)
  defineRetentionGauges(registry, () => undefined)
  defineTransmissionGauge(registry, { open: async () => [] })
  defineWorkGauges(registry, { tasks: { ages: async () => [] }, processes: { states: async () => [] }, now: () => 0 })
  defineExpectationGauge(registry, { partitions: 1, dueTimers: async () => [] }, () => 0)
  defineCheckGauges(registry, { checks, store: { latest: async () => [] }, now: () => 0 })
  defineSlaGauges(registry, { slas: () => [], store: { latest: async () => [] }, now: () => 0 })
  defineOracleGauge(registry, { counts: () => [] })
  definePickUpGauges(registry, () => [])
  defineAs2Gauges(registry, () => [], { overdue: async () => new Map() })
  defineDoorGauge(registry, () => 0)
  defineQuietGauge(registry, { partners: () => [], intake: { read: async () => [] }, now: () => 0 })
  const metrics = registry
    .getMetricsAsArray()
    .map((metric) => ({ name: metric.name, help: metric.help, ...declaredOf(metric) }))
  return [
    {
      path: 'docs/reference/metrics.md',
      text: metricsPage(metrics.filter(({ name }) => name.startsWith('interline_'))),
    },
    { path: 'docs/reference/scenarios.md', text: scenariosPage(scenarios()) },
    { path: 'docs/reference/security.md', text: securityPage(acceptancePoints, owaspItems) },
  ]
}

/** prom-client keeps kind and labels on the metric, but not in its types. */
function declaredOf(metric: object): { readonly type: string; readonly labels: readonly string[] } {
  const labels = 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames.map(String) : []
  return { type: metric.constructor.name.toLowerCase(), labels }
}

function schemaFiles(folder: string, schemas: Readonly<Record<string, Schema>>): GeneratedFile[] {
  return Object.entries(schemas).map(([name, schema]) => ({
    path: `schemas/${folder}/${name}.json`,
    text: json({ $schema: 'https://json-schema.org/draft/2020-12/schema', $comment: generatedHead, ...schema }),
  }))
}

/** A typebox schema is a JSON Schema; only its JSON side is wanted here. */
function asSchemas(schemas: Readonly<Record<string, unknown>>): Readonly<Record<string, Schema>> {
  return JSON.parse(JSON.stringify(schemas)) as Readonly<Record<string, Schema>>
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
