import type { SourceFile } from './source-tree.ts'

/** A word that may not be written, and what to write instead. */
export interface BannedWord {
  readonly pattern: RegExp
  readonly instead: string
  /** Where it is looked for: the code without comments and strings, all text, or the paths of files. */
  readonly within: 'code' | 'text' | 'path'
  /** Paths where it is allowed. */
  readonly except?: RegExp
}

/** A field of a partner's document is called what the partner calls it. */
const foreignShapes = /^src\/(edi|connectors|sandbox)\//

/** The words, by what they hide. */
export const bannedWords: readonly BannedWord[] = [
  {
    pattern: /(?<![a-z])(utils?|helpers?|managers?|misc|common|shared|services|stuff)(?![a-z])/gi,
    instead: 'the noun that the file holds',
    within: 'path',
  },
  { pattern: /\b\w*(Utils?|Helpers?|Manager|Misc|Impl|Dto|DTO)\b/g, instead: 'the noun of the field', within: 'code' },
  {
    pattern: /\b(data2|tmp|foo|baz|shpmnt|shpt|cfg|mgr|svc|qty|amt|addr)\b/g,
    instead: 'the whole word',
    within: 'code',
    except: foreignShapes,
  },
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))/g, instead: '@TODO(#issue)', within: 'text' },
  {
    pattern: /(?<![.\w])console\s*\./g,
    instead: 'a signal, or the printer of the command line',
    within: 'code',
    except: /^(tools|bench|bin|test)\/|\.test\.ts$/,
  },
  { pattern: /@ts-(ignore|nocheck)/g, instead: '@ts-expect-error with a reason', within: 'text' },
  { pattern: /(eslint|oxlint|biome)-(disable|ignore)(?!.* -- )/g, instead: 'a reason after " -- "', within: 'text' },
  { pattern: /\b(it|test|describe|suite)\s*\.\s*only\b/g, instead: 'the whole suite', within: 'code' },
  {
    pattern: /\b(it|test|describe|suite)\s*\.\s*(skip|todo)\b/g,
    instead: 'context.skip(what is missing)',
    within: 'code',
  },
  {
    pattern: /(['"`])(should|works|test \d)[ '"`]/g,
    instead: 'a claim about the business',
    within: 'text',
    except: /(?<!\.test\.ts)$/,
  },
  // Examples use invented partners: a reader must never take a fixture for a customer of somebody.
  {
    pattern:
      /\b(walmart|amazon|zalando|ikea|costco|tesco|carrefour|siemens|bosch|nestl[eé]|home depot|best buy|maersk|kuehne|schenker|hapag|dsv|xpo|saia)\b/gi,
    instead: 'an invented partner',
    within: 'text',
    except: /^src\/(edi|connectors)\//,
  },
]

/** Every place where a banned word stands: `path:line: word; instead …`. */
export function findBannedWords(file: SourceFile, code: string): string[] {
  return bannedWords
    .filter(({ except }) => except?.test(file.path) !== true)
    .flatMap(({ pattern, instead, within }) => {
      const text = within === 'path' ? file.path : within === 'code' ? code : file.text
      return [...text.matchAll(pattern)].map((match) => {
        const line = within === 'path' ? '' : `:${text.slice(0, match.index).split('\n').length}`
        return `${file.path}${line}: ${match[0].trim()}; instead: ${instead}`
      })
    })
}
