package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.reference.ReferenceFmaChain;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FmaChainUnitTest {

  private static TwinCheck check(FloatFormat format, int length) {
    FmaChainSpec spec = new FmaChainSpec("test", format, length);
    return new TwinCheck(
        FmaChainUnit.of(spec), new ReferenceFmaChain(spec), format, format, 20_240_604);
  }

  @ParameterizedTest
  @EnumSource(Draw.class)
  void binary32EqualsItsTwin(Draw draw) {
    assertThat(check(Formats.BINARY32, 1).differences(draw, 5, 40, 9, 9)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Draw.class)
  void binary64EqualsItsTwin(Draw draw) {
    assertThat(check(Formats.BINARY64, 4).differences(draw, 5, 40, 9, 9)).isEmpty();
  }

  @Test
  void paddingTurnsNegativeZeroIntoZero() {
    long[] negativeZero = {0x8000_0000L};
    long[] zero = {0};
    assertThat(check(Formats.BINARY32, 2).differences(1, 1, 1, 1, negativeZero, zero, negativeZero))
        .isEmpty();
  }

  @Test
  void integersOfTheSameWidthAreRefused() {
    FloatFormat format = (FloatFormat) Formats.canonical("tf32");
    assertThatThrownBy(() -> new FmaChainSpec("test", format, 4))
        .hasMessage("format must be binary32 or binary64: tf32");
  }
}
