package macroscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import macroscope.tensor.TensorFormats;
import macroscope.unit.AccumulatorRule;
import macroscope.unit.SumRange;
import macroscope.unit.UnitSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactSumAxesTest {

  private record File(List<UnitAxes> units) {}

  /** A network whose longest sum has 400 products; each rule asks for another width. */
  private static final SumDemand SUMS =
      new SumDemand() {
        @Override
        public int longest() {
          return 400;
        }

        @Override
        public SumRange range(AccumulatorRule rule) {
          int bits = 14 - rule.ordinal();
          return new SumRange(BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits - 2));
        }
      };

  private static List<String> names(String yaml, String format, SumDemand sums) {
    return Yaml.parse("sweep.yaml", "units: [" + yaml + "]", File.class).units().stream()
        .flatMap(
            axes ->
                axes.units(TensorFormats.parse(format), TensorFormats.parse(format), sums).stream())
        .map(UnitSpec::name)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{family: kulisch, length: 4, terms: 64} | gen_e2m1_fin | kulisch L4",
        "{family: kulisch, length: 4, accumulator: weights} | gen_e2m1_fin | kulisch L4 acc12",
        "{family: kulisch, length: 4, accumulator: [data_types, l1_norm]} | gen_e2m1_fin | kulisch L4 acc14, kulisch L4 acc13",
        "{family: kulisch, length: 4, accumulator: weights} | gen_e3m2_fin | kulisch L4 acc19",
        "{family: integer_mac, length: 4, accumulator: data_types} | int4:channel | int L4 acc14",
        "{family: integer_mac, length: 4, accumulator_bits: 32} | int4:channel | int L4 acc32",
        "{family: packed_mac, packing: int4_dsp48e2, length: 4, accumulator: l1_norm} | int4:channel | packed int4_dsp48e2 L4 acc13"
      })
  void accumulatorsAreGivenOrFollowFromTheNetwork(String yaml, String format, String expected) {
    assertThat(String.join(", ", names(yaml, format, SUMS))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{family: kulisch, length: 4} | either terms or accumulator is needed",
        "{family: kulisch, length: 4, terms: 4, accumulator: weights} | either terms or accumulator is needed",
        "{family: integer_mac, length: 4} | either accumulator_bits or accumulator is needed",
        "{family: integer_mac, length: 4, accumulator: width} | must be one of data_types, l1_norm, weights, not the text 'width'",
        "{family: packed_mac, packing: dsp, length: 4, accumulator: weights} | must be one of plain, int8_dsp48e1, int8_dsp48e2, int4_dsp48e2, int4_dsp48e1, int8_dsp58, not the text 'dsp'"
      })
  void aMistakeIsNamed(String yaml, String rule) {
    assertThatThrownBy(() -> names(yaml, "int4", SUMS)).hasMessageContaining(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value =
          "{family: dequantized, to: int8, scale: after, of: [{family: integer_mac, length: 4, accumulator: weights}]}")
  void weightsThatAreConvertedGiveNoWidth(String yaml) {
    assertThatThrownBy(() -> names(yaml, "int4:channel", SUMS))
        .hasMessage("the accumulator must be given in bits: weights are converted first");
  }
}
