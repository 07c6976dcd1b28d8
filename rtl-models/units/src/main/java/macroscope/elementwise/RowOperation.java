package macroscope.elementwise;

/** An operation on the elements of a row, integers in and out. */
public sealed interface RowOperation
    permits Requantizer, Shiftmax, ShiftGelu, IntegerLayerNorm, PowerSoftmax {

  /** The results, one for each element. */
  long[] of(long[] row);

  /** Bits of a result. */
  int resultBits(int inputBits);

  /** What it computes, in a sentence. */
  String description();
}
