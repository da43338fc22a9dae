/** Payload of `notify_party`: a message to somebody as it is to be read, and what it is about for channels that are no people. */
export interface PersonalMessage {
  /** Empty where the channel leads to one place. */
  readonly address: string
  readonly name?: string
  /** Names the recipient without giving the address away. */
  readonly recipient: string
  readonly audience: 'customer' | 'staff'
  /** BCP 47. */
  readonly language: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly about: readonly { readonly event: string; readonly object: string; readonly number: string }[]
}
