import { type TProperties, Type } from 'typebox'

/** Members that belong together. Members that a reader does not know are kept, not refused. */
export function record<P extends TProperties>(meaning: string, members: P) {
  return Type.Object(members, { description: meaning })
}

/** A record that several others hold. Its name is the same wherever it stands, so that readers and generated code meet one type. */
export function part<P extends TProperties>(name: string, meaning: string, members: P) {
  return Type.Object(members, { title: name, description: meaning })
}
