package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import macroscope.reference.ReferenceLookupTable;
import macroscope.unit.LookupTableSpec.Aggregation;
import macroscope.unit.LookupTableSpec.NumberSystem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The unit against its readable twin, K that needs padding included. */
class LookupTableTwinTest {

  private static final int WEIGHT_ROWS = 5;

  static List<LookupTableSpec> specs() {
    List<LookupTableSpec> specs = new ArrayList<>();
    for (NumberSystem numbers : NumberSystem.values()) {
      for (int bits = 1; bits <= 4; bits++) {
        for (Aggregation aggregation : Aggregation.values()) {
          if (aggregation == Aggregation.FAST_UNSIGNED_AVERAGE
              && numbers != NumberSystem.FP32_AVX2) {
            continue;
          }
          specs.add(new LookupTableSpec("8/32", bits, 32, 32, 8, numbers, aggregation));
          specs.add(new LookupTableSpec("16/32", bits, 64, 32, 16, numbers, aggregation));
          specs.add(new LookupTableSpec("16/64", bits, 64, 64, 16, numbers, aggregation));
        }
        specs.add(new LookupTableSpec("8/all", bits, 0, 0, 8, numbers, Aggregation.EXACT));
        specs.add(new LookupTableSpec("16/all", bits, 0, 0, 16, numbers, Aggregation.EXACT));
      }
    }
    return specs;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void resultsAreThoseOfTheTwin(LookupTableSpec spec) {
    Random random = new Random(spec.hashCode());
    for (int inputs : new int[] {1, 63, 64, 150}) {
      Product product = Product.random(spec, inputs, random);
      assertThat(product.results(spec)).isEqualTo(product.twin(spec));
    }
  }

  private record Product(
      int group, double[] activations, byte[] codes, double[] scales, double[] zeros) {

    static Product random(LookupTableSpec spec, int inputs, Random random) {
      int group = spec.weightGroup() == 0 ? inputs : spec.weightGroup();
      int scales = WEIGHT_ROWS * ((inputs + group - 1) / group);
      byte[] codes = new byte[WEIGHT_ROWS * inputs];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (byte) random.nextInt(1 << spec.weightBits());
      }
      boolean zeros = !spec.unified() && random.nextBoolean();
      return new Product(
          group,
          random.doubles(inputs, -3, 3).toArray(),
          codes,
          random.doubles(scales, 0.01, 0.1).toArray(),
          random.doubles(zeros ? scales : 0, -0.5, 0.5).toArray());
    }

    int inputs() {
      return activations.length;
    }

    long[] results(LookupTableSpec spec) {
      LookupTableUnit unit = new LookupTableUnit(spec);
      int stated = spec.weightGroup() == 0 ? 0 : group;
      WeightPlanes planes =
          unit.prepareWeights(WEIGHT_ROWS, inputs(), codes, stated, scales, zeros);
      ActivationTables tables = unit.prepareActivations(1, inputs(), activations);
      Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), 1, WEIGHT_ROWS);
      unit.gemm(tables, planes, 0, inputs(), c);
      return c.codes();
    }

    long[] twin(LookupTableSpec spec) {
      ReferenceLookupTable twin = new ReferenceLookupTable(spec);
      long[] results = new long[WEIGHT_ROWS];
      for (int n = 0; n < results.length; n++) {
        int[] weights = new int[inputs()];
        for (int k = 0; k < weights.length; k++) {
          weights[k] = codes[n * inputs() + k];
        }
        results[n] = twin.dot(activations, weights, each(n, scales), each(n, zeros));
      }
      return results;
    }

    /** The value of each weight of a row. */
    private double[] each(int row, double[] values) {
      int groups = (inputs() + group - 1) / group;
      double[] each = new double[values.length == 0 ? 0 : inputs()];
      for (int k = 0; k < each.length; k++) {
        each[k] = values[row * groups + k / group];
      }
      return each;
    }
  }
}
