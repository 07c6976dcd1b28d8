package macroscope.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The command line is thin: of the libraries it sees picocli, and Jackson for {@code --json}. */
@AnalyzeClasses(packages = "macroscope.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule workIsLeftToTheSimulator =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.jfree..",
              "org.apache.batik..",
              "org.apache.commons.csv..",
              "com.fasterxml.jackson.dataformat.yaml..",
              "org.yaml..",
              "ai.onnx..",
              "com.google.protobuf..",
              "org.tribuo..",
              "org.ojalgo..",
              "org.moeaframework..");
}
