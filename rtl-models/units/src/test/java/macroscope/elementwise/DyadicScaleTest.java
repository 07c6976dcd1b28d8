package macroscope.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import macroscope.format.IntegerFormat;
import macroscope.hardware.Component;
import macroscope.reference.ReferenceElementwise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DyadicScaleTest {

  private static final IntegerFormat INT8 = new IntegerFormat("int8", 8, true, false, 0);

  @ParameterizedTest
  @EnumSource(ShiftRounding.class)
  void equalsItsTwin(ShiftRounding rounding) {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 20_000; i++) {
      DyadicScale scale =
          new DyadicScale(
              random.nextLong(1, 1L << random.nextInt(1, 32)), random.nextInt(31, 50), rounding);
      long x = random.nextInt() >> random.nextInt(31);
      assertThat(scale.apply(x)).isEqualTo(ReferenceElementwise.scaled(scale, x).longValueExact());
    }
  }

  @ParameterizedTest
  @EnumSource(ShiftRounding.class)
  void equalsItsTwinOnTies(ShiftRounding rounding) {
    DyadicScale scale = new DyadicScale(1 << 30, 31, rounding);
    for (long x = -9; x <= 9; x++) {
      assertThat(scale.apply(x)).isEqualTo(ReferenceElementwise.scaled(scale, x).longValueExact());
    }
  }

  /** -3/2, -1/2, 1/2, 3/2 as x / 2. */
  @ParameterizedTest
  @CsvSource({"FLOOR, -2 -1 0 1", "HALF_UP, -1 0 1 2", "HALF_AWAY, -2 -1 1 2"})
  void tiesGoWhereTheRoundingSays(ShiftRounding rounding, String expected) {
    String results = "";
    for (long x = -3; x <= 3; x += 2) {
      results += (results.isEmpty() ? "" : " ") + rounding.shift(x, 1);
    }
    assertThat(results).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.75, 8, 192, 8", "1, 31, 1073741824, 30", "0.0003, 16, 40265, 27", "5, 4, 10, 1"})
  void theNearestDyadicNumberHasItsBits(double real, int bits, long multiplier, int shift) {
    assertThat(DyadicScale.nearest(real, bits, ShiftRounding.HALF_UP))
        .isEqualTo(new DyadicScale(multiplier, shift, ShiftRounding.HALF_UP));
  }

  /** A multiplier of b bits is off by at most 2^-b of itself. */
  @Test
  void aDyadicScaleIsAsNearAsItsBitsAllow() {
    SplittableRandom random = new SplittableRandom(12);
    for (int i = 0; i < 1000; i++) {
      double real = Math.scalb(1 + random.nextDouble(), -random.nextInt(1, 20));
      DyadicScale scale = DyadicScale.nearest(real, 16, ShiftRounding.FLOOR);
      double got = Math.scalb((double) scale.multiplier(), -scale.shift());
      assertThat(Math.abs(got / real - 1)).isLessThanOrEqualTo(0x1p-16);
    }
  }

  @Test
  void aRequantizedNumberIsClamped() {
    DyadicScale scale = DyadicScale.nearest(0.5, 8, ShiftRounding.HALF_AWAY);
    assertThat(new Requantizer(scale, 3, INT8).requantize(1000)).isEqualTo(127);
  }

  @Test
  void theZeroPointIsAddedAfterRounding() {
    DyadicScale scale = DyadicScale.nearest(0.5, 8, ShiftRounding.HALF_AWAY);
    assertThat(new Requantizer(scale, 3, INT8).requantize(-7)).isEqualTo(-1);
  }

  @Test
  void aRequantizerHasAMultiplierOfItsScalesBits() {
    DyadicScale scale = DyadicScale.nearest(0.3, 12, ShiftRounding.HALF_UP);
    assertThat(new Requantizer(scale, 0, INT8).inventory().lines())
        .extracting(line -> line.component())
        .contains(new Component.Multiplier(32, 12));
  }

  @Test
  void aScaleMustBePositive() {
    assertThatThrownBy(() -> DyadicScale.nearest(0, 8, ShiftRounding.FLOOR))
        .hasMessage("scale must be positive and finite: 0.0");
  }

  @Test
  void aDoublingHighMultiplyShiftsByAtLeast31() {
    assertThatThrownBy(() -> new DyadicScale(5, 8, ShiftRounding.DOUBLING_HIGH_MULTIPLY))
        .hasMessage("shift of a doubling high multiply must be 31..62: 8");
  }
}
