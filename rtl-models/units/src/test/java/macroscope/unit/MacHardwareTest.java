package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Component;
import macroscope.hardware.Inventory;
import macroscope.hardware.Role;
import macroscope.tensor.EncodedMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of multiply-accumulate units, and that every parameter matters. */
class MacHardwareTest {

  private static final int DEPTH = 64;

  private static Inventory inventory(String name) {
    return Units.create(UnitSpelling.parse(name)).inventory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log_multiplier:a=e4m3fn",
        "log_multiplier:a=bfloat16,carry=in_significand,accumulation=fixed,terms=64",
        "ternary:a=int8,length=16",
        "ternary:a=binary16",
        "shift_add:a=int8,b=apot5_k2",
        "lns_linear:a=lns8_3,table_bits=8"
      })
  void aMultiplierFreeUnitHasNoMultiplier(String name) {
    assertThat(inventory(name).lines())
        .noneMatch(line -> line.component() instanceof Component.Multiplier);
  }

  /** Eight bits and a sign, four levels of an adder tree, an accumulator. */
  @Test
  void aTernaryUnitIsATreeOfAdders() {
    assertThat(inventory("ternary:a=int8,length=16,accumulator_bits=21").lines())
        .filteredOn(line -> line.component() instanceof Component.Adder)
        .extracting(line -> line.instances() + " x " + ((Component.Adder) line.component()).bits())
        .containsExactly("8 x 10", "4 x 11", "2 x 12", "1 x 13", "1 x 21");
  }

  /** One addition of 8-bit codes without their signs, the carry out, and one constant. */
  @Test
  void anEightBitLmulIsTwoAdditions() {
    assertThat(inventory("log_multiplier:a=e4m3fn").lines())
        .filteredOn(line -> line.role() == Role.MULTIPLIER)
        .extracting(line -> line.component().toString())
        .containsExactly("Adder[bits=8]", "Adder[bits=8]");
  }

  /** Standard for Posit Arithmetic, 2022: 16 n; the draft of 2018: 32, 128. */
  @ParameterizedTest
  @CsvSource({
    "posit8_0, 32",
    "posit16_1, 128",
    "posit8_2, 128",
    "posit16_2, 256",
    "posit32_2, 512"
  })
  void aQuireHasTheBitsOfTheStandard(String format, int bits) {
    assertThat(Units.create(UnitSpelling.parse("posit:a=" + format)).partialSumBits())
        .isEqualTo(bits);
  }

  /** Results of a fixed product, the bill of materials and the pipeline. */
  private static <P> String outputs(DotProductUnit<P> unit) {
    MacSpec spec = (MacSpec) unit.spec();
    Random random = new Random(7);
    EncodedMatrix a = operand(spec.multiplication().a(), random);
    EncodedMatrix b = operand(spec.multiplication().b(), random);
    Accumulators sums = Accumulators.zeros(unit.accumulatorFormat(), 1, 1);
    unit.gemm(unit.prepareA(a), unit.prepareB(b), 0, DEPTH, sums);
    return sums.codes()[0] + " " + unit.inventory() + unit.pipeline();
  }

  private static EncodedMatrix operand(NumberFormat format, Random random) {
    long[] codes =
        random
            .doubles(DEPTH, -1.5, 1.5)
            .mapToLong(x -> format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE))
            .toArray();
    return TwinCheck.matrix(format, 1, DEPTH, codes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log_multiplier:a=e4m3fn|b=e3m4",
        "log_multiplier:a=e4m3fn|carry=in_significand",
        "log_multiplier:a=e4m3fn|offset=none",
        "log_multiplier:a=e4m3fn|offset=2",
        "log_multiplier:a=e4m3fn|subnormals=normalised",
        "log_multiplier:a=e4m3fn|length=2",
        "log_multiplier:a=e4m3fn|accumulation=fixed,terms=64",
        "log_multiplier:a=e4m3fn,accumulation=fixed,terms=64|output=bfloat16",
        "log_multiplier:a=e4m3fn,accumulation=fixed|accumulator_bits=50",
        "log_multiplier:a=e4m3fn,carry=in_significand|rounding=toward_zero",
        "log_multiplier:a=e4m3fn,carry=in_significand,rounding=toward_zero|rounding=ties_to_even",
        "ternary:a=int8|a=int4",
        "ternary:a=int8|b=binary",
        "ternary:a=int8|accumulator_bits=21",
        "ternary:a=int8|saturating=true",
        "ternary:a=int8|length=8",
        "shift_add:a=int8,b=pow2_4bit|b=apot5_k2",
        "shift_add:a=int8,b=pow2_4bit|kept_fraction_bits=2",
        "lns_linear:a=lns8_3,table_bits=8|table_bits=9",
        "nupes:a=nupes6_1_2,table_bits=12|table_bits=11",
        "posit:a=posit8_0|quire_bits=40",
        "posit:a=posit8_0|output=posit16_1",
        "posit:a=posit8_2|b=posit16_2",
        "dynamic_fixed_point:chain=16|chain=32",
        "dynamic_fixed_point:chain=16|product_shift=1",
        "dynamic_fixed_point:chain=16|accumulator_bits=36",
        "dynamic_fixed_point:chain=16|saturating=true"
      })
  void everyParameterChangesWhatTheUnitIsOrGives(String unit, String change) {
    String key = change.substring(0, change.indexOf('='));
    String without = unit.replaceFirst("(?<=[:,])" + key + "=[^,]*,?", "");
    String base = unit.contains("terms") || !unit.endsWith("fixed") ? unit : unit + ",terms=64";
    String changed = without + (without.endsWith(",") || without.endsWith(":") ? "" : ",") + change;
    assertThat(outputs(Units.create(UnitSpelling.parse(changed))))
        .isNotEqualTo(outputs(Units.create(UnitSpelling.parse(base))));
  }
}
