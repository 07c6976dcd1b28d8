package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages of the named studies refer to is what the program computes today. */
class StudiesTest {
  private static final Path SWEEPS = Path.of("../../configs/sweeps");
  private static final Path STUDIES = Path.of("../../reports/studies");
  private static final Pattern CHART = Pattern.compile("]\\(([^)]*[.]png)\\)");
  private static final int SAMPLE = 2;

  @TempDir private Path folder;

  static Stream<String> studies() throws IOException {
    try (Stream<Path> files = Files.list(SWEEPS)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("study-"))
              .map(name -> name.replaceFirst("^study-", "").replaceFirst("\\.yaml$", ""))
              .sorted()
              .toList();
      return names.stream();
    }
  }

  @Test
  void thereAreFive() throws IOException {
    assertThat(studies())
        .containsExactly(
            "accumulators",
            "blocks-with-outliers",
            "lut-against-mac",
            "minifloat-against-integer",
            "mixed-precision");
  }

  @ParameterizedTest
  @MethodSource("studies")
  void theFirstPointsOfAStudyAreThoseThatItsTableHas(String study) throws IOException {
    Path designs = folder.resolve(study + ".yaml");
    String file = Files.readString(SWEEPS.resolve("study-" + study + ".yaml"));
    // What a search finds stands behind the designs for all layers, and a search has no first
    // points.
    Files.writeString(designs, file.replaceFirst("(?s)\nsearch:.*", "\n"));
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(
                "sweep",
                designs.toString(),
                "--limit",
                String.valueOf(SAMPLE),
                "--out",
                folder.resolve(study).toString());
    assertThat(code).as(err.toString()).isZero();
    assertThat(rows(folder.resolve(study)))
        .hasSize(1 + SAMPLE)
        .isSubsetOf(rows(STUDIES.resolve(study)));
  }

  /** The table without its last column, fronts, which are those of all points. */
  private static List<String> rows(Path study) throws IOException {
    return Files.readAllLines(study.resolve("points.csv")).stream()
        .map(row -> row.substring(0, row.lastIndexOf(',')))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("studies")
  void thePageOfAStudyShowsChartsThatAreThere(String study) throws IOException {
    List<String> charts =
        CHART
            .matcher(Files.readString(STUDIES.resolve(study + ".md")))
            .results()
            .map(link -> link.group(1))
            .toList();
    assertThat(charts)
        .isNotEmpty()
        .allSatisfy(chart -> assertThat(STUDIES.resolve(chart)).isRegularFile());
  }
}
