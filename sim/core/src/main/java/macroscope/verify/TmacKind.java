package macroscope.verify;

import java.util.Map;
import macroscope.unit.Accumulators;
import macroscope.unit.ActivationTables;
import macroscope.unit.LookupTableSpec;
import macroscope.unit.LookupTableSpec.Aggregation;
import macroscope.unit.LookupTableSpec.NumberSystem;
import macroscope.unit.LookupTableUnit;
import macroscope.unit.WeightPlanes;

/**
 * One matrix-vector product of T-MAC's kernels, with what happens inside it: tables, their scales and
 * biases, partial sums of each bit plane and the result, all bit for bit.
 */
final class TmacKind implements VectorKind {

  private static final int MOST_INPUTS = 1 << 16;

  /** Weight bits; ternary codes run as 2 bits. */
  private static final Map<String, Integer> WEIGHT_BITS =
      Map.of("1", 1, "2", 2, "3", 3, "4", 4, "1.58", 2);

  private static final Map<String, Aggregation> AGGREGATIONS =
      Map.of("0", Aggregation.EXACT, "1", Aggregation.FAST_AS_UPSTREAM);

  private static final Map<String, NumberSystem> NUMBER_SYSTEMS =
      Map.of("f32", NumberSystem.FP32_AVX2, "f16", NumberSystem.FP16_NEON);

  private static final String UNIFIED = "_unified";

  @Override
  public String name() {
    return "lut";
  }

  @Override
  public Columns columns() {
    return Columns.of(
            "id",
            "scheme",
            "wbits",
            "group_size",
            "act_group_size",
            "fast_aggregation",
            "weights_int",
            "scales",
            "zeros",
            "activations",
            "lut_scales",
            "lut_int8",
            "output_fp32_hex",
            "M",
            "K",
            "kfactor",
            "act_k",
            "number_system",
            "lut_biases",
            "cbits_hex")
        .with("act_kind", "output_ref_f64");
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public Outcome replay(VectorRow row) {
    TmacProduct product = TmacProduct.read(row, row.choice("wbits", WEIGHT_BITS));
    Aggregation aggregation = row.choice("fast_aggregation", AGGREGATIONS);
    NumberSystem numbers = row.choice("number_system", NUMBER_SYSTEMS);
    int tablesPerCall = row.integer("kfactor", 1, MOST_INPUTS);
    int lookupsPerSum = row.integer("act_k", 1, MOST_INPUTS);
    int activationGroup = row.integer("act_group_size", 1, MOST_INPUTS);
    boolean unified = row.text("scheme").endsWith(UNIFIED);
    LookupTableSpec spec;
    try {
      spec =
          new LookupTableSpec(
              row.text("scheme"),
              product.weightBits(),
              unified || product.oneScale() ? 0 : product.weightGroup(),
              unified ? 0 : activationGroup,
              tablesPerCall,
              numbers,
              aggregation);
    } catch (IllegalArgumentException e) {
      return new Outcome.Unsupported("lookup-table unit: " + e.getMessage());
    }
    if (spec.lookupsPerSum() != lookupsPerSum) {
      return new Outcome.Unsupported(
          "lookup-table unit: act_k must be " + spec.lookupsPerSum() + " here: " + lookupsPerSum);
    }
    if (product.inputs() % spec.tileInputs() != 0) {
      return new Outcome.Unsupported(
          "lookup-table unit: K must be a multiple of "
              + spec.tileInputs()
              + ": "
              + product.inputs());
    }
    if (unified && product.zeros().length != 0) {
      return new Outcome.Unsupported(
          "lookup-table unit: zero points under one activation scale for all of K");
    }
    return replay(row, product, new LookupTableUnit(spec));
  }

  private static Outcome replay(VectorRow row, TmacProduct product, LookupTableUnit unit) {
    ActivationTables tables = unit.prepareActivations(1, product.inputs(), product.activations());
    WeightPlanes planes =
        unit.prepareWeights(
            product.rows(),
            product.inputs(),
            product.weights(),
            product.oneScale() ? 0 : product.weightGroup(),
            product.scales(),
            product.zeros());
    TmacExpectation expected = TmacExpectation.read(row, unit.spec(), product);
    return expected
        .tables(tables)
        .or(() -> expected.planeSums(unit, tables, planes))
        .or(() -> expected.results(results(unit, tables, planes)))
        .map(Outcome.class::cast)
        .orElseGet(Outcome.Passed::new);
  }

  /** The results as binary32 bits, whatever the number system. */
  private static long[] results(
      LookupTableUnit unit, ActivationTables tables, WeightPlanes planes) {
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), 1, planes.rows());
    unit.gemm(tables, planes, 0, tables.columns(), sums);
    long[] bits = new long[planes.rows()];
    for (int n = 0; n < bits.length; n++) {
      float value = (float) unit.accumulatorFormat().decodeDouble(sums.codes()[n]);
      bits[n] = Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    }
    return bits;
  }
}
