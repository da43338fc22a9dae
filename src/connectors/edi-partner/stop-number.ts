/** Element 128 of the numbers that loads and stops have, and what we call them. */
const schemes: Readonly<Record<string, string>> = {
  AO: 'appointment',
  BM: 'bol',
  PO: 'purchase_order',
}

/** How the hub calls a number with this qualifier; one that it does not know keeps its own. */
export function schemeOf(qualifier: string): string {
  return schemes[qualifier] ?? `x12-${qualifier}`
}

/** The qualifier of such a number; undefined where X12 has none that we know. */
export function qualifierOf(scheme: string): string | undefined {
  const own = Object.entries(schemes).find(([, known]) => known === scheme)?.[0]
  return own ?? /^x12-([A-Z0-9]{2,3})$/.exec(scheme)?.[1]
}
