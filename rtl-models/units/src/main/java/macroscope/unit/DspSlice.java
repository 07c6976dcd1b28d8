package macroscope.unit;

/**
 * The multiplier of a DSP slice and what follows it, all two's complement. A later slice does what an
 * earlier one does (AM004: a DSP48E2 that is instantiated becomes a DSP58).
 */
public enum DspSlice {
  /** 7 series: 25 x 18 bits, 48-bit accumulator (UG479). */
  DSP48E1(25, 18, 48),
  /** UltraScale, UltraScale+: 27 x 18 bits, 48-bit accumulator (UG579). */
  DSP48E2(27, 18, 48),
  /** Versal: 27 x 24 bits, 58-bit accumulator (AM004). */
  DSP58(27, 24, 58);

  private final int wideBits;
  private final int narrowBits;
  private final int accumulatorBits;

  DspSlice(int wideBits, int narrowBits, int accumulatorBits) {
    this.wideBits = wideBits;
    this.narrowBits = narrowBits;
    this.accumulatorBits = accumulatorBits;
  }

  /** Bits of the multiplier's wide port, behind the pre-adder. */
  public int wideBits() {
    return wideBits;
  }

  /** Bits of the multiplier's narrow port. */
  public int narrowBits() {
    return narrowBits;
  }

  /** Bits of the accumulator. */
  public int accumulatorBits() {
    return accumulatorBits;
  }

  /** Whether this slice can stand where {@code other} is wanted. */
  public boolean does(DspSlice other) {
    return compareTo(other) >= 0;
  }
}
