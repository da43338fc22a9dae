/** A piece of HTML that is whole: text in it is text. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Piece = Markup | string | number | undefined | readonly Piece[]

/** HTML with values in it: whatever is no Markup becomes text, inside an element or a quoted attribute. */
export function markup(strings: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return new Markup(strings.map((text, at) => text + (at < values.length ? written(values[at]) : '')).join(''))
}

function written(value: Piece): string {
  if (value === undefined) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'object') return value.map(written).join('')
  return String(value).replaceAll(/[&<>"'`]/g, (one) => `&#${one.codePointAt(0)};`)
}
