package macroscope.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.unit.IeeeArithmetic;
import org.junit.jupiter.api.Test;

/** Binary16 arithmetic in floats against big integers. */
class IeeeArithmeticTest {

  private static final int CODES = 1 << 16;
  private static final RoundedArithmetic HALF = new RoundedArithmetic(Formats.BINARY16);

  @Test
  void everyCodeHasTheValueOfTheFormat() {
    for (int code = 0; code < CODES; code++) {
      float value = IeeeArithmetic.value16(code);
      assertThat(Double.compare(value, Formats.BINARY16.decodeDouble(code))).isZero();
    }
  }

  @Test
  void everyNumberHasTheCodeOfTheFormat() {
    for (int code = 0; code < CODES; code++) {
      float value = IeeeArithmetic.value16(code);
      if (!Float.isNaN(value)) {
        assertThat(IeeeArithmetic.code16(value)).isEqualTo(code);
      }
    }
  }

  @Test
  void nanHasTheQuietCode() {
    assertThat(IeeeArithmetic.code16(Float.NaN)).isEqualTo(0x7E00);
  }

  @Test
  void numbersOnAndBesideEveryMidpointRoundToNearestEven() {
    for (int code = 0; code < 0x7C00; code++) {
      double low = Formats.BINARY16.decodeDouble(code);
      double high = code == 0x7BFF ? 65536 : Formats.BINARY16.decodeDouble(code + 1);
      double middle = (low + high) / 2;
      for (double x : new double[] {low, middle, Math.nextUp(middle), Math.nextDown(middle)}) {
        assertThat(IeeeArithmetic.code16(IeeeArithmetic.round16(x))).isEqualTo(encoded(x));
        assertThat(IeeeArithmetic.code16(IeeeArithmetic.round16(-x))).isEqualTo(encoded(-x));
      }
    }
  }

  @Test
  void numbersFarOutsideRoundToZeroAndInfinity() {
    for (double x : new double[] {Double.MIN_VALUE, 0x1p-60, 0x1p16, 1e300, 1.0 / 0}) {
      assertThat(IeeeArithmetic.code16(IeeeArithmetic.round16(-x))).isEqualTo(encoded(-x));
    }
  }

  @Test
  void sumsAndProductsAreRoundedOnce() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      float a = finite(random);
      float b = finite(random);
      assertThat(IeeeArithmetic.add16(a, b)).isEqualTo((float) HALF.add(a, b));
      assertThat(IeeeArithmetic.subtract16(a, b)).isEqualTo((float) HALF.subtract(a, b));
      assertThat(IeeeArithmetic.multiply16(a, b)).isEqualTo((float) HALF.multiply(a, b));
    }
  }

  @Test
  void fusedSumsAreRoundedOnce() {
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      float a = finite(random);
      float b = finite(random);
      float c = finite(random);
      assertThat(IeeeArithmetic.fma16(a, b, c)).isEqualTo((float) HALF.fma(a, b, c));
    }
  }

  /** Products down to 2^-48 beside an addend of 2^15: sums of up to 64 bits. */
  @Test
  void fusedSumsThatBinary64CannotHoldAreRoundedOnce() {
    float c = 32768 + 32;
    for (int exponent = -24; exponent <= -14; exponent++) {
      for (int significand = 1; significand < 1 << 11; significand += 2) {
        float tiny = Math.scalb((float) significand, exponent);
        float b = (float) 0x1p-24;
        assertThat(IeeeArithmetic.fma16(tiny, b, c)).isEqualTo((float) HALF.fma(tiny, b, c));
        assertThat(IeeeArithmetic.fma16(-tiny, b, c)).isEqualTo((float) HALF.fma(-tiny, b, c));
      }
    }
  }

  @Test
  void integersAreConvertedAsTheInstructionsDo() {
    assertThat(IeeeArithmetic.nearestIntegerX86(2.5f)).isEqualTo(2);
    assertThat(IeeeArithmetic.nearestIntegerX86(Float.NaN)).isEqualTo(Integer.MIN_VALUE);
    assertThat(IeeeArithmetic.nearestIntegerX86(0x1p31f)).isEqualTo(Integer.MIN_VALUE);
    assertThat(IeeeArithmetic.nearestIntegerArm(-3.5f)).isEqualTo(-4);
    assertThat(IeeeArithmetic.nearestIntegerArm(Float.NaN)).isZero();
    assertThat(IeeeArithmetic.nearestIntegerArm(1e30f)).isEqualTo(Integer.MAX_VALUE);
  }

  private static long encoded(double x) {
    return Formats.BINARY16.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE);
  }

  private static float finite(Random random) {
    float x;
    do {
      x = IeeeArithmetic.value16(random.nextInt(CODES));
    } while (!Float.isFinite(x));
    return x;
  }
}
