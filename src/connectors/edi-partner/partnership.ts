import type { InterchangeHeader } from '../../edi/envelope/events.ts'

/** The pair of partners and the environment of something that a partner sent: he first, then we. */
export function partnershipIn({ syntax, sender, receiver, isTest }: InterchangeHeader): string {
  const party = ({ qualifier, id, routing }: typeof sender): string => [qualifier, id, routing].join(':')
  return [syntax, party(sender), party(receiver), isTest ? 'test' : 'production'].join(' ')
}
