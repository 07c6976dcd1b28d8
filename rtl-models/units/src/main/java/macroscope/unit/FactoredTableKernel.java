package macroscope.unit;

import macroscope.format.FloatFormat;
import macroscope.format.Value;

/**
 * Planes with real factors: for each group of inputs that share them the sum of a plane times its factor
 * joins the accumulator by one fused multiply-add, the offset first, then the planes in order (as in
 * LUT-GEMM's kernel {@code _nqmv_bias}, naver-aics/lut-gemm at f34d0df).
 */
final class FactoredTableKernel implements BitSerialKernel {

  private final PlaneSums lookups;
  private final BitSerialOperand.Planes planes;
  private final RoundedReals sums;
  private final int count;
  private final int factors;
  private final int tables;

  FactoredTableKernel(BitSerialSpec spec, PlaneSums lookups, BitSerialOperand.Planes planes) {
    this.lookups = lookups;
    this.planes = planes;
    sums = new RoundedReals((FloatFormat) spec.accumulator());
    count = spec.planes();
    factors = count + (spec.factors().offset() ? 1 : 0);
    tables =
        spec.factors().inputs() == 0
            ? planes.groups()
            : spec.factors().inputs() / spec.table().inputs();
  }

  @Override
  public void load(int row) {
    lookups.load(row);
  }

  @Override
  public long add(long code, int row, int from, int to) {
    float sum = sums.value(code);
    for (int start = from; start < to; ) {
      int group = start / tables;
      int end = Math.min(to, (group + 1) * tables);
      sum = addGroup(sum, row, group, start, end);
      start = end;
    }
    return sums.code(sum);
  }

  private float addGroup(float before, int row, int group, int from, int to) {
    int groups = (planes.groups() + tables - 1) / tables;
    int at = (row * groups + group) * factors;
    float sum = before;
    if (factors > count) {
      float ones = lookups.planeSum(PlaneSums.ONES, from, to);
      sum = sums.fma(planes.factors()[at + count], ones, sum);
    }
    for (int plane = 0; plane < count; plane++) {
      float looked = lookups.planeSum(row * count + plane, from, to);
      sum = sums.fma(planes.factors()[at + plane], looked, sum);
    }
    return sum;
  }

  /** Explanations take codes, and planes with factors of their own have none. */
  @Override
  public Value entry(int table, int index) {
    throw new IllegalArgumentException("planes with real factors are not explained");
  }
}
