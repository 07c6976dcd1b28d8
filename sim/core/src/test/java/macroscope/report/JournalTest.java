package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Metric;
import macroscope.hardware.Activity;
import macroscope.hardware.Stationary;
import macroscope.sweep.Measurement;
import macroscope.unit.LookupCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir private Path folder;

  private static Measurement measurement(double nll) {
    Metric metric = new Metric("nll", nll, 0.1 + 0.2);
    return new Measurement(
        new AccuracyResult(List.of(metric), 10, 1, "ab12"),
        1.0 / 3,
        Optional.of(new LookupCounts(3, 20, 1, 4, 7)));
  }

  private Path write(double... values) throws IOException {
    Path file = folder.resolve("journal");
    try (Journal journal = Journal.open(file)) {
      for (double value : values) {
        journal.keep("key " + value, measurement(value));
      }
    }
    return file;
  }

  @Test
  void measurementsAreFoundAgainBitForBit() throws IOException {
    Path file = write(0.1, Double.NaN);
    try (Journal journal = Journal.open(file)) {
      assertThat(journal.find("key 0.1")).contains(measurement(0.1));
      assertThat(journal.find("key NaN")).contains(measurement(Double.NaN));
      assertThat(journal.find("another")).isEmpty();
    }
  }

  @Test
  void togglesAreFoundAgainBitForBit() throws IOException {
    Measurement counted =
        new Measurement(
            measurement(1).task(),
            1.0 / 3,
            Optional.empty(),
            Map.of(Stationary.RIGHT, new Activity(0.1, 0.2, 1.0 / 3, 0)));
    Path file = folder.resolve("journal");
    try (Journal journal = Journal.open(file)) {
      journal.keep("key", counted);
    }
    try (Journal journal = Journal.open(file)) {
      assertThat(journal.find("key")).contains(counted);
    }
  }

  @Test
  void aLineThatWasCutOffIsForgottenAndTheOthersStay() throws IOException {
    Path file = write(1, 2);
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 9));
    try (Journal journal = Journal.open(file)) {
      assertThat(journal.size()).isEqualTo(1);
      journal.keep("key 3.0", measurement(3));
    }
    assertThat(Files.readString(file))
        .isEqualTo(text.lines().findFirst().orElseThrow() + "\n" + line3());
  }

  private String line3() throws IOException {
    try (Journal journal = Journal.open(folder.resolve("other"))) {
      journal.keep("key 3.0", measurement(3));
      return journal.text(List.of("key 3.0"));
    }
  }

  @Test
  void aLineThatNobodyCanReadIsForgotten() throws IOException {
    Path file = Files.writeString(folder.resolve("journal"), "{\"key\":1}\nnonsense\n");
    try (Journal journal = Journal.open(file)) {
      assertThat(journal.size()).isZero();
    }
  }
}
