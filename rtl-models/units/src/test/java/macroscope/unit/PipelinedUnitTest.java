package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import macroscope.format.NumberFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages change when a result is there and what holds it on its way, never the result. */
class PipelinedUnitTest {

  private static final String INTEGERS = "integer_mac:a=int8,length=4,accumulator_bits=20";
  private static final String FLOATS = "kulisch:a=e4m3fn,length=4,terms=64";
  private static final String FUSED = "fused:a=e5m2,length=4,kept_fraction_bits=13";

  private static DotProductUnit<?> unit(String name) {
    return Units.create(Units.named(name).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        INTEGERS + "+pipeline:stages=3",
        FLOATS + "+pipeline:stages=4",
        FUSED + "+pipeline:stages=2"
      })
  void bitsAreThoseOfTheUnit(String name) {
    String base = name.substring(0, name.indexOf('+'));
    assertThat(sums(unit(name))).isEqualTo(sums(unit(base)));
  }

  private static <P> long[] sums(DotProductUnit<P> unit) {
    OperandPair formats = OperandPair.of(unit.spec()).orElseThrow();
    Accumulators c = Accumulators.zeros(unit.accumulatorFormat(), 3, 3);
    P a = unit.prepareA(TwinCheck.matrix(formats.a(), 3, 16, codes(formats.a(), 1)));
    P b = unit.prepareB(TwinCheck.matrix(formats.b(), 3, 16, codes(formats.b(), 2)));
    unit.gemm(a, b, 0, 16, c);
    return c.codes();
  }

  private static long[] codes(NumberFormat format, int seed) {
    return new Random(seed).longs(48, 0, 1L << format.bits()).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        INTEGERS + " | 1 | [multiply - accumulate]",
        INTEGERS + " | 2 | [multiply, accumulate]",
        INTEGERS + " | 3 | [multiply, add, accumulate]",
        FLOATS + " | 2 | [multiply - shift - accumulate, convert]",
        FLOATS + " | 3 | [multiply - shift, accumulate, convert]",
        FLOATS + " | 4 | [multiply - shift, add, accumulate, convert]",
        FUSED + " | 2 | [multiply, align - add - normalise]"
      })
  void stagesAreTold(String base, int stages, String told) {
    assertThat(unit(base + "+pipeline:stages=" + stages).pipeline().stages()).hasToString(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {INTEGERS, FLOATS, FUSED + ",group_length=2"})
  void aPassEntersAsOftenAsWithoutStages(String base) {
    assertThat(unit(base + "+pipeline:stages=2").pipeline().initiationInterval())
        .isEqualTo(unit(base).pipeline().initiationInterval());
  }

  /**
   * A rank behind four products of 16 bits and one behind their sum of 18 bits, each with its flag; four
   * products of 37 bits, a sum of 39; the accumulator that a conversion reads is there anyway.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        INTEGERS + " | 2 | 65",
        INTEGERS + " | 3 | 84",
        FLOATS + " | 2 | 0",
        FLOATS + " | 3 | 149",
        FLOATS + " | 4 | 189"
      })
  void ranksHaveTheirFlipFlops(String base, int stages, int bits) {
    assertThat(
            unit(base + "+pipeline:stages=" + stages).inventory().registerBits()
                - unit(base).inventory().registerBits())
        .isEqualTo(bits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        INTEGERS + " | 4 | stages must be 1..3: 4",
        "integer_mac:a=int8,length=1,accumulator_bits=20 | 3 | stages must be 1..2: 3",
        FLOATS + " | 0 | stages must be 1..4: 0",
        "ternary:a=int8 | 2 | a unit with stages must be integer_mac, kulisch or fused: ternary:a=int8"
      })
  void aMistakeIsNamed(String base, int stages, String rule) {
    String name = base + "+pipeline:stages=" + stages;
    assertThatThrownBy(() -> Units.named(name)).hasMessage(name + ": " + rule);
  }
}
