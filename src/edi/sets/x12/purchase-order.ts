/** In what the four sets about a purchase order (850, 855, 860, 865) differ. */
interface PurchaseOrderShape {
  /** The segment that begins the set: `BEG`, `BAK`, `BCH`, `BCA`. */
  readonly beginning: string
  /** The segment that begins a line. */
  readonly line: string
  /** Whether a line must come, and how often it may: `M 100000`. */
  readonly lines: string
  /** What answers the order as a whole, as lines of the table. */
  readonly answer?: string
  /** What answers a line, as lines of the table. */
  readonly lineAnswer?: string
}

/** How a supplier answers an order as a whole. */
export const answer = `
  [ACK] O 1
    ACK O 1`

/** How a supplier answers a line: with a quantity and a date for each part of it. */
export const lineAnswer = `
    [ACK] O 104
      ACK O 1
      DTM O 1`

/** The table of a set about a purchase order. */
export function purchaseOrder(shape: PurchaseOrderShape): string {
  const { beginning, line, lines, answer = '', lineAnswer = '' } = shape
  return `
  ${beginning} M 1${heading}${amounts}${answer}${parties}
  [${line}] ${lines}
    ${line} O 1${lineDetails}${lineAnswer}${lineParts}`
}

const heading = `
  CUR O 1
  REF O 999999
  PER O 3
  TAX O 999999
  FOB O 999999
  CTP O 999999
  PAM O 10
  CSH O 5
  TC2 O 999999
  [SAC] O 25
    SAC O 1
    CUR O 1
  ITD O 999999
  DIS O 20
  INC O 1
  DTM O 10
  LDT O 12
  LIN O 5
  SI O 999999
  PID O 200
  MEA O 40
  PWK O 25
  PKG O 200
  TD1 O 2
  TD5 O 12
  TD3 O 12
  TD4 O 5
  CTB O 999999
  MAN O 10
  G53 O 999999
  PCT O 999999
  CTB O 5
  TXI O 999999
  CTB O 999999
  PCT O 999999`

const amounts = `
  [LDT] O 999999 >=005010
    LDT O 1
    QTY O 999999
    MTX O 999999
    REF O 999999
  [AMT] O 999999
    AMT O 1
    REF O 999999
    DTM O 1
    PCT O 999999
    [FA1] O 999999
      FA1 O 1
      FA2 O 999999`

const parties = `
  [N9] O 999999
    N9 O 1
    DTM O 999999
    MSG O 1000
    MTX O 999999 >=005010
    PWK O 999999 >=005010
    EFI O 999999 >=005010
  [N1] O 200
    N1 O 1
    N2 O 2
    N3 O 2
    N4 O 999999
    NX2 O 999999
    REF O 12
    PER O 999999
    SI O 999999
    FOB O 1
    TD1 O 2
    TD5 O 12
    TD3 O 12
    TD4 O 5
    TD5 O 12 >=005010
    PKG O 200
    MSG O 999999
    LDT O 1 >=005010
  [LM] O 999999
    LM O 1
    LQ O 999999
  [SPI] O 999999
    SPI O 1
    REF O 5
    DTM O 5
    MSG O 50
    [N1] O 20
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 20
      G61 O 1
      MSG O 50
    [CB1] O 999999
      CB1 O 1
      REF O 20
      DTM O 5
      LDT O 1
      MSG O 50
  [ADV] O 999999
    ADV O 1
    DTM O 999999
    MTX O 999999`

const lineDetails = `
    LIN O 999999
    SI O 999999
    CUR O 1
    CN1 O 1
    PO3 O 25
    [CTP] O 999999
      CTP O 1
      CUR O 1
    PAM O 10
    MEA O 40
    [PID] O 1000
      PID O 1
      MEA O 10
    PWK O 25
    PKG O 200
    PO4 O 999999
    REF O 999999
    PER O 3
    [SAC] O 25
      SAC O 1
      CUR O 1
      CTP O 1
    IT8 O 25
    CSH O 999999
    ITD O 2
    DIS O 20
    INC O 1
    TAX O 999999
    FOB O 999999
    SDQ O 500
    IT3 O 999999
    DTM O 10
    TXI O 999999
    LDT O 12
    TC2 O 999999
    TD1 O 1
    TD5 O 12
    TD3 O 12
    TD4 O 5`

/** The four sets have these in orders of their own: whoever keeps that of his set is read. */
const lineParts = `
    PCT O 999999
    MAN O 10
    PCT O 999999
    TC2 O 2
    MSG O 999999
    SPI O 999999
    AMT O 999999
    CTB O 999999
    TXI O 999999
    CTB O 999999
    SPI O 999999
    MSG O 999999
    [QTY] O 999999
      QTY O 1
      SI O 999999
    [PKG] O 200
      PKG O 1
      MEA O 999999
    [SCH] O 200
      SCH O 1
      TD1 O 2
      TD5 O 12
      TD3 O 12
      TD4 O 5
      REF O 999999
      LDT O 1 >=005010
    [PKG] O 200
      PKG O 1
      MEA O 999999
    [N9] O 1000
      N9 O 1
      DTM O 999999
      MEA O 40
      MSG O 1000
      MTX O 999999 >=005010
    [LS] O 1
      LS O 1
      [LDT] O 999999
        LDT O 1
        QTY O 999999
        MSG O 1
        REF O 3
        [LM] O 999999
          LM O 1
          LQ O 999999
      LE M 1
    [LDT] O 999999 >=005010
      LDT O 1
      QTY O 999999
      MTX O 999999
      REF O 3
      [LM] O 999999
        LM O 1
        LQ O 999999
    [N9] O 1000
      N9 O 1
      DTM O 999999
      MEA O 40
      MSG O 1000
      MTX O 999999 >=005010
    [N1] O 200
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 999999
      QTY O 999999
      NX2 O 999999
      REF O 12
      PER O 999999
      SI O 999999
      DTM O 1
      FOB O 1
      SCH O 200
      TD1 O 2
      TD5 O 12
      TD3 O 12
      TD4 O 5
      TD5 O 12 >=005010
      QTY O 999999
      PKG O 200
      [LDT] O 999999
        LDT O 1
        MAN O 10
        QTY O 5
        MSG O 1
        REF O 3
    [SLN] O 1000
      SLN O 1
      MSG O 999999
      MTX O 999999 >=005010
      SI O 999999
      PID O 1000
      PO3 O 104
      TC2 O 999999
      ADV O 999999
      CTP O 25
      PAM O 10
      PO4 O 1
      ACK O 104
      [SAC] O 25
        SAC O 1
        CUR O 1
        CTP O 1
      DTM O 10
      CTP O 25
      PAM O 10
      REF O 999999
      MEA O 40
      PO4 O 1
      TAX O 3
      ADV O 999999
      [N9] O 999999
        N9 O 1
        DTM O 999999
        MSG O 999999
        MTX O 999999 >=005010
      [SAC] O 25
        SAC O 1
        CUR O 1
        CTP O 1
      [QTY] O 999999
        QTY O 1
        SI O 999999
      [N9] O 999999
        N9 O 1
        DTM O 999999
        MSG O 999999
        MTX O 999999 >=005010
      [N1] O 10
        N1 O 1
        N2 O 2
        N3 O 2
        N4 O 1
        NX2 O 999999
        REF O 12
        PER O 3
        SI O 999999
    [AMT] O 999999
      AMT O 1
      REF O 1
      PCT O 999999
    [LM] O 999999
      LM O 1
      LQ O 999999
  [CTT] O 1
    CTT O 1
    AMT O 1
`
