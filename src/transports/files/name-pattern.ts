/** Whether a name fits one of the patterns: `*` is any text, `?` one character; letters of either case. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  return (name) => patterns.some((pattern) => fits(pattern.toLowerCase(), name.toLowerCase()))
}

/** Only the last star is ever tried again, so that no pattern takes long. */
function fits(pattern: string, name: string): boolean {
  let [at, on] = [0, 0]
  let star = -1
  let resume = 0
  while (at < name.length) {
    if (pattern[on] === '*') {
      star = on++
      resume = at
    } else if (pattern[on] === '?' || pattern[on] === name[at]) {
      on++
      at++
    } else if (star >= 0) {
      on = star + 1
      at = ++resume
    } else return false
  }
  while (pattern[on] === '*') on++
  return on === pattern.length
}
