import { readElements } from '../../grammar/element.ts'
import { type Dictionary, type DictionaryTables, defineDictionary } from '../../grammar/segment.ts'
import { composites96a, elements96a } from './elements-d96a.ts'
import { segments96a } from './segments-d96a.ts'

const d96a: DictionaryTables = {
  version: 'D.96A',
  elements: elements96a,
  composites: composites96a,
  segments: segments96a,
}

/** D.93A: quantities that differ are QVA, further prices API; a subordinate line is one code, names and addresses are shorter. */
const d93a: DictionaryTables = {
  version: 'D.93A',
  elements: readElements(`
    3148 an..25, 3224 an..17, 5482 n..8, 7009 an..7, 7065 an..7, 8155 an..4, 8212 an..17, 9321 an..3
  `),
  composites: `
    C059 3042! 3042 3042
    C174 6411! 6314 6162 6152
    C237 8260 1131 3055
    C262 4295 4294
    C273 7009 1131 3055 7008 7008
    C502 6313 6321 6155
    C555 9011! 1131 3055
  `,
  segments: `
    API ?
    LIN 1082 1229 C212 5495 1222 7083
    PCI 4233 C210 8275
    QVA C279 4221 C262
    STS C601 C555 C556
    TDT 8051! 8028 C220 C228 C040 8101 C401 C222
  `,
}

/** D.97A: versions of documents; measured values may be text. */
const d97a: DictionaryTables = {
  version: 'D.97A',
  elements: readElements('1056 an..9, 1060 an..6, 4441 an..17, 6314 an..18'),
  composites: 'C106 1004 1056 1060',
  segments: 'BGM C002 C106 1225 4343',
}

/** D.00B: versions of documents, longer references and texts; quantities may be text. 9011 is still there. */
const d00b: DictionaryTables = {
  version: 'D.00B',
  elements: readElements(`
    1050 an..10, 1056 an..9, 1060 an..6, 1082 an..6, 1131 an..17, 1154 an..70, 3039 an..35, 3148 an..512, 3224 an..256
    3222 an..256, 3228 an..70, 3232 an..256, 3251 an..17, 4440 an..512, 4447 an..3, 5004 n..35, 6060 an..35, 6314 an..18
    7008 an..256, 9308 an..10
  `),
  composites: `
    C106 1004 1056 1060
    C272 7081 1131 3055
    C503 1004 1373 1366 3453 1056 1060
    C506 1153! 1154 1156 1056 1060
    C819 3229 1131 3055 3228
  `,
  segments: `
    BGM C002 C106 1225 4343
    CNI 1490 C503 1312
    COM C076!*3
    FTX 4451! 4453 C107 C108 3453 4447
    IMD 7077 C272 C273 7383
    NAD 3035! C082 C058 C080 C059 3164 C819 3251 3207
  `,
}

/**
 * D.01B: the status of transport, 9011, has given way to 4405, a list without transport statuses: what a partner means by it is in
 * his code list, named beside it (1131, 3055).
 */
const d01b: DictionaryTables = {
  version: 'D.01B',
  elements: readElements(`
    4404 an..35, 4405 an..3, 9308 an..35
  `),
  composites: `
    C001 8179 1131 3055 8178
    C555 4405! 1131 3055 4404
  `,
  segments: `
    STS C601 C555 C556 C556 C556 C556 C556
    TDT 8051! 8028 C220 C001 C040 8101 C401 C222 8281
  `,
}

/** CONTRL belongs to the syntax, not to a directory: D:3:UN up to syntax version 3, 4:1:UN in version 4. */
const syntax: DictionaryTables = {
  version: 'S.3',
  elements: readElements(`
    0004 an..35, 0007 an..4, 0008 an..14, 0010 an..35, 0013 an..3, 0014 an..14, 0020 an..14, 0040 an..35, 0044 an..35, 0048 an..14
    0051 an..3, 0052 an..3, 0054 an..3, 0057 an..6, 0062 an..14, 0065 an..6, 0083 an..3, 0085 an..3, 0096 n..6, 0098 n..3, 0104 n..3
    0136 n..6, 0800 an..35
  `),
  codes: { '0083': '4 7 8' },
  composites: `
    S002 0004! 0007 0008
    S003 0010! 0007 0014
    S006 0040! 0007
    S007 0044! 0007
    S009 0065! 0052! 0054! 0051! 0057
    S011 0098! 0104 0136
  `,
  segments: `
    UCD 0085! S011!
    UCF 0048! S006! S007! 0083! 0085 0013 S011
    UCI 0020! S002! S003! 0083! 0085 0013 S011
    UCM 0062! S009! 0083! 0085 0013 S011
    UCS 0096! 0085
  `,
}

const dictionaries: Readonly<Record<string, Dictionary>> = {
  'D.93A': defineDictionary(d96a, d93a),
  'D.95B': defineDictionary({ ...d96a, version: 'D.95B' }),
  'D.96A': defineDictionary(d96a),
  'D.97A': defineDictionary(d96a, d97a),
  'D.00B': defineDictionary(d96a, d00b),
  'D.01B': defineDictionary(d96a, d00b, d01b),
  'D.07B': defineDictionary(d96a, d00b, d01b, {
    version: 'D.07B',
    elements: readElements(''),
    composites: '',
    segments: '',
  }),
  'S.3': defineDictionary(syntax),
  'S.4': defineDictionary(syntax, { version: 'S.4', elements: readElements(''), composites: '', segments: '' }),
}

/** The segments of a directory such as `D.96A`; undefined for one that we do not have. */
export function edifactDictionary(version: string): Dictionary | undefined {
  return dictionaries[version]
}

/** Directories of orders, despatch advices, invoices and transport messages, in the order in which they came: old ones are still sent. */
export const tradeVersions = ['D.93A', 'D.96A', 'D.97A', 'D.01B'] as const
/** Directories of the others. */
export const edifactVersions = ['D.96A', 'D.01B'] as const
/** Ports and terminals stayed with D.95B. */
export const maritimeVersions = ['D.95B', 'D.96A', 'D.00B', 'D.01B'] as const
