/** Kinds of news, and how they are told. Wired in app/, which knows the declarations. */
export interface NotificationDesk {
  /** Every kind of news. */
  readonly events: readonly {
    readonly name: string
    readonly audience: string
    readonly about: string
    /** Every value that a text can use, with an example. */
    readonly example: Readonly<Record<string, unknown>>
  }[]
  /** What a reader of the tenant would get. Undefined where there is no such event and nobody wrote a text for it. */
  readonly preview: (
    tenant: string,
    wish: { readonly event: string; readonly locale: string; readonly timeZone: string; readonly values?: object },
  ) => { readonly subject: string; readonly text: string; readonly html: string; readonly locale: string } | undefined
}
