package macroscope.reference;

import java.util.Arrays;
import macroscope.unit.ExactGroupDotSpec;
import macroscope.unit.KulischSpec;

/** An exact sum for each group, rounded once. */
public final class ReferenceExactGroupDot implements ReferenceUnit {

  private final ExactGroupDotSpec spec;
  private final ReferenceKulisch group;

  public ReferenceExactGroupDot(ExactGroupDotSpec spec) {
    this.spec = spec;
    int n = spec.groupLength();
    this.group =
        new ReferenceKulisch(new KulischSpec(spec.name(), spec.a(), spec.b(), n, n, spec.output()));
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    long sum = c;
    for (int k = 0; k < a.length; k += spec.groupLength()) {
      int to = Math.min(k + spec.groupLength(), a.length);
      sum = group.dot(Arrays.copyOfRange(a, k, to), Arrays.copyOfRange(b, k, to), sum);
    }
    return sum;
  }
}
