package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import macroscope.unit.FusedDotSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwinsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fma_chain:format=binary32,length=4",
        "lookup_table:weight_bits=2,activation_group=32,tables_per_call=8",
        "sram_table:activations=int8,weights=int4,length=4",
        "bit_serial:activations=binary16,weights=int4,length=4,table_inputs=4",
        "codebook:dimension=8,index_bits=8",
        "posit:a=posit8_0",
        "nupes:a=nupes8_1_2,table_bits=8",
        "lns_linear:a=lns6_2,table_bits=6",
        "log_multiplier:a=e4m3fn",
        "log_multiplier:a=e4m3fn,carry=in_significand,accumulation=fixed,terms=64",
        "ternary:a=binary16",
        "dynamic_fixed_point:accumulator_bits=32,chain=16",
        "packed_mac:packing=int8_dsp58,length=3,accumulator_bits=32",
        "binary_mac:length=16",
        "bit_planes:a=int2,length=16",
        "interleaved:a=e4m3fn,length=8,kept_fraction_bits=13",
        "scaled_group:a=e2m1fn,scale=ue4m3,length=32,group_length=16,kept_fraction_bits=30",
        "kulisch:a=e4m3fn,length=2,terms=64+promote:interval=32",
        "integer_mac:a=int8,length=2,accumulator_bits=32+sparse"
      })
  void aUnitWithoutATwinIsRefusedInOneLineThatSaysWhichHaveOne(String name) {
    UnitSpec spec = spec(name);
    assertThatThrownBy(() -> Twins.of(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(
            "has no Verilog twin; there are twins of integer_mac; packed_mac but int8_dsp58; kulisch; fused;")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @EnumSource(TwinFamily.class)
  void everyFamilyIsSimulatedInThreeSettings(TwinFamily family) {
    assertThat(TwinSettings.all())
        .filteredOn(twin -> twin.family() == family)
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void blocksThatStraddleCyclesAreRefused() {
    String unit = "block_scaled:a=e2m1fn,length=8,kept_fraction_bits=25,block_length=3";
    assertThatThrownBy(() -> Twins.of(spec(unit)))
        .hasMessageContaining("block length must divide, or be a multiple of, the 8 products");
  }

  @Test
  void everyInstructionOfAFusedFamilyHasATwin() {
    assertThat(Units.all())
        .filteredOn(instruction -> instruction.unit() instanceof FusedDotSpec)
        .isNotEmpty()
        .allSatisfy(
            instruction ->
                assertThat(Twins.of(instruction.unit()).design().module()).isEqualTo("fused_dot"));
  }

  private static UnitSpec spec(String name) {
    return Units.named(name).orElseThrow();
  }
}
