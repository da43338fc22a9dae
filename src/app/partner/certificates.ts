import type { PartnerCheck, ShownPartner } from '../../gateway/desks/network-desk.ts'
import type { Certificate } from '../../transports/as2/certificate.ts'
import type { As2Partner } from '../as2/as2-partner.ts'
import { failed, passed } from './check.ts'

type Use = 'own' | 'signing' | 'encryption'

/** Every certificate of a partner's AS2 connections, with what it is for. */
export function certificatesOf(partners: readonly As2Partner[], now: number): ShownPartner['certificates'] {
  return partners.flatMap((partner) =>
    uses(partner).flatMap(([use, all]) =>
      all.map((one) => ({
        connection: partner.connection.id,
        use,
        subject: one.x509.subject.replaceAll('\n', ', '),
        fingerprint: one.fingerprint,
        validFrom: one.validFrom,
        validTo: one.validTo,
        isUsed: one.isValidAt(now) || (use !== 'own' && partner.expiredCertificates),
      })),
    ),
  )
}

/** Whether each use has a certificate that holds long enough. Keys fit their certificates, or the network had not been applied. */
export function checkCertificates(
  partners: readonly As2Partner[],
  { now, daysWanted }: { readonly now: number; readonly daysWanted: number },
): readonly PartnerCheck[] {
  return partners.flatMap((partner) =>
    uses(partner).map(([use, all]) => {
      const about = { check: 'certificate', about: `${partner.connection.id} ${use}` }
      const usable = all.filter((one) => one.isValidAt(now))
      const until = Math.max(...usable.map(({ validTo }) => validTo))
      const days = Math.floor((until - now) / dayMs)
      const owner = use === 'own' ? 'Make a new one' : 'Ask the partner for the new one'
      const action = `${owner}, put its file behind the old one, and apply.`
      if (usable.length === 0) return failed(about, 'No certificate is valid now.', action)
      const said = `${usable.length} valid, the last one for ${days} more days${use === 'own' ? '; each fits its private key' : ''}.`
      return days < daysWanted ? failed(about, said, action) : passed(about, said)
    }),
  )
}

function uses({
  identities,
  certificates,
  encryptionCertificates,
}: As2Partner): readonly (readonly [Use, readonly Certificate[]])[] {
  return [
    ['own', identities.map(({ certificate }) => certificate)],
    ['signing', certificates],
    ['encryption', encryptionCertificates],
  ]
}

const dayMs = 86_400_000
