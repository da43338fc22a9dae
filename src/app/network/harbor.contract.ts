import type { Source } from './sections.ts'

const sample = [
  'ISA*00*          *00*          *ZZ*HARBOR         *ZZ*MERIDIAN       *260601*1200*U*00401*000000001*0*P*>~',
  'GS*SW*HARBOR*MERIDIAN*20260601*1200*1*X*004010~ST*945*0001~W06*F*DL-1*20260601~LX*1~W12*CC*5*5**EA**VN*SKU-1~W03*5~',
  'SE*6*0001~GE*1*1~IEA*1*000000001~',
].join('')

/** A partner with everything; each test changes one thing of it. */
export function wholePartner(certificatePem: string): Readonly<Record<string, string>> {
  return {
    'harbor/partner.yaml': `
# Our third-party warehouse at the harbor.
partner:
  id: harbor
  name: Harbor Fulfilment
  role: 3pl
  contacts: [EDI desk <edi@harbor.example>]
  sla:
    quietDays: 3
connections:
  - id: harbor
    connector: edi-partner
    settings:
      token: {file: token}
      url: https://edi.harbor.example/in
agreements:
  - connection: harbor
    partnerId: HARBOR
    ownId: MERIDIAN
    group: "997"
    overlays: [harbor-945]
    severities:
      code.unknown: warn
      L4: reject
    samples: [samples/945.edi]
as2Partners:
  - connection: harbor
    ourName: MERIDIAN
    partnerName: HARBOR
    url: https://as2.harbor.example/as2
    ourIdentityFiles: [own.pem]
    certificateFiles: [harbor.crt]
`,
    'harbor/945.yaml': `
overlay:
  name: harbor-945
  about: Harbor always says which carrier took the goods.
  level: partner
  set: "945"
  version: "004010"
  places:
    W27: {use: required}
  samples:
    - file: samples/945.edi
      verdicts: [partner.segment_required W27]
`,
    'harbor/samples/945.edi': sample,
    'harbor/harbor.crt': certificatePem,
  }
}

/** Files as a source of the tenant main. */
export function sourceOf(files: Readonly<Record<string, string>>, mayDeclareAny = false): Source {
  return {
    tenant: 'main',
    name: 'network',
    mayDeclareAny,
    files: Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
  }
}

/** Two shops of one tenant that both count from 1001. */
export const shopsAlike = `connections:
  - {id: de, connector: generic-shop, settings: {url: "https://de.example"}}
  - {id: fr, connector: generic-shop, settings: {url: "https://fr.example"}}
`
