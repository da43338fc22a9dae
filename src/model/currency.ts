/**
 * ISO 4217, effective-dated: which currencies there are, with their minor digits, and from and until when. Codes that ended stay,
 * because old invoices do. Maintained by hand from the ISO 4217 lists one and three and their amendments up to number 179 (2025).
 */
export interface Currency {
  readonly minorDigits: number
  /** First day, absent when it is older than anything we are asked about. */
  readonly validFrom?: string
  /** Last day on which it was legal tender; absent for one in use. */
  readonly validTo?: string
}

const inUse: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK
      DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT
      LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN
      QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SOS SRD SSP SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS WST
      XCD YER ZAR ZMW`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
}

/** Those whose beginning or end somebody still meets. */
const dated: Readonly<Record<string, Currency>> = {
  ANG: { minorDigits: 2, validTo: '2025-06-30' },
  ATS: { minorDigits: 2, validTo: '2002-02-28' },
  BEF: { minorDigits: 0, validTo: '2002-02-28' },
  BGN: { minorDigits: 2, validTo: '2026-01-31' },
  BYN: { minorDigits: 2, validFrom: '2016-07-01' },
  BYR: { minorDigits: 0, validTo: '2016-12-31' },
  CUC: { minorDigits: 2, validTo: '2021-06-30' },
  CYP: { minorDigits: 2, validTo: '2008-01-31' },
  DEM: { minorDigits: 2, validTo: '2001-12-31' },
  EEK: { minorDigits: 2, validTo: '2011-01-14' },
  ESP: { minorDigits: 0, validTo: '2002-02-28' },
  FIM: { minorDigits: 2, validTo: '2002-02-28' },
  FRF: { minorDigits: 2, validTo: '2002-02-17' },
  GRD: { minorDigits: 0, validTo: '2002-02-28' },
  HRK: { minorDigits: 2, validTo: '2023-01-14' },
  IEP: { minorDigits: 2, validTo: '2002-02-09' },
  ITL: { minorDigits: 0, validTo: '2002-02-28' },
  LTL: { minorDigits: 2, validTo: '2015-01-15' },
  LUF: { minorDigits: 0, validTo: '2002-02-28' },
  LVL: { minorDigits: 2, validTo: '2014-01-14' },
  MRO: { minorDigits: 2, validTo: '2018-12-31' },
  MRU: { minorDigits: 2, validFrom: '2018-01-01' },
  MTL: { minorDigits: 2, validTo: '2008-01-31' },
  NLG: { minorDigits: 2, validTo: '2002-01-28' },
  PTE: { minorDigits: 0, validTo: '2002-02-28' },
  SIT: { minorDigits: 2, validTo: '2007-01-14' },
  SKK: { minorDigits: 2, validTo: '2009-01-16' },
  SLE: { minorDigits: 2, validFrom: '2022-07-01' },
  SLL: { minorDigits: 2, validTo: '2023-12-31' },
  STD: { minorDigits: 2, validTo: '2018-12-31' },
  STN: { minorDigits: 2, validFrom: '2018-01-01' },
  VED: { minorDigits: 2, validFrom: '2021-10-01' },
  VEF: { minorDigits: 2, validTo: '2018-12-05' },
  VES: { minorDigits: 2, validFrom: '2018-08-20' },
  XCG: { minorDigits: 2, validFrom: '2025-03-31' },
  ZMK: { minorDigits: 2, validTo: '2013-06-30' },
  ZWG: { minorDigits: 2, validFrom: '2024-04-05' },
  ZWL: { minorDigits: 2, validTo: '2024-08-31' },
}

/** Every currency by its code. */
export const currencies: ReadonlyMap<string, Currency> = new Map([
  ...Object.entries(inUse).flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code) => [code, { minorDigits: Number(digits) }] as const),
  ),
  ...Object.entries(dated),
])

/** Whether the code was legal tender on that calendar date (`2026-01-04`). Unknown codes never were. */
export function isCurrencyOn(code: string, date: string): boolean {
  const found = currencies.get(code)
  return found !== undefined && date >= (found.validFrom ?? '') && date <= (found.validTo ?? '9999-12-31')
}
