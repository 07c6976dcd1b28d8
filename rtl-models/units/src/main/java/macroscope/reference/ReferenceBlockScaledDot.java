package macroscope.reference;

import java.util.List;
import java.util.stream.IntStream;
import macroscope.format.Value;
import macroscope.unit.BlockScaledDotSpec;
import macroscope.unit.FusedDotSpec;

/** The fused dot product whose products are scaled by powers of two, in exact values. */
public final class ReferenceBlockScaledDot implements ReferenceScaledUnit {

  private final BlockScaledDotSpec spec;
  private final ReferenceFusedDot dot;

  public ReferenceBlockScaledDot(BlockScaledDotSpec spec) {
    this.spec = spec;
    this.dot = new ReferenceFusedDot(spec.dot());
  }

  @Override
  public long dot(long[] a, long[] scalesA, long[] b, long[] scalesB, long c) {
    FusedDotSpec fused = spec.dot();
    long code = c;
    for (int from = 0; from < a.length; from += fused.groupLength()) {
      int[] group = IntStream.range(from, from + fused.groupLength()).toArray();
      List<Value> x = IntStream.of(group).mapToObj(k -> fused.a().decode(a[k])).toList();
      List<Value> y = IntStream.of(group).mapToObj(k -> fused.b().decode(b[k])).toList();
      List<Value> scales =
          IntStream.of(group)
              .mapToObj(k -> k / spec.blockLength())
              .map(block -> product(scalesA[block], scalesB[block]))
              .toList();
      if (scales.stream().anyMatch(Value::isNan)) {
        code = dot.special(Value.NAN);
      } else {
        code = dot.group(x, y, scales.stream().map(Value::exponent).toList(), code);
      }
    }
    return code;
  }

  private Value product(long scaleA, long scaleB) {
    Value x = spec.scale().decode(scaleA);
    Value y = spec.scale().decode(scaleB);
    return x.isNan() || y.isNan() ? Value.NAN : ExactArithmetic.product(x, y);
  }
}
