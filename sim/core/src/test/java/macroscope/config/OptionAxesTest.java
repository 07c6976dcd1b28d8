package macroscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import macroscope.format.Formats;
import macroscope.input.InputException;
import macroscope.tensor.TensorFormats;
import macroscope.unit.BitPlaneMacSpec;
import macroscope.unit.DequantizedSpec;
import macroscope.unit.FusedDotSpec;
import macroscope.unit.IntegerMacSpec;
import macroscope.unit.MixedBlocksSpec;
import macroscope.unit.PipelinedSpec;
import macroscope.unit.PromotedSpec;
import macroscope.unit.SparseDotSpec;
import macroscope.unit.UnitSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionAxesTest {

  /** A list of units, as designs have it. */
  record Units(List<UnitAxes> units) {}

  @TempDir Path folder;

  private List<UnitSpec> units(String yaml, String weights, String activations) throws IOException {
    Path file = Files.writeString(folder.resolve("units.yaml"), "units: [" + yaml + "]\n");
    return Yaml.read(file, Units.class).units().stream()
        .flatMap(
            axes ->
                axes
                    .units(
                        TensorFormats.parse(weights),
                        TensorFormats.parse(activations),
                        SumDemand.unknown("no network"))
                    .stream())
        .toList();
  }

  private List<String> names(String yaml) throws IOException {
    return units(yaml, "int4:channel", "binary16").stream().map(UnitSpec::name).toList();
  }

  @Test
  void weightsBecomeTheOperandOfTheUnit() throws IOException {
    String yaml =
        "{family: dequantized, to: bfloat16, of: [{family: fused, length: 8, kept_fraction_bits: 9}]}";
    DequantizedSpec spec = (DequantizedSpec) units(yaml, "int4:channel", "binary16").get(0);
    assertThat(((FusedDotSpec) spec.unit()).b()).isEqualTo(Formats.BFLOAT16);
    assertThat(((FusedDotSpec) spec.unit()).a()).isEqualTo(Formats.BINARY16);
    assertThat(spec.weights().name()).isEqualTo("int4sym");
    assertThat(spec.sharedBy()).isEqualTo(64);
  }

  @Test
  void everyParameterOfDequantizationIsAnAxis() throws IOException {
    String yaml =
        "{family: dequantized, to: [binary16, bfloat16], scale: [before, groups_before], "
            + "zero: [subtracted, fused], shared_by: [1, 64], "
            + "of: [{family: fused, length: [8, 16], kept_fraction_bits: 9}]}";
    assertThat(units(yaml, "int4:channel", "binary16")).hasSize(32).doesNotHaveDuplicates();
  }

  @Test
  void namesTellOptionsApart() throws IOException {
    String yaml =
        "{family: dequantized, to: binary16, scale: [before, after], shared_by: [1, 64], "
            + "of: [{family: fused, length: 8, kept_fraction_bits: 9}]}";
    assertThat(names(yaml))
        .containsExactly(
            "fused L8 F9 + dequantize /1",
            "fused L8 F9 + dequantize",
            "fused L8 F9 + dequantize after /1",
            "fused L8 F9 + dequantize after");
  }

  @Test
  void stagesAreAnAxisOfUnits() throws IOException {
    String yaml =
        "{family: pipelined, stages: [1, 2], of: [{family: integer_mac, length: 4, "
            + "accumulator_bits: 32}]}";
    assertThat(units(yaml, "int8:channel", "int8:token"))
        .extracting(unit -> ((PipelinedSpec) unit).stages())
        .containsExactly(1, 2);
  }

  @Test
  void promotionIsAnAxisOfUnits() throws IOException {
    String yaml =
        "{family: promoted, interval: [64, 128], of: [{family: preset, "
            + "name: nvidia.hopper.wgmma.m64n8k32.f32.e4m3.e4m3}]}";
    assertThat(units(yaml, "e4m3fn:channel", "e4m3fn:token"))
        .extracting(unit -> ((PromotedSpec) unit).interval())
        .containsExactly(64, 128);
  }

  @Test
  void blocksOfTwoWidthsTakeTheirShareFromTheFormat() throws IOException {
    String yaml =
        "{family: mixed, of: [{family: dequantized, to: int8, scale: after, "
            + "of: [{family: integer_mac, length: 16, accumulator_bits: 32}]}]}";
    MixedBlocksSpec spec =
        (MixedBlocksSpec) units(yaml, "int4:channel", "fmpq64:1of8:sorted").get(0);
    assertThat(spec.block()).isEqualTo(64);
    assertThat(spec.share().name()).isEqualTo("1of8");
    assertThat(((IntegerMacSpec) spec.low()).a().bits()).isEqualTo(4);
  }

  @Test
  void everyParameterOfBlocksOfTwoWidthsIsAnAxis() throws IOException {
    String yaml =
        "{family: mixed, block: [32, 64], high: [1of4, 1of8], "
            + "low: [{family: integer_mac, length: [16, 32], accumulator_bits: 32}], "
            + "of: [{family: integer_mac, length: [8, 16], accumulator_bits: 32}]}";
    assertThat(units(yaml, "int4:channel", "fmpq64:blocks0"))
        .hasSize(16)
        .doesNotHaveDuplicates()
        .extracting(UnitSpec::name)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int8:token | activations must have blocks of two widths: int8:token",
        "fmpq64:blocks0 | high is missing: the format lists its blocks"
      })
  void blocksOfTwoWidthsNeedAFormatThatHasThem(String activations, String rule) {
    String yaml = "{family: mixed, of: [{family: integer_mac, length: 8, accumulator_bits: 32}]}";
    assertThatThrownBy(() -> units(yaml, "int4:channel", activations)).hasMessage(rule);
  }

  @Test
  void optionsFollowEachOther() throws IOException {
    String yaml =
        "{family: promoted, interval: 32, of: [{family: sparse, pattern: [2of4, 1of2], "
            + "of: [{family: fused, length: 16, kept_fraction_bits: 25}]}]}";
    assertThat(units(yaml, "binary16:2of4", "binary16"))
        .extracting(unit -> ((SparseDotSpec) ((PromotedSpec) unit).unit()).sparsity().name())
        .containsExactly("2of4", "1of2");
  }

  @Test
  void binaryArraysTakeTheFormatsOfTheOperands() throws IOException {
    String yaml =
        "{family: bit_planes, length: [64, 128], accumulator_bits: [24, 32], arrays: [1, 4]}";
    assertThat(units(yaml, "int2:channel", "int8:token"))
        .hasSize(8)
        .doesNotHaveDuplicates()
        .extracting(unit -> ((BitPlaneMacSpec) unit).pairs())
        .containsOnly(16);
  }

  @Test
  void filesOfUnitsHaveOptionsToo() throws IOException {
    Path core =
        Files.writeString(
            folder.resolve("mine.yaml"),
            "description: a core\na: e5m2\nlength: 8\nkept_fraction_bits: 12\n");
    assertThat(UnitNames.find(core + "+promote:interval=16"))
        .isEqualTo(new PromotedSpec(core + "+promote:interval=16", UnitFile.read(core), 16));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{family: promoted, of: [{family: kulisch, length: 4, terms: 4}]}"
            + " | units.yaml:1: units[1]: key interval is missing",
        "{family: sparse, pattern: 2of4, of: []} | units.yaml:1: units[1].of: list must not be empty",
        "{family: promoted, interval: 4, of: [{family: none}]} | units.yaml:1:"
            + " units[1].of[1].family: must be one of bit_planes, dequantized, fma_chain, fused,"
            + " integer_mac, kulisch, lookup_table, mixed, packed_mac, pipelined, preset, promoted, sparse: none"
      })
  void aMistakeIsFoundInside(String yaml, String message) {
    assertThatThrownBy(() -> units(yaml, "int4:channel", "binary16"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(message);
  }
}
