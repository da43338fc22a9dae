import { readdirSync, readFileSync } from 'node:fs'

/** User and system seconds that a process has used, with those of its children that ended; 0 when it is gone. */
export function cpuOf(pid: number): number {
  const fields = statOf(pid)
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100
}

/** The same for a process and everything that it started and that is still there. */
export function cpuOfFamily(pid: number): number {
  return familyOf(pid).reduce((sum, one) => sum + cpuOf(one), 0)
}

/** Resident bytes of a process. */
export function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
}

function familyOf(root: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(statOf(Number(name))[1] ?? 0)] as const),
  )
  const family = [root]
  // The list grows while it is read.
  for (const parent of family) for (const [pid, its] of parents) if (its === parent) family.push(pid)
  return family
}

/** Fields of /proc/<pid>/stat from the state on. */
function statOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /, '')
      .split(' ')
  } catch {
    return []
  }
}
