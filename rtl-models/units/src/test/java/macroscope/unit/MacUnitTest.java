package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import macroscope.reference.ReferenceMac;
import macroscope.unit.TwinCheck.Draw;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MacUnitTest {

  static Stream<String> units() {
    return Stream.of(
        "log_multiplier:a=e4m3fn,length=4",
        "log_multiplier:a=e4m3fn,b=e5m2,carry=in_significand,subnormals=normalised",
        "log_multiplier:a=e5m2,carry=in_significand,rounding=ties_to_even,length=8",
        "log_multiplier:a=e4m3fn,carry=in_significand,rounding=toward_zero,offset=none",
        "log_multiplier:a=e2m1fn,offset=none,accumulation=fixed,terms=64,length=4",
        "log_multiplier:a=e2m3fn,b=e4m3fn,subnormals=normalised,accumulation=fixed,"
            + "accumulator_bits=34,output=binary16",
        "log_multiplier:a=e5m2,accumulation=fixed,terms=256,output=bfloat16,length=16",
        "log_multiplier:a=bfloat16",
        "log_multiplier:a=binary16,b=bfloat16,offset=2,subnormals=normalised,length=2",
        "log_multiplier:a=tf32,offset=none,accumulation=fixed,terms=128,length=2",
        "log_multiplier:a=binary32,carry=in_significand",
        "log_multiplier:a=p3109_k8p4se,offset=1",
        "log_multiplier:a=e4m3fnuz,b=pow2_4bit",
        "ternary:a=int8,length=16,accumulator_bits=21",
        "ternary:a=int8,length=16,accumulator_bits=10,saturating=true",
        "ternary:a=int8,b=int2sym,length=4,accumulator_bits=9",
        "ternary:a=uint4,b=binary,length=4,accumulator_bits=9,saturating=true",
        "ternary:a=q2.6,length=4,accumulator_bits=16",
        "ternary:a=binary16,length=4",
        "ternary:a=bfloat16,accumulation=fixed,terms=128",
        "shift_add:a=int8,b=pow2_4bit,length=8",
        "shift_add:a=int8,b=pow2_4bit,kept_fraction_bits=2,length=8",
        "shift_add:a=int8,b=apot5_k2,length=4,accumulator_bits=24,saturating=true",
        "shift_add:a=q4.4,b=apot7_k2,kept_fraction_bits=0,accumulator_bits=24",
        "shift_add:a=int8,b=int4sym,accumulation=fixed,terms=64,output=bfloat16",
        "lns_linear:a=lns8_3,table_bits=8",
        "lns_linear:a=lns8_3,table_bits=4,accumulation=fixed,terms=128,length=4",
        "lns_linear:a=lns16_10,table_bits=12",
        "lns_linear:a=lns16_10,b=lns12_10,table_bits=20,accumulation=fixed,terms=64",
        "nupes:a=nupes8_1_2,table_bits=14,length=4",
        "nupes:a=nupes4_1_2,b=nupes8_1_2,table_bits=9,accumulation=float",
        "nupes:a=nupes6_2_3,table_bits=12,accumulation=fixed,terms=64,output=binary16",
        "posit:a=posit8_0,length=4",
        "posit:a=posit8_2",
        "posit:a=posit16_1,length=8",
        "posit:a=posit16_2,output=posit32_2",
        "posit:a=posit32_2,b=posit16_2",
        "posit:a=posit8_0,output=binary32,quire_bits=27",
        "dynamic_fixed_point:length=2,chain=8",
        "dynamic_fixed_point:length=2,product_shift=3,chain=16,saturating=true",
        "dynamic_fixed_point:a=int8,b=int16,accumulator_bits=24,chain=5,product_shift=1",
        "dynamic_fixed_point:a=int16,accumulation=integer,accumulator_bits=34,saturating=true");
  }

  private static TwinCheck check(String name) {
    MacSpec spec = (MacSpec) UnitSpelling.parse(name);
    return new TwinCheck(
        new MacUnit(spec),
        new ReferenceMac(spec),
        spec.multiplication().a(),
        spec.multiplication().b(),
        20_241_007);
  }

  @ParameterizedTest
  @MethodSource("units")
  void equalsItsTwinOnAnyCodes(String name) {
    assertThat(check(name).differences(Draw.RAW, 3, 20, 33, 33)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("units")
  void equalsItsTwinOnFiniteNumbersInSeveralCalls(String name) {
    assertThat(check(name).differences(Draw.FINITE, 3, 20, 48, 16)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("units")
  void equalsItsTwinOnNumbersOfLikeSizeInSeveralBlocks(String name) {
    assertThat(check(name).differences(Draw.CLOSE, 1, 260, 16, 16)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log_multiplier:a=e4m3fn,offset=4|offset (fraction bits 3) must be 1..3: 4",
        "log_multiplier:a=e4m3fn,rounding=ties_to_even|rounding must be toward_zero or ties_to_even,"
            + " of products with the carry in the significand: TIES_TO_EVEN",
        "log_multiplier:a=e4m3fn,accumulation=fixed,accumulator_bits=20|accumulator bits must hold a"
            + " product of 34 bits: 20",
        "log_multiplier:a=e4m3fn,accumulation=integer,accumulator_bits=40|operands of an integer accumulator must always"
            + " be finite: e4m3fn",
        "ternary:a=int8,b=int4|weights must be -1, 0 or 1: int4",
        "posit:a=e4m3fn|a must be a posit: e4m3fn",
        "posit:a=posit8_1|quire_bits is missing",
        "posit:a=posit8_2,quire_bits=64|accumulator bits must hold a product of 99 bits: 64",
        "dynamic_fixed_point:length=4,chain=6|products of a chain must be whole passes of 4: 6"
      })
  void wrongParametersAreRefused(String name, String rule) {
    assertThatThrownBy(() -> Units.create(UnitSpelling.parse(name))).hasMessageEndingWith(rule);
  }
}
