package macroscope.rtl;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import macroscope.format.FloatFormat;

/** Draws the scales of sums: mostly near one, so that terms meet; sometimes anything. */
final class ScaleSampler {

  /** Scales near one are 2^-NEAR..2^NEAR. */
  private static final int NEAR = 12;

  private final Optional<OperandScale> scale;
  private final Random random;

  ScaleSampler(Optional<OperandScale> scale, long seed) {
    this.scale = scale;
    this.random = new Random(seed ^ 0x5CA1EL);
  }

  /** A sum with scales, if the unit has any. */
  Sum scaled(Sum sum) {
    return scale.map(s -> sum.withScales(codes(s, sum.a()), codes(s, sum.b()))).orElse(sum);
  }

  private long[] codes(OperandScale s, long[] elements) {
    List<Long> edges = EdgeCodes.of(s.format());
    int kind = random.nextInt(8);
    long[] codes = new long[s.blocks(elements.length)];
    for (int i = 0; i < codes.length; i++) {
      codes[i] =
          switch (kind) {
            case 0 -> any(s.format());
            case 1 -> random.nextInt(4) == 0 ? edges.get(random.nextInt(edges.size())) : near(s);
            default -> near(s);
          };
    }
    return codes;
  }

  private long any(FloatFormat format) {
    return random.nextLong() & ((1L << format.bits()) - 1);
  }

  private long near(OperandScale s) {
    int fractionBits = s.format().fractionBits();
    long field = s.format().bias() + random.nextInt(2 * NEAR + 1) - NEAR;
    long code = (Math.max(0, field) << fractionBits) + random.nextInt(1 << fractionBits);
    return Math.min(s.format().maxFiniteCode(), code);
  }
}
