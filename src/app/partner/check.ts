import type { PartnerCheck } from '../../gateway/network-desk.ts'

/** What a check is about, and what it looks at. */
type About = Pick<PartnerCheck, 'check' | 'about'>

export function passed(about: About, detail: string): PartnerCheck {
  return { ...about, result: 'passed', detail, nextAction: '' }
}

export function failed(about: About, detail: string, nextAction: string): PartnerCheck {
  return { ...about, result: 'failed', detail, nextAction }
}

export function skipped(about: About, detail: string, nextAction: string): PartnerCheck {
  return { ...about, result: 'skipped', detail, nextAction }
}
