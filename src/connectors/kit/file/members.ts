import { Reading } from '../reading.ts'

/** Lines of a document, also those that stand below its packages, each with the package that it is in. */
export function linesIn(document: Reading): Readonly<Record<string, unknown>>[] {
  const below = document
    .at('packages')
    .each((one) => objectsIn(one.at('lines')).map((line) => inPackage(line, one.value as object)), 10_000)
  return [...objectsIn(document.at('lines')).map((line) => inPackage(line, line)), ...below.flat()]
}

function inPackage(
  line: Readonly<Record<string, unknown>>,
  { sscc, trackingNumber }: { readonly sscc?: unknown; readonly trackingNumber?: unknown },
): Readonly<Record<string, unknown>> {
  const packedIn = sscc ?? trackingNumber
  return packedIn === undefined ? line : { ...line, packedIn }
}

/** Packages of a document, each once: a row per line repeats those that the lines are in. */
export function packagesIn(document: Reading): Readonly<Record<string, unknown>>[] {
  const found = new Map<string, Readonly<Record<string, unknown>>>()
  for (const one of objectsIn(document.at('packages'))) {
    const { sscc, trackingNumber } = one
    if (sscc === undefined && trackingNumber === undefined) continue
    const key = JSON.stringify([sscc, trackingNumber])
    if (!found.has(key)) found.set(key, one)
  }
  return [...found.values()]
}

/** The document with other members, at its place. */
export function withMembers(document: Reading, members: Readonly<Record<string, unknown>>): Reading {
  return new Reading({ ...(document.value as object), ...members }, document.place)
}

function objectsIn(list: Reading): Readonly<Record<string, unknown>>[] {
  return list.each((one) => one.value as Readonly<Record<string, unknown>>, 100_000)
}
