import type { PartnerCheck } from '../../gateway/desks/network-desk.ts'

/** What a check is about, and what it looks at. */
type About = Pick<PartnerCheck, 'check' | 'about'>

/** It is as it should be. */
export function passed(about: About, detail: string): PartnerCheck {
  return { ...about, result: 'passed', detail, nextAction: '' }
}

/** It is not, and somebody has to do something. */
export function failed(about: About, detail: string, nextAction: string): PartnerCheck {
  return { ...about, result: 'failed', detail, nextAction }
}

/** It could not be looked at; what is missing for that. */
export function skipped(about: About, detail: string, nextAction: string): PartnerCheck {
  return { ...about, result: 'skipped', detail, nextAction }
}
