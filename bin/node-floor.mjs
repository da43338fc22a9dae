import { spawnSync } from 'node:child_process'

/** Oldest Node that runs the hub. The scripts in this folder run on 20 and newer, because they come before any install. */
export const nodeFloor = '24.21.0'

/** Whether a version such as `v24.21.0` is new enough. */
export function isNewEnough(version, floor = nodeFloor) {
  const [have, need] = [version.replace(/^v/, ''), floor].map((text) =>
    text.split('.').map((part) => Number.parseInt(part, 10)),
  )
  for (let at = 0; at < 3; at++) {
    if ((have[at] ?? 0) !== need[at]) return (have[at] ?? 0) > need[at]
  }
  return true
}

/** Why `command` cannot run the hub, in a sentence that says what to do; undefined when it can. */
export function whyNot(command, environment) {
  const { error, status, stdout } = spawnSync(command, ['--version'], { env: environment, encoding: 'utf8' })
  const wayOut = `Install Node ${nodeFloor} or newer from https://nodejs.org and run this again.`
  if (error?.code === 'ENOENT')
    return `There is no Node for this platform (${process.platform} ${process.arch}) among the installed packages. ${wayOut}`
  if (error !== undefined || status !== 0) {
    return `The installed Node does not start here (on Alpine and other musl systems it cannot). ${wayOut}`
  }
  if (isNewEnough(stdout.trim())) return undefined
  return `Interline needs Node ${nodeFloor} or newer; found ${stdout.trim()}. ${wayOut}`
}
