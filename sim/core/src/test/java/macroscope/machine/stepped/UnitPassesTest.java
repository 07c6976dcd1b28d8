package macroscope.machine.stepped;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.TensorFormat;
import macroscope.unit.Accumulators;
import macroscope.unit.DotProductUnit;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;

/** A unit whose sums depend on their order: products of 4 in binary16, truncated below the largest. */
class UnitPassesTest {

  private static final DotProductUnit<?> UNIT =
      Units.create(Units.find("nvidia.volta.mma.m8n8k4.f32.f16.f16.f32").orElseThrow().unit());

  private static EncodedMatrix matrix(int rows, long seed) {
    NumberFormat half = Formats.find("binary16").orElseThrow();
    long[] codes = new Random(seed).longs(rows * 16L).map(x -> x & 0x3fff).toArray();
    return new EncodedMatrix(
        new TensorFormat("binary16", half, List.of()), rows, 16, codes, List.of());
  }

  private static <P> Accumulators inOrder(DotProductUnit<P> unit, int... passes) {
    UnitPasses<P> units = new UnitPasses<>(unit, matrix(2, 1), matrix(3, 2));
    for (int pass : passes) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          units.add(i, j, pass);
        }
      }
    }
    return units.results();
  }

  private static <P> long[] onePassAtATime(DotProductUnit<P> unit, int... passes) {
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), 2, 3);
    P a = unit.prepareA(matrix(2, 1));
    P b = unit.prepareB(matrix(3, 2));
    for (int pass : passes) {
      unit.gemm(a, b, 4 * pass, 4 * pass + 4, sums);
    }
    return sums.codes();
  }

  @Test
  void passesInOrderAreTheProduct() {
    assertThat(inOrder(UNIT, 0, 1, 2, 3).codes()).isEqualTo(onePassAtATime(UNIT, 0, 1, 2, 3));
  }

  @Test
  void passesInAnotherOrderAreSummedInThatOrder() {
    assertThat(inOrder(UNIT, 2, 3, 0, 1).codes())
        .isEqualTo(onePassAtATime(UNIT, 2, 3, 0, 1))
        .isNotEqualTo(onePassAtATime(UNIT, 0, 1, 2, 3));
  }

  @Test
  void aPassThatIsLeftOutIsMissing() {
    assertThat(inOrder(UNIT, 0, 1, 2).codes()).isEqualTo(onePassAtATime(UNIT, 0, 1, 2));
  }

  @Test
  void aPassThatIsDoneTwiceIsAddedTwice() {
    assertThat(inOrder(UNIT, 0, 1, 1, 2, 3).codes()).isEqualTo(onePassAtATime(UNIT, 0, 1, 1, 2, 3));
  }
}
