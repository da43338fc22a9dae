/** A document that finds its members when somebody asks for them: of most documents little is ever looked at. */
export abstract class Members {
  /** Text, a list, an object or other members; undefined where nothing is said under that name. */
  abstract member(name: string): unknown
}
