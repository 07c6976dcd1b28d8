package macroscope.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowUnitTest {

  private static RowUnit unit(String text) {
    return RowUnits.named(text).orElseThrow();
  }

  @Test
  void everyOperationHasAUnitOfItsNameASourceAndParts() {
    assertThat(RowUnits.all())
        .allSatisfy(
            one -> {
              assertThat(unit(one.name()).name()).isEqualTo(one.name());
              assertThat(one.source()).isNotBlank();
              assertThat(unit(one.name()).inventory().lines()).isNotEmpty();
              assertThat(unit(one.name()).operation().description()).isNotBlank();
            });
  }

  /** Passes over the row; a reciprocal of 31 bits; ten divisions of a 48-bit sum of squares. */
  @ParameterizedTest
  @CsvSource({
    "hawq_v3_requantizer, 1",
    "hawq_v3_requantizer:row=64, 64",
    "ivit_shiftmax, 415",
    "'ivit_shiftmax:row=197,output_bits=16', 622",
    "ivit_shiftgelu, 1025",
    "ivit_layernorm:row=128, 815",
    "'ivit_layernorm:row=192,iterations=4', 795",
    "two_pass_softmax, 256",
    "three_pass_softmax, 384"
  })
  void aRowTakesItsPassesAndItsDivisions(String text, int cycles) {
    assertThat(unit(text).pipeline().initiationInterval()).isEqualTo(cycles);
  }

  /** Each parameter by itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hawq_v3_requantizer | scale=0.3",
        "hawq_v3_requantizer | multiplier_bits=16",
        "hawq_v3_requantizer | rounding=floor",
        "hawq_v3_requantizer | output=int4",
        "hawq_v3_requantizer | row=8",
        "ivit_shiftmax | input_bits=16",
        "ivit_shiftmax | row=64",
        "ivit_shiftmax | inverse_scale=60",
        "ivit_shiftmax | fraction_bits=12",
        "ivit_shiftmax | output_bits=16",
        "ivit_shiftgelu | input_bits=8",
        "ivit_shiftgelu | row=64",
        "ivit_shiftgelu | inverse_scale=33",
        "ivit_shiftgelu | fraction_bits=12",
        "ivit_shiftgelu | output_bits=16",
        "ivit_layernorm | input_bits=8",
        "ivit_layernorm | row=64",
        "ivit_layernorm | iterations=4",
        "two_pass_softmax | input_bits=16",
        "two_pass_softmax | row=64",
        "two_pass_softmax | fraction_bits=4",
        "two_pass_softmax | table_bits=8",
        "two_pass_softmax | output_bits=8"
      })
  void everyParameterChangesTheHardware(String name, String change) {
    assertThat(hardware(name + ":" + change)).isNotEqualTo(hardware(name));
  }

  /** The zero point is data of a register. */
  @Test
  void aZeroPointMovesTheResults() {
    long[] row = {-3, 0, 700};
    assertThat(unit("hawq_v3_requantizer:zero_point=5").operation().of(row))
        .containsExactly(5, 5, 8);
  }

  private static List<Object> hardware(String text) {
    RowUnit unit = unit(text);
    return List.of(unit.pipeline().initiationInterval(), unit.inventory());
  }

  @Test
  void threePassesReadTheRowOnceMore() {
    assertThat(accesses("three_pass_softmax") - accesses("two_pass_softmax")).isEqualTo(128);
  }

  private static double accesses(String text) {
    return unit(text).inventory().lines().stream()
        .filter(line -> line.component() instanceof Component.Memory)
        .mapToDouble(Inventory.Line::usesPerPass)
        .sum();
  }

  /** Where 1 is no power of two units, whole exponents are quotients. */
  @ParameterizedTest
  @CsvSource({"64, 0", "60, 4"})
  void aScaleThatIsAPowerOfTwoNeedsNoDivision(int inverseScale, int subtractors) {
    assertThat(
            unit("ivit_shiftmax:inverse_scale=" + inverseScale).inventory().lines().stream()
                .filter(line -> line.name().equals("whole exponent: subtractors"))
                .mapToInt(Inventory.Line::instances)
                .sum())
        .isEqualTo(subtractors);
  }

  @Test
  void aUnitDoesTheOperationOfItsName() {
    long[] row = {640, 0, -640, 64};
    ShiftExponential exponential = new ShiftExponential(64, 15);
    assertThat(unit("ivit_shiftmax").operation().of(row))
        .isEqualTo(new Shiftmax(exponential, 8).of(row));
  }

  @Test
  void everyKeyOfAnOperationIsUsed() {
    for (RowUnits.Entry one : RowUnits.all()) {
      for (Map.Entry<String, String> key : one.parameters().entrySet()) {
        assertThatThrownBy(() -> RowUnits.named(one.name() + ":" + key.getKey() + "=x"))
            .hasMessageContaining("x");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ivit_shiftmax:rows=3 | unknown rows; there are fraction_bits, input_bits, inverse_scale,"
            + " output_bits, row",
        "ivit_shiftmax:row=0 | row must be 1..16384: 0",
        "ivit_shiftmax:row=x | row must be a whole number: x",
        "ivit_shiftmax:row=1,row=2 | must be key=value, each key once: row=2",
        "ivit_layernorm:input_bits=26 | input bits of a layer normalisation must be 2..25: 26",
        "hawq_v3_requantizer:rounding=up | rounding must be one of floor, half_up, half_away,"
            + " doubling_high_multiply: up",
        "hawq_v3_requantizer:scale=a | scale must be a number: a",
        "hawq_v3_requantizer:output=e4m3fn | output must be an integer format: e4m3fn"
      })
  void whatDoesNotFitIsRefusedWithTheRule(String text, String rule) {
    assertThatThrownBy(() -> RowUnits.named(text)).hasMessage(text + ": " + rule);
  }

  @Test
  void otherNamesAreNoUnits() {
    assertThat(Arrays.asList("sail", "ivit", "ivit_shiftmax2"))
        .allSatisfy(name -> assertThat(RowUnits.named(name)).isEmpty());
  }
}
