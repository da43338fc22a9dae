/** Simulated time that runs faster or slower than that of the machine, and can be told to change its pace. */
export class SimulatedClock {
  #simulatedMs: number
  #machineMs: number
  #speed: number

  constructor(start: { readonly simulatedMs: number; readonly machineMs: number; readonly speed: number }) {
    this.#simulatedMs = start.simulatedMs
    this.#machineMs = start.machineMs
    this.#speed = start.speed
  }

  get speed(): number {
    return this.#speed
  }

  at(machineMs: number): number {
    return this.#simulatedMs + (machineMs - this.#machineMs) * this.#speed
  }

  /** How long the machine has to wait for a simulated moment; never negative. */
  untilMs(simulatedMs: number, machineMs: number): number {
    return Math.max(0, (simulatedMs - this.at(machineMs)) / this.#speed)
  }

  run(speed: number, machineMs: number): void {
    this.#simulatedMs = this.at(machineMs)
    this.#machineMs = machineMs
    this.#speed = speed
  }
}
