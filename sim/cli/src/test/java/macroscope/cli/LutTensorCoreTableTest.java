package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import macroscope.config.TechnologyFile;
import macroscope.cost.CostModel;
import macroscope.unit.DotProductUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Table 1 of LUT Tensor Core (Mo et al., ISCA 2025, arXiv 2408.06003); docs/machines.md has the errors. */
class LutTensorCoreTableTest {

  /** From 45 nm to the paper's 28 nm: the one constant, the geometric mean over the five rows. */
  private static final double SHRINK = 0.302;

  /** Published: area of a multiprocessor's tensor cores over their multiply-accumulates a cycle. */
  @ParameterizedTest
  @CsvSource({
    "nvidia.ampere.mma.m16n8k16.f32.f16.f16.f32, 975000, 1024, -0.43",
    "nvidia.ampere.mma.m16n8k32.s32.s8.s8.s32, 312000, 2048, 0.33",
    "'lut_tensor_core:activations=int8,weights=int2', 187000, 4096, 0.10",
    "nvidia.hopper.wgmma.m64n256k32.f32.e4m3.e4m3, 918000, 4096, -0.32",
    "'lut_tensor_core:activations=e4m3fn,weights=int2', 488000, 4096, 0.77"
  })
  void anAreaMissesThePublishedOneBy(String unit, double area, int macs, double error) {
    DotProductUnit<?> made = UnitArgument.resolve("unit", unit);
    CostModel model = new CostModel(TechnologyFile.find("nangate45"));
    double each =
        model.area(made.inventory()).total() * made.pipeline().initiationInterval() / made.length();
    double predicted = SHRINK * each;
    assertThat(predicted / (area / macs) - 1).isBetween(error - 0.02, error + 0.02);
  }

  /** Published: 3.39 TFLOP/s a mm2 at 1 GHz of the paper's own dot product unit of four. */
  @Test
  void theDotProductOfFourIsWithinThreePercent() {
    DotProductUnit<?> made =
        UnitArgument.resolve("unit", "nvidia.volta.mma.m8n8k4.f32.f16.f16.f32");
    CostModel model = new CostModel(TechnologyFile.find("nangate45"));
    double each = SHRINK * model.area(made.inventory()).total() / made.length();
    assertThat(each / (2e9 / 3.39e12 * 1e6) - 1).isBetween(-0.03, 0.03);
  }

  private static double latency(String... arguments) {
    StringWriter out = new StringWriter();
    List<String> all = new ArrayList<>(List.of("network", "--model", "bitnet-3b"));
    all.addAll(List.of(arguments));
    Macroscope.commandLine().setOut(new PrintWriter(out)).execute(all.toArray(String[]::new));
    return Double.parseDouble(out.toString().split("\nlatency +")[1].split(" ")[0]);
  }

  private static double milliseconds(String machine, String weights) {
    return latency(
        "--machine",
        machine,
        "--activations",
        "int8:token",
        "--attention",
        "fp16",
        "--weights",
        weights);
  }

  /** Published: 106.71 ms in binary16 at 2048 tokens, 67.06, 42.49 and 38.02 with the others. */
  @Test
  void speedupsOfPrefillAreWithinTwentyEightPerCentOfThePublishedOnes() {
    double half = latency("--machine", "a100");
    List<Double> errors =
        List.of(
            half / milliseconds("a100", "int8:channel") / (106.71 / 67.06) - 1,
            half / milliseconds("a100-lut-4x", "int2:channel") / (106.71 / 42.49) - 1,
            half / milliseconds("a100-lut-8x", "int2:channel") / (106.71 / 38.02) - 1);
    assertThat(errors).allMatch(error -> Math.abs(error) < 0.28);
  }
}
