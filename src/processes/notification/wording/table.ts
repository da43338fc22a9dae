/** Subject and text of each event in one language. Tenants may say it otherwise. */
export type WordingTable = Readonly<Record<string, readonly [subject: string, text: string]>>
