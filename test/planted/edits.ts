import { generated, tidy } from './guards.ts'

/** A violation inside a file that exists. */
export interface Edit {
  readonly name: string
  readonly path: string
  readonly change: (text: string) => string
  readonly guard: string
  readonly says: RegExp
}

/** Hand edits of what nobody may edit by hand. */
export const edits: readonly Edit[] = [
  {
    name: 'a generated page edited by hand',
    path: 'docs/reference/errors.md',
    change: (text) => text.replace('Not JSON', 'No JSON'),
    guard: generated.same,
    says: /docs\/reference\/errors\.md/,
  },
  {
    name: 'a generated schema edited by hand',
    path: 'schemas/openapi.json',
    change: (text) => text.replace('"3.1.0"', '"3.0.0"'),
    guard: generated.same,
    says: /schemas\/openapi\.json/,
  },
  {
    name: 'a field whose description only says its name',
    path: 'src/model/objects/location.ts',
    change: (text) => text.replace(/gln\('[^']+'\)/, "gln('The gln.')"),
    guard: generated.meant,
    says: /location\.gln: only says its name again: The gln\./,
  },
  {
    name: 'a code whose meaning is only its name',
    path: 'src/model/code-lists/transport-mode.ts',
    change: (text) => text.replace(/rail: '[^']+'/, "rail: 'Rail.'"),
    guard: generated.meant,
    says: /=rail: only says its name again/,
  },
  {
    name: 'a field of a fact that nothing is said about',
    path: 'src/model/facts/parts/progress.ts',
    change: (text) => text.replace(/flag\('[^']+'\)/, "flag('')"),
    guard: generated.meant,
    says: /progress\.partial: nothing is said about it/,
  },
  {
    name: 'a landed migration changed',
    path: 'src/backbone/postgres/migrations/0001_log.sql',
    change: (text) => text.replace('next_off bigint', 'next_off integer'),
    guard: tidy.landed,
    says: /0001_log\.sql/,
  },
  {
    name: 'a signal that nobody tells',
    path: 'src/watch/signals.ts',
    change: (text) =>
      text.replace(
        '  hubStarted: {',
        "  plantedSignal: { level: 'info', about: 'Never.', fields: {} },\n  hubStarted: {",
      ),
    guard: tidy.signals,
    says: /plantedSignal/,
  },
  {
    name: 'a setting that nobody reads',
    path: 'src/app/settings/settings.ts',
    change: (text) =>
      text.replace(
        'export const settingFields = {',
        "export const settingFields = {\n  plantedSetting: text('Nothing.'),",
      ),
    guard: tidy.meant,
    says: /plantedSetting/,
  },
  {
    name: 'a package that nothing uses',
    path: 'package.json',
    change: (text) => text.replace('"dependencies": {', '"dependencies": {\n    "planted-package": "1.0.0",'),
    guard: tidy.used,
    says: /planted-package/,
  },
  {
    name: 'a version that is not exact',
    path: 'package.json',
    change: (text) => text.replace('"undici": "', '"undici": "^'),
    guard: tidy.versions,
    says: /undici/,
  },
  {
    name: 'an install script that nobody judged',
    path: 'package-lock.json',
    change: (text) => text.replace('"node_modules/pino": {', '"node_modules/pino": {\n      "hasInstallScript": true,'),
    guard: tidy.scripts,
    says: /pino/,
  },
  {
    name: 'a licence that may not ship',
    path: 'package-lock.json',
    change: (text) => text.replace(/("node_modules\/undici": \{[^}]*?"license": )"MIT"/, '$1"AGPL-3.0-only"'),
    guard: tidy.licences,
    says: /undici: AGPL/,
  },
  {
    name: 'a command of a process that no connector has',
    path: 'src/processes/freight-settlement/effects.ts',
    change: (text) => text.replace("'post_freight_invoice'", "'planted_command'"),
    guard: generated.carried,
    says: /freight-settlement post-invoice: no connector carries out planted_command/,
  },
  {
    name: 'an excuse for a command that a connector has',
    path: 'tools/reference/carriers-out.ts',
    change: (text) => text.replace('  answer_claim:', "  post_goods_receipt: 'planted',\n  answer_claim:"),
    guard: generated.carried,
    says: /post_goods_receipt: it is carried out/,
  },
  {
    name: 'a log line that says who signed',
    path: 'src/watch/signals.ts',
    change: (text) => text.replace('fields: { connection:', "fields: { signedBy: 'text', connection:"),
    guard: tidy.personal,
    says: /signals\.ts: signedBy is personal/,
  },
]
