/** What a mailbox does not do for its partner; the protocol has a word for each. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly why: 'missing' | 'denied' | 'full' | 'incomplete' | 'unsupported'

  constructor(why: Refused['why']) {
    super(why)
    this.why = why
  }
}
