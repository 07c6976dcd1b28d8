package macroscope.machine.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import macroscope.config.LanguageModelFile;
import macroscope.config.LayerMachines;
import macroscope.config.MachineCatalogue;
import macroscope.machine.layer.LayerFormats;
import macroscope.workload.Inference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** T-MAC's published tokens a second; docs/machines.md has the error of each row. */
class PublishedTokensTest {

  /** Neither is said where the rows were published. */
  private static final int CONTEXT = 128;

  private static final int OUTPUT_BITS = 16;

  /** A row: what was published and what comes out. */
  private record Row(String machine, String model, int threads, boolean docs, double error) {}

  private static List<Row> rows() throws IOException {
    try (InputStream in =
        PublishedTokensTest.class.getResourceAsStream("/machines/tmac-tokens-published.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> row(line.split(",")))
          .toList();
    }
  }

  private static Row row(String[] cells) {
    int threads = Integer.parseInt(cells[3]);
    double predicted = tokensPerSecond(cells[0], cells[1], cells[2], threads);
    return new Row(
        cells[0],
        cells[1],
        threads,
        cells[5].equals("docs"),
        predicted / Double.parseDouble(cells[4]) - 1);
  }

  private static double tokensPerSecond(String machine, String model, String weights, int threads) {
    int bits = weights.charAt(3) - '0';
    double stored = bits + (weights.endsWith("128") ? 16.0 / 128 : 0);
    LayerPrecision precision =
        new LayerPrecision(
            formats("int" + bits, bits, stored),
            formats("binary16", OUTPUT_BITS, OUTPUT_BITS),
            formats("binary16", 16, 16),
            32);
    return ModelOnLayers.estimate(
            LayerMachines.read(MachineCatalogue.path(machine), threads),
            precision,
            LanguageModelFile.find(model),
            new Inference(true, 1, CONTEXT, false))
        .perSecond();
  }

  private static LayerFormats formats(String weights, int bits, double stored) {
    return new LayerFormats("binary16", weights, 16, bits, 16, stored);
  }

  private static double mean(Predicate<Row> which) throws IOException {
    return rows().stream()
        .filter(which)
        .mapToDouble(row -> Math.abs(row.error()))
        .average()
        .orElseThrow();
  }

  @Test
  void tokensOfOneThreadAreWithinTwelvePerCentOnAverage() throws IOException {
    assertThat(mean(row -> row.threads() == 1)).isLessThan(0.12);
  }

  /** One row of several threads fits the bandwidth that cores share on rpi5 and on orin. */
  @ParameterizedTest
  @CsvSource({"rpi5, 0.065", "orin, 0.14"})
  void everyRowOfAMachineWhoseBandwidthIsKnownIsPredicted(String machine, double largest)
      throws IOException {
    assertThat(rows())
        .filteredOn(row -> row.machine().equals(machine))
        .isNotEmpty()
        .allMatch(row -> Math.abs(row.error()) < largest);
  }

  /** What several threads lose beside memory is not modelled: too fast by up to a factor of 2.1. */
  @Test
  void severalThreadsAreNeverPredictedMuchTooSlow() throws IOException {
    assertThat(rows()).allMatch(row -> row.error() > -0.12 && row.error() < 1.12);
  }

  @Test
  void theRaspberryPiOfTheAbstractComesToElevenTokensASecond() throws IOException {
    assertThat(rows())
        .filteredOn(row -> row.machine().equals("rpi5") && !row.docs())
        .singleElement()
        .matches(row -> Math.abs(row.error()) < 0.065);
  }
}
