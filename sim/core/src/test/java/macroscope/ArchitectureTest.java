package macroscope;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * Which package of the simulator may know which, and which library belongs to which package.
 *
 * <p>Models know nothing of sweeps, sweeps nothing of reports, and none of them of YAML: {@code
 * config} builds them all. A model that refuses its arguments throws {@code
 * IllegalArgumentException}; whoever reads a file ({@code config}, an ONNX reader, a replay of
 * vectors) adds the place and throws {@code InputException}.
 */
@AnalyzeClasses(packages = "macroscope", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] MODELS =
      packages("machine", "cost", "fpga", "workload", "accuracy", "calibrate", "verify", "rtl");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("macroscope.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule modelsDoNotKnowWhoUsesThem =
      noClasses()
          .that()
          .resideInAnyPackage(MODELS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages("sweep", "report", "config", "cli"));

  @ArchTest
  static final ArchRule sweepsDoNotKnowReports =
      noClasses()
          .that()
          .resideInAnyPackage(packages("sweep"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages("report", "config", "cli"));

  @ArchTest
  static final ArchRule reportsDoNotKnowConfiguration =
      noClasses()
          .that()
          .resideInAnyPackage(packages("report"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages("config", "cli"));

  @ArchTest
  static final ArchRule chartsBelongToReports =
      only(packages("report"), "org.jfree..", "org.apache.batik..");

  @ArchTest
  static final ArchRule csvBelongsToReportsAndVerification =
      only(packages("report", "verify"), "org.apache.commons.csv..");

  /** YAML is read in {@code config} alone; a manifest and a vocabulary are JSON. */
  @ArchTest
  static final ArchRule jacksonBelongsToConfigurationAndReports =
      only(packages("config", "report", "accuracy"), "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule yamlBelongsToConfiguration =
      only(packages("config"), "com.fasterxml.jackson.dataformat.yaml..", "org.yaml..");

  @ArchTest
  static final ArchRule protobufBelongsToOnnx =
      only(packages("onnx"), "ai.onnx..", "com.google.protobuf..", "org.tribuo..");

  @ArchTest
  static final ArchRule optimisationBelongsToCostAndSearch =
      only(packages("cost", "search"), "org.ojalgo..");

  @ArchTest
  static final ArchRule geneticAlgorithmsBelongToSearch =
      only(packages("search"), "org.moeaframework..");

  @ArchTest
  static final ArchRule searchesDoNotKnowReports =
      noClasses()
          .that()
          .resideInAnyPackage(packages("search"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages("report", "config", "cli"));

  @ArchTest
  static final ArchRule linearAlgebraBelongsToCalibration =
      only(packages("calibrate"), "org.ejml..");

  @ArchTest
  static final ArchRule objectsAsBytesBelongToCalibration =
      only(packages("calibrate"), "com.esotericsoftware..");

  private static ArchRule only(String[] owners, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(owners)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }

  private static String[] packages(String... names) {
    return Stream.of(names).map(name -> "macroscope." + name + "..").toArray(String[]::new);
  }
}
