import { PostingHand } from '../posting-hand.ts'
import { users } from './seed.ts'
import type { Tryton } from './tryton.ts'

/** Postings to a real Tryton, one attempt at a time. */
export class Hand extends PostingHand {
  constructor(tryton: Tryton, settings: Readonly<Record<string, unknown>> = {}) {
    const { login: user, password } = users.hub
    super({ id: 'tryton', connector: 'tryton', settings: { url: tryton.url, user, password, ...settings } }, (body) => {
      if (body.includes('common.db.login')) return 'login'
      return body.includes('.search_read"') ? 'question' : 'change'
    })
  }
}
