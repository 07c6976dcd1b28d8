package macroscope.unit;

import macroscope.hardware.Widths;

/**
 * How neighbouring ternary weights are one index of a table of sums of as many activations: bitnet.cpp's
 * TL1 and TL2 (microsoft/BitNet at 16da220, utils/codegen_tl1.py, codegen_tl2.py) and Sherry (arXiv
 * 2601.07892). A code is an index and, where a table is half of one, a sign at bit {@link #SIGN_BIT}.
 */
public enum TernaryPacking {
  /** TL1: two weights, index 3 (w0 + 1) + (w1 + 1) of nine sums; 2 bits a weight. */
  TL1(2, 9, false) {
    @Override
    int canonical(byte[] weights, int at) {
      return 3 * (weights[at] + 1) + weights[at + 1] + 1;
    }

    @Override
    int weight(int index, int i) {
      return (i == 0 ? index / 3 : index % 3) - 1;
    }
  },
  /** TL2: three weights, index |9 w0 + 3 w1 + w2| of fourteen sums and its sign; 5/3 bits a weight. */
  TL2(3, 14, true) {
    @Override
    int canonical(byte[] weights, int at) {
      return 9 * weights[at] + 3 * weights[at + 1] + weights[at + 2];
    }

    /** Balanced ternary digits, the most significant first. */
    @Override
    int weight(int index, int i) {
      int rest = index;
      int digit = 0;
      for (int place = 2; place >= i; place--) {
        digit = (rest + 1) % 3 - 1;
        rest = (rest - digit) / 3;
      }
      return digit;
    }
  },
  /**
   * Sherry: four weights of which exactly one is zero, sixteen sums and a sign; 5/4 bits a weight. The
   * index is 4 p + 2 s + t with the place p of the zero and whether the second and the third of the
   * others have the sign of the first, which is the sign of the code. The numbering is not the paper's.
   */
  SHERRY(4, 16, true) {
    @Override
    int canonical(byte[] weights, int at) {
      int zero = zeroPlace(weights, at);
      int first = weights[at + (zero == 0 ? 1 : 0)];
      int index = 4 * zero;
      for (int i = 0, seen = 0; i < 4; i++) {
        if (i != zero && seen++ > 0 && weights[at + i] == first) {
          index += seen == 2 ? 2 : 1;
        }
      }
      return first < 0 ? -index - 1 : index;
    }

    @Override
    int weight(int index, int i) {
      int zero = index / 4;
      if (i == zero) {
        return 0;
      }
      int nth = i < zero ? i : i - 1;
      boolean same = nth == 0 || (nth == 1 ? (index & 2) != 0 : (index & 1) != 0);
      return same ? 1 : -1;
    }

    @Override
    int code(int canonical) {
      return canonical < 0 ? -canonical - 1 | 1 << SIGN_BIT : canonical;
    }
  };

  /** Bit of a code that is its sign. */
  public static final int SIGN_BIT = 7;

  private final int inputs;
  private final int entries;
  private final boolean half;

  TernaryPacking(int inputs, int entries, boolean half) {
    this.inputs = inputs;
    this.entries = entries;
    this.half = half;
  }

  /** Weights of an index. */
  public int inputs() {
    return inputs;
  }

  /** Sums in a table. */
  public int entries() {
    return entries;
  }

  /** Whether a sign goes with the index, so that a table has each sum for one of its signs only. */
  public boolean half() {
    return half;
  }

  /** Stored bits of a code. */
  public int codeBits() {
    return Widths.ceilLog2(entries) + (half ? 1 : 0);
  }

  /** The code of the weights from {@code at} on as one signed number. */
  abstract int canonical(byte[] weights, int at);

  /** Weight i of the sum that an index stands for. */
  abstract int weight(int index, int i);

  int code(int canonical) {
    return canonical < 0 ? -canonical | 1 << SIGN_BIT : canonical;
  }

  private static int zeroPlace(byte[] weights, int at) {
    int place = -1;
    int zeros = 0;
    for (int i = 0; i < 4; i++) {
      if (weights[at + i] == 0) {
        place = i;
        zeros++;
      }
    }
    if (zeros != 1) {
      throw new IllegalArgumentException(
          "exactly one of four weights must be 0: " + zeros + " are, from weight " + at + " on");
    }
    return place;
  }

  /**
   * The codes of ternary weights, {@link #inputs} at a time.
   *
   * @throws IllegalArgumentException if a weight is not -1, 0 or 1, or their number no multiple
   */
  public int[] codes(byte[] weights) {
    if (weights.length % inputs != 0) {
      throw new IllegalArgumentException(
          "weights of a row must be a multiple of " + inputs + ": " + weights.length);
    }
    for (byte weight : weights) {
      if (weight < -1 || weight > 1) {
        throw new IllegalArgumentException("ternary weights must be -1, 0 or 1: " + weight);
      }
    }
    int[] codes = new int[weights.length / inputs];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code(canonical(weights, inputs * i));
    }
    return codes;
  }

  /** The sums of a table, of the activations from {@code at} on. */
  void fill(int[] activations, int at, int[] table, int to) {
    for (int index = 0; index < entries; index++) {
      int sum = 0;
      for (int i = 0; i < inputs; i++) {
        sum += weight(index, i) * activations[at + i];
      }
      table[to + index] = sum;
    }
  }

  /** What a code looks up in the table that starts at {@code from}. */
  static int lookUp(int[] table, int from, int code) {
    int entry = table[from + (code & (1 << SIGN_BIT) - 1)];
    int mask = -(code >> SIGN_BIT);
    return entry + mask ^ mask;
  }
}
