package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import macroscope.unit.FusedDotSpec;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;

class TwinsTest {

  @Test
  void aUnitWithoutATwinIsRefusedByName() {
    assertThatThrownBy(() -> Twins.of(spec("fma_chain:format=binary32,length=4")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("fma_chain:format=binary32,length=4 has no Verilog twin");
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
