package macroscope;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import macroscope.unit.ExactFloatKernel;
import org.junit.jupiter.api.Test;

/** Which package of the hardware models may know which, and where floating point is allowed. */
@AnalyzeClasses(packages = "macroscope", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("macroscope.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule formatStandsAlone = knowsOnly("format");

  /** Of {@code hardware} it uses the checks of widths only. */
  @ArchTest
  static final ArchRule tensorKnowsFormatsAndWidths = knowsOnly("tensor", "format", "hardware");

  @ArchTest static final ArchRule hardwareStandsAlone = knowsOnly("hardware");

  @ArchTest
  static final ArchRule unitKnowsFormatsTensorsAndHardware =
      knowsOnly("unit", "format", "tensor", "hardware");

  @ArchTest
  static final ArchRule elementwiseKnowsFormatsAndHardware =
      knowsOnly("elementwise", "format", "hardware");

  @ArchTest
  static final ArchRule referenceKnowsUnits =
      knowsOnly("reference", "format", "tensor", "hardware", "unit", "elementwise");

  private static ArchRule knowsOnly(String owner, String... others) {
    String[] allowed =
        Stream.concat(
                Stream.of("java..", "org.jspecify.annotations..", "macroscope." + owner + ".."),
                Stream.of(others).map(other -> "macroscope." + other + ".."))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("macroscope." + owner + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  @Test
  void unitsComputeInIntegers() throws IOException, URISyntaxException {
    Path classes =
        Path.of(ExactFloatKernel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(
            FloatInstructions.in(
                classes.resolve("macroscope/unit"),
                Set.of("macroscope.unit.IeeeArithmetic"),
                ExactFloatKernel.class.getName()))
        .as("floating-point arithmetic outside IeeeArithmetic and classes @ExactFloatKernel")
        .isEmpty();
  }
}
