import type { NoticeRule } from '../../model/notification/notice.ts'
import type { Template } from './template.ts'

/** Who hears of which events, as a tenant declared it. */
export interface NotificationRule extends NoticeRule {
  /** Names of events. */
  readonly events: ReadonlySet<string>
  /** Of customers: parts of the business in which somebody is told, the best first. */
  readonly parties: readonly string[]
  /** Of staff: addresses. Empty where the channel leads to one place. */
  readonly recipients: readonly string[]
  /** Of staff: only tasks of these roles. Empty: of all. */
  readonly roles: ReadonlySet<string>
  /** The channel leads to one place: it takes no address. */
  readonly unaddressed: boolean
}

/** All that a tenant declared about being told. */
export interface NotificationSettings {
  readonly rules: readonly NotificationRule[]
  /** The tenant's own words, by `<event> <locale>`. */
  readonly wording: ReadonlyMap<string, Wording>
}

/** How one event is told in one language. */
export interface Wording {
  readonly subject: Template
  readonly text: Template
  /** Absent: made of the text. */
  readonly html?: Template
}

/** What wording is found by: `<event> <locale>`, the locale in lower case. */
export function wordingKey(event: string, locale: string): string {
  return `${event} ${locale.toLowerCase()}`
}
