package macroscope.reference;

import macroscope.unit.BinaryMacSpec;

/** Single-bit products, bit by bit. */
public final class ReferenceBinaryMac implements ReferenceUnit {

  private final BinaryMacSpec spec;

  public ReferenceBinaryMac(BinaryMacSpec spec) {
    this.spec = spec;
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    long sum = c;
    for (int k = 0; k < a.length; k++) {
      boolean counts =
          switch (spec.operation()) {
            case AND -> a[k] == 1 && b[k] == 1;
            case XOR -> a[k] != b[k];
          };
      if (counts) {
        sum = sum + 1 == 1L << spec.accumulatorBits() ? 0 : sum + 1;
      }
    }
    return sum;
  }
}
