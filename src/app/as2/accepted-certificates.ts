import type { PartnerCertificate } from '../../registry/partner-certificates.ts'
import { Certificate } from '../../transports/as2/certificate.ts'
import type { As2Partner } from './as2-partner.ts'

/**
 * Partners with what was accepted of what they have uploaded, behind the files of the manifest: signatures of both count, and the first valid one
 * is encrypted for, so the new one is used alone from the day on which the old one ends or is taken out.
 */
export function withAccepted(
  partners: readonly As2Partner[],
  accepted: readonly PartnerCertificate[],
): readonly As2Partner[] {
  if (accepted.length === 0) return partners
  return partners.map((one) => {
    const own = accepted.filter(
      ({ tenant, target }) => tenant === one.connection.tenant && target === one.connection.id,
    )
    if (own.length === 0) return one
    return {
      ...one,
      certificates: added(one.certificates, own, ['signing', 'both']),
      encryptionCertificates: added(one.encryptionCertificates, own, ['encryption', 'both']),
    }
  })
}

/** What stands in the files by now is not there twice. */
function added(
  declared: readonly Certificate[],
  accepted: readonly PartnerCertificate[],
  uses: readonly string[],
): readonly Certificate[] {
  const known = new Set(declared.map(({ fingerprint }) => fingerprint))
  const more = accepted.filter(({ use, fingerprint }) => uses.includes(use) && !known.has(fingerprint))
  return [...declared, ...more.map(({ pem }) => new Certificate(pem))]
}
