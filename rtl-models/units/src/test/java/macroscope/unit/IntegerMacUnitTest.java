package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import macroscope.format.Formats;
import macroscope.format.IntegerFormat;
import macroscope.reference.ReferenceIntegerMac;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntegerMacUnitTest {

  private static IntegerMacSpec spec(
      String a, String b, int length, int accumulatorBits, boolean saturating) {
    return new IntegerMacSpec(
        "test", integers(a), integers(b), length, accumulatorBits, saturating);
  }

  private static IntegerFormat integers(String name) {
    return (IntegerFormat) Formats.canonical(name);
  }

  static Stream<IntegerMacSpec> units() {
    return Stream.of(
        spec("int8", "int8", 4, 32, false),
        spec("int8", "int8", 4, 32, true),
        spec("uint8", "int8", 4, 16, true),
        spec("uint8", "int8", 4, 16, false),
        spec("int4", "int4", 32, 8, true),
        spec("int4", "int4", 32, 8, false),
        spec("int2", "int16", 1, 20, true),
        spec("int16", "int16", 8, 32, false),
        spec("int16", "int16", 8, 34, true),
        spec("int16", "int16", 8, 48, true),
        spec("int32", "int32", 2, 63, false),
        spec("int24", "int32", 2, 40, false),
        spec("int24", "int24", 2, 50, true),
        spec("q2.6", "q1.7", 4, 24, true));
  }

  @ParameterizedTest
  @MethodSource("units")
  void equalsItsTwin(IntegerMacSpec spec) {
    assertThat(check(spec).differences(Draw.RAW, 5, 70, 33, 33)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("units")
  void equalsItsTwinOverManyPasses(IntegerMacSpec spec) {
    assertThat(check(spec).differences(Draw.CLOSE, 3, 520, 64, 32)).isEmpty();
  }

  private static TwinCheck check(IntegerMacSpec spec) {
    return new TwinCheck(
        new IntegerMacUnit(spec), new ReferenceIntegerMac(spec), spec.a(), spec.b(), 20_240_603);
  }

  @Test
  void theBinaryPointOfTheAccumulatorIsThatOfProducts() {
    assertThat(new IntegerMacUnit(spec("q2.6", "q1.7", 4, 24, true)).accumulatorFormat().name())
        .isEqualTo("q11.13");
  }

  @Test
  void aSaturatingPassThatALongCannotHoldIsRefused() {
    assertThatThrownBy(() -> new IntegerMacUnit(spec("int32", "int32", 2, 63, true)))
        .hasMessage("bits of a saturating pass must be 0..62: 64");
  }
}
