import { PostingHand } from '../posting-hand.ts'
import { hubUser, type Vendure } from './vendure.ts'

/** Changes of a real shop, one attempt at a time. */
export class ShopHand extends PostingHand {
  constructor(shop: Vendure, settings: Readonly<Record<string, unknown>> = {}) {
    super({ id: 'shop', connector: 'vendure', settings: { url: shop.url, ...hubUser, ...settings } }, (body) => {
      const { query } = JSON.parse(body.toString()) as { query: string }
      if (query.includes('login(')) return 'login'
      return query.startsWith('mutation') ? 'change' : 'question'
    })
  }
}
