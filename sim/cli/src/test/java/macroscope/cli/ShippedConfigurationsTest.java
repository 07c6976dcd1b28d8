package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import macroscope.accuracy.MatrixFormat;
import macroscope.config.AcceleratorFile;
import macroscope.config.DeviceFile;
import macroscope.config.GemmErrorFile;
import macroscope.config.QsnrSweepFile;
import macroscope.config.SweepLoader;
import macroscope.config.TechnologyFile;
import macroscope.config.UnitFile;
import macroscope.config.UnitNames;
import macroscope.format.FloatFormat;
import macroscope.fpga.Accelerator;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.GemmErrorSweep;
import macroscope.sweep.QsnrSweep;
import macroscope.sweep.SweepPlan;
import macroscope.sweep.Workload;
import macroscope.tensor.TensorFormats;
import macroscope.unit.UnitSpec;
import macroscope.unit.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in {@code configs} is read, and every sweep written out. */
class ShippedConfigurationsTest {

  private static final Path CONFIGS = Path.of(System.getProperty("macroscope.home"), "configs");

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS.resolve(folder))) {
      return files.sorted().toList();
    }
  }

  static List<Path> machines() throws IOException {
    return files("machines");
  }

  static List<Path> technologies() throws IOException {
    return files("technologies");
  }

  @ParameterizedTest
  @MethodSource("machines")
  void aMachineHasTheNameOfItsFile(Path file) {
    assertThat(MachineListing.read(file).name() + ".yaml").isEqualTo(file.getFileName().toString());
  }

  @ParameterizedTest
  @MethodSource("technologies")
  void aTechnologyHasTheNameOfItsFile(Path file) {
    assertThat(TechnologyFile.read(file).name() + ".yaml").isEqualTo(file.getFileName().toString());
  }

  static List<Path> devices() throws IOException {
    return files("devices");
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aDeviceHasTheNameOfItsFile(Path file) {
    assertThat(DeviceFile.read(file).device().name() + ".yaml")
        .isEqualTo(file.getFileName().toString());
  }

  static List<Path> accelerators() throws IOException {
    return files("accelerators");
  }

  @ParameterizedTest
  @MethodSource("accelerators")
  void anAcceleratorFitsItsDevice(Path file) {
    assertThat(
            AcceleratorFile.find(file.toString()).accelerator(Optional.empty(), Optional.empty()))
        .matches(Accelerator::fits);
  }

  static List<Path> units() throws IOException {
    return files("units");
  }

  @ParameterizedTest
  @MethodSource("units")
  void aUnitIsFoundByTheNameOfItsFile(Path file) {
    UnitSpec unit = UnitNames.find(file.getFileName().toString().replace(".yaml", ""));
    assertThat(unit).isEqualTo(UnitFile.read(file));
    assertThat(Units.create(unit).inventory().lines()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "quickstart.yaml, 264, 2, 66, 4",
    "mnist-full.yaml, 330, 2, 66, 4",
    "language-model.yaml, 36, 1, 18, 4",
    "mixed-precision.yaml, 90, 1, 45, 3",
    "sram-tables.yaml, 20, 1, 20, 2",
    "language-model-lut.yaml, 47, 1, 47, 5"
  })
  void aSweepExpands(String name, int points, int networks, int numerics, int families) {
    SweepPlan plan = SweepLoader.read(CONFIGS.resolve("sweeps").resolve(name)).plan();
    assertThat(name).isEqualTo(plan.name() + ".yaml");
    assertThat(plan.points()).hasSize(points);
    assertThat(plan.workloads()).hasSize(networks);
    assertThat(plan.points().stream().map(DesignPoint::numerics).distinct()).hasSize(numerics);
    assertThat(plan.points().stream().map(DesignPoint::family).distinct()).hasSize(families);
  }

  /** Every split of 3 to 8 bits: 27 formats, 6 integers; the language model is left out here. */
  @Test
  void theStudyOfMinifloatsHasEverySplitOfExponentAndFraction(@TempDir Path folder)
      throws IOException {
    String study = Files.readString(CONFIGS.resolve("sweeps").resolve("minifloat-study.yaml"));
    Path small =
        Files.writeString(
            folder.resolve("study.yaml"),
            study
                .replace("models: [mnist-cnn, kjv-gpt]", "models: mnist-cnn")
                .replace(", kjv-gpt: 8}", "}")
                .replaceAll("(?m)^.*models: kjv-gpt.*\n", ""));
    SweepPlan plan = SweepLoader.read(small).plan();
    assertThat(plan.points()).hasSize(146);
    assertThat(
            plan.points().stream()
                .filter(point -> point.block().equals("minifloats"))
                .map(point -> point.weights().element())
                .filter(FloatFormat.class::isInstance)
                .map(
                    format ->
                        ((FloatFormat) format).exponentBits() * 10
                            + ((FloatFormat) format).fractionBits()))
        .containsExactlyInAnyOrder(
            11, 20, 12, 21, 30, 13, 22, 31, 40, 14, 23, 32, 41, 50, 15, 24, 33, 42, 51, 60, 16, 25,
            34, 43, 52, 61, 70);
  }

  /** The encoder is left out, which must be fetched. */
  @Test
  void theSweepOfCalibrationsHasEachNetworkUncalibratedAndCalibrated(@TempDir Path folder)
      throws IOException {
    String all = Files.readString(CONFIGS.resolve("sweeps/formats-calibrations-units.yaml"));
    Path small =
        Files.writeString(
            folder.resolve("three.yaml"),
            all.replace(", minilm]", "]")
                .replace(", minilm: 32}", "}")
                .replaceAll("(?m)^.*models: minilm}\n", "")
                .replaceAll("(?s)  # The encoder has.*", ""));
    SweepPlan plan = SweepLoader.read(small).plan();
    assertThat(plan.points()).hasSize(138);
    for (Workload workload : plan.workloads()) {
      assertThat(
              plan.points().stream()
                  .filter(point -> point.workload().equals(workload))
                  .map(point -> point.calibration().names())
                  .distinct())
          .containsExactlyInAnyOrder("", "smoothquant", "gptq", "smoothquant+gptq");
    }
  }

  @Test
  void noSweepIsLeftOut() throws IOException {
    assertThat(files("sweeps").stream().map(file -> file.getFileName().toString()))
        .containsExactly(
            "formats-calibrations-units.yaml",
            "gemm-error.yaml",
            "language-model-lut.yaml",
            "language-model.yaml",
            "lut-crossover.yaml",
            "minifloat-study.yaml",
            "mixed-precision.yaml",
            "mnist-full.yaml",
            "qsnr-formats.yaml",
            "qsnr-published.yaml",
            "qsnr-roundings.yaml",
            "quickstart.yaml",
            "rate-kjv-gpt.yaml",
            "rate-mnist-cnn.yaml",
            "search-mnist.yaml",
            "sram-tables.yaml",
            "study-accumulators.yaml",
            "study-blocks-with-outliers.yaml",
            "study-lut-against-mac.yaml",
            "study-minifloat-against-integer.yaml",
            "study-mixed-precision.yaml");
  }

  @Test
  void theSweepOfProductsShowsThreeGenerationsAtKOf4096() {
    Path file = CONFIGS.resolve("sweeps").resolve("gemm-error.yaml");
    GemmErrorSweep.NamedUnits units = GemmErrorFile.read(file).units();
    assertThat(units.depths()).contains(4096);
    assertThat(units.curves())
        .extracting(curve -> curve.unit().name())
        .anyMatch(name -> name.startsWith("nvidia.hopper"))
        .anyMatch(name -> name.startsWith("nvidia.adalovelace"))
        .anyMatch(name -> name.startsWith("nvidia.blackwell"));
  }

  @Test
  void theSweepOfFormatsHasEveryBlockFormat() {
    Path file = CONFIGS.resolve("sweeps").resolve("qsnr-formats.yaml");
    assertThat(QsnrSweepFile.read(file).series())
        .flatExtracting(QsnrSweep.Series::formats)
        .extracting(MatrixFormat::name)
        .map(name -> name.equals("mxfp4") ? "mxfp4_e2m1" : name)
        .containsAll(TensorFormats.blockNames().stream().filter(n -> !n.equals("bfp4")).toList());
  }
}
