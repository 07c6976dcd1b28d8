package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import macroscope.format.Formats;
import macroscope.tensor.Sparsity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitOptionTest {

  private static final String HOPPER = "nvidia.hopper.wgmma.m64n8k16.f32.f16.f16";

  private static UnitSpec hopper() {
    return Units.named(HOPPER).orElseThrow();
  }

  @Test
  void promotionHasAnInterval() {
    String name = HOPPER + "+promote:interval=64";
    assertThat(Units.named(name)).contains(new PromotedSpec(name, hopper(), 64));
  }

  @Test
  void sparsityIsTwoOfFourOfTheWeightsUnlessSaid() {
    String name = HOPPER + "+sparse";
    assertThat(Units.named(name))
        .contains(
            new SparseDotSpec(name, hopper(), Sparsity.parse("2of4"), SparseDotSpec.Side.RIGHT));
  }

  @Test
  void weightsAreScaledBeforeUnlessSaid() {
    String name = HOPPER + "+dequantize:weights=int4";
    assertThat(Units.named(name))
        .contains(
            new DequantizedSpec(
                name,
                hopper(),
                Formats.canonical("int4"),
                DequantizedSpec.Scale.BEFORE,
                DequantizedSpec.Zero.SUBTRACTED,
                64));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvidia.hopper.wgmma.m64n8k16.f32.bf16.bf16+zeros_dropped+promote:interval=16",
        "fused:a=fp16,length=4,kept_fraction_bits=24+sparse:pattern=1of2,side=left+promote:interval=8",
        "nvidia.hopper.wgmma.m64n8k16.f32.f16.f16+sparse+dequantize:weights=nf4,scale=after,"
            + "shared_by=1+promote:interval=128"
      })
  void optionsFollowEachOther(String name) {
    assertThat(Units.create(Units.named(name).orElseThrow()).spec().name()).isEqualTo(name);
  }

  @Test
  void unitsOfAnotherCatalogueHaveOptionsToo() {
    UnitSpec own = new FmaChainSpec("own", Formats.BINARY32, 4);
    assertThat(
            Units.named(
                "own+promote:interval=4",
                name -> name.equals("own") ? Optional.of(own) : Optional.empty()))
        .contains(new PromotedSpec("own+promote:interval=4", own, 4));
  }

  @Test
  void anUnknownUnitIsUnknownWithOptionsToo() {
    assertThat(Units.named("nvidia.hopper.none+sparse")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "promote | interval is missing",
        "promote:interval=0 | promotion interval must be 1..1048576: 0",
        "promote:interval=4,to=8 | unknown to; there are interval",
        "prune:pattern=2of4 | unknown option prune; there are promote, sparse, dequantize, mixed,"
            + " pipeline",
        "sparse:pattern=4of2 | kept elements of a sparse group must be 1..1: 4",
        "sparse:side=top | side must be one of left, right: top",
        "dequantize | weights is missing",
        "dequantize:weights=fp4 | format fp4 is ambiguous: one of e2m1fn, gen_e3m0_fin, nf4",
        "dequantize:weights=int4,scale=never"
            + " | scale must be one of before, groups_before, after: never",
        "dequantize:weights=uint4,zero=one | zero must be one of subtracted, fused: one"
      })
  void aMistakeIsNamed(String option, String rule) {
    String name = HOPPER + "+" + option;
    assertThatThrownBy(() -> Units.named(name)).hasMessage(name + ": " + rule);
  }
}
