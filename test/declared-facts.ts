import { Compile, type Validator } from 'typebox/compile'
import { type Fact, isReport } from '../src/model/fact.ts'
import { factSchemas } from '../src/model/facts/all.ts'

const validators = new Map<string, Validator>()

/**
 * Facts that are not what the reference says: of a type that is not declared, or with data that is not as declared. Each kind of
 * problem once, in words. What one room asks of another in a report is promised to nobody.
 */
export function undeclared(facts: Iterable<Pick<Fact, 'type' | 'data'>>): string[] {
  const problems = new Set<string>()
  for (const { type, data } of facts) {
    const schema = factSchemas[type]
    if (schema === undefined) {
      if (!isReport(type)) problems.add(`${type}: is not declared`)
      continue
    }
    const validator = validators.get(type) ?? Compile(schema)
    validators.set(type, validator)
    if (validator.Check(data)) continue
    const [first] = validator.Errors(data)
    problems.add(`${type}: ${first?.instancePath ?? ''} ${first?.message ?? 'is not as declared'}`)
  }
  return [...problems]
}
