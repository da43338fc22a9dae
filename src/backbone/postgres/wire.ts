/**
 * One pipeline of prepared statements as bytes of the PostgreSQL protocol: Bind and Execute for each, one Sync at the end. All
 * parameters are binary. An array written here costs a quarter of what the driver's own encoding does, and no Buffer per value.
 */
export class Wire {
  #bytes: Buffer
  #at = 0
  #bindAt = 0
  #statements = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get statements(): number {
    return this.#statements
  }

  /** Starts a statement; exactly `parameters` values follow, then `end`. */
  begin(statement: string, parameters: number): this {
    this.#room(statement.length + 32)
    this.#bytes[this.#at] = 0x42
    this.#bindAt = this.#at + 1
    this.#at += 5
    this.#bytes[this.#at++] = 0
    this.#at += this.#bytes.write(statement, this.#at, 'latin1')
    this.#bytes[this.#at++] = 0
    this.#int16(1)
    this.#int16(1)
    this.#int16(parameters)
    return this
  }

  end(): void {
    this.#room(16)
    this.#int16(0)
    this.#patch(this.#bindAt, this.#at - this.#bindAt)
    this.#at += execute.copy(this.#bytes, this.#at)
    this.#statements++
  }

  /** The bytes, with the Sync that ends the transaction. */
  finish(): Buffer {
    this.#room(8)
    this.#at += sync.copy(this.#bytes, this.#at)
    return this.#bytes.subarray(0, this.#at)
  }

  get buffer(): Buffer {
    return this.#bytes
  }

  null(): this {
    this.#room(4)
    this.#int32(-1)
    return this
  }

  texts(values: readonly (string | null | undefined)[]): this {
    const start = this.#array(25, values.length)
    for (const value of values) this.#text(value)
    return this.#close(start)
  }

  bytes(values: readonly Uint8Array[]): this {
    const start = this.#array(17, values.length)
    for (const value of values) {
      this.#room(value.length + 4)
      this.#int32(value.length)
      this.#bytes.set(value, this.#at)
      this.#at += value.length
    }
    return this.#close(start)
  }

  /** 128-bit values, each given as text of which the first 16 characters are its bytes (`latin1`). */
  uuids(values: readonly string[]): this {
    const start = this.#array(2950, values.length)
    this.#room(values.length * 20)
    for (const value of values) {
      this.#int32(16)
      this.#at += this.#bytes.write(value, this.#at, 16, 'latin1')
    }
    return this.#close(start)
  }

  int2s(values: readonly number[]): this {
    const start = this.#array(21, values.length)
    this.#room(values.length * 6)
    for (const value of values) {
      this.#int32(2)
      this.#int16(value)
    }
    return this.#close(start)
  }

  int4s(values: readonly number[]): this {
    const start = this.#array(23, values.length)
    this.#room(values.length * 8)
    for (const value of values) {
      this.#int32(4)
      this.#int32(value)
    }
    return this.#close(start)
  }

  int8s(values: readonly (number | undefined)[]): this {
    const start = this.#array(20, values.length)
    this.#room(values.length * 12)
    for (const value of values) {
      if (value === undefined) this.#int32(-1)
      else {
        this.#int32(8)
        this.#int32(Math.floor(value / 4_294_967_296))
        this.#int32(value % 4_294_967_296)
      }
    }
    return this.#close(start)
  }

  #text(value: string | null | undefined): void {
    if (value === null || value === undefined) {
      this.#room(4)
      this.#int32(-1)
      return
    }
    this.#room(value.length * 3 + 4)
    const written = this.#bytes.write(value, this.#at + 4, 'utf8')
    this.#int32(written)
    this.#at += written
  }

  #array(element: number, length: number): number {
    this.#room(24)
    const start = this.#at
    this.#at += 4
    this.#int32(length === 0 ? 0 : 1)
    this.#int32(0)
    this.#int32(element)
    if (length > 0) {
      this.#int32(length)
      this.#int32(1)
    }
    return start
  }

  #close(start: number): this {
    this.#patch(start, this.#at - start - 4)
    return this
  }

  #patch(at: number, value: number): void {
    this.#bytes.writeInt32BE(value, at)
  }

  #int16(value: number): void {
    this.#bytes[this.#at++] = value >>> 8
    this.#bytes[this.#at++] = value
  }

  #int32(value: number): void {
    const bytes = this.#bytes
    bytes[this.#at++] = value >>> 24
    bytes[this.#at++] = value >>> 16
    bytes[this.#at++] = value >>> 8
    bytes[this.#at++] = value
  }

  #room(size: number): void {
    if (this.#at + size <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#at + size))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}

const execute = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0])
const sync = Buffer.from([0x53, 0, 0, 0, 4])
