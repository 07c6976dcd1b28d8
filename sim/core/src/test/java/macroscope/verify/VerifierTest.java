package macroscope.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import macroscope.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {

  private static final String HEADER = "id,outcome,predicted\n";

  @TempDir private Path folder;

  @Test
  void countsOutcomesOfEachRow() throws IOException {
    FileReport report = verify(HEADER + "a,passes,1\nb,fails,1\nc,passes,1\nd,unheard-of,1\n");
    assertThat(List.of(report.rows(), report.passed(), report.failed(), report.unsupported()))
        .containsExactly(4L, 2L, 1L, 1L);
  }

  @Test
  void tellsWhichRowFailed() throws IOException {
    assertThat(verify(HEADER + "a,passes,1\nb,fails,1\n").failures())
        .containsExactly(new FileReport.Failure("b", new Outcome.Failed("outcome", "a", "b")));
  }

  @Test
  void keepsOnlyTheFirstFailures() throws IOException {
    FileReport report = verify(HEADER + "row,fails,1\n".repeat(10));
    assertThat(report.failures()).hasSize(3);
  }

  @Test
  void groupsUnsupportedRowsByReason() throws IOException {
    assertThat(verify(HEADER + "a,x,1\nb,y,1\nc,x,1\n").reasons())
        .containsEntry("x is not known", 2L)
        .containsEntry("y is not known", 1L);
  }

  @Test
  void aFileHoldsIfEveryRowPasses() throws IOException {
    assertThat(verify(HEADER + "a,passes,1\n").holds()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fails", "unheard-of"})
  void oneOtherRowKeepsAFileFromHolding(String outcome) throws IOException {
    assertThat(verify(HEADER + "a,passes,1\nb," + outcome + ",1\n").holds()).isFalse();
  }

  @Test
  void readsGzipWhateverTheNameSays() throws IOException {
    Path file = folder.resolve("plain.csv");
    Files.write(file, gzip(HEADER + "a,passes,1\n"));
    assertThat(verify(file, 1).passed()).isEqualTo(1);
  }

  @Test
  void readsColumnsInAnyOrder() throws IOException {
    assertThat(verify("outcome,predicted,id\npasses,1,a\n").passed()).isEqualTo(1);
  }

  @Test
  void readsAByteOrderMarkAndWindowsLineEnds() throws IOException {
    assertThat(verify("\uFEFFid,outcome,predicted\r\na,passes,1\r\n").passed()).isEqualTo(1);
  }

  @Test
  void reportsTheSameForAnyNumberOfThreads() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < 5000; i++) {
      text.append(i).append(i % 7 == 3 ? ",fails," : ",measures,").append(i).append('\n');
    }
    Path file = write(text.toString());
    assertThat(verify(file, 4)).isEqualTo(verify(file, 1));
  }

  @Test
  void takesErrorsOfPredictionsRelativeToTheMeasurement() throws IOException {
    ErrorStatistics errors = verify(HEADER + "a,measures,9\nb,measures,14\n").metrics().get("m");
    assertThat(List.of(errors.meanRelativeError(), errors.greatestRelativeError()))
        .containsExactly(0.25, 0.4);
  }

  @Test
  void refusesAMissingFile() {
    refuses(folder.resolve("none.csv"), "none.csv: must exist: no such file");
  }

  @Test
  void refusesADirectory() {
    refuses(folder, "must be a file: it is a directory");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    refuses("", "must have a header line: the file is empty");
  }

  @Test
  void refusesAFileWithoutRows() throws IOException {
    refuses(HEADER, "must have rows: only a header line stands there");
  }

  @Test
  void refusesAnUnknownHeader() throws IOException {
    refuses("id,other\n1,2\n", "line 1: must be the header of a known kind of vectors [counting]");
  }

  @Test
  void refusesAnUnknownColumn() throws IOException {
    refuses("id,outcome,predicted,more\na,passes,1,2\n", "id,outcome,predicted,more");
  }

  @Test
  void refusesAColumnThatStandsTwice() throws IOException {
    refuses("id,outcome,id\n", "line 1: must name each column once: id stands twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"b,passes\n", "b,passes,1,2\n", "\n", "b"})
  void refusesARowOfAnotherLength(String row) throws IOException {
    refuses(HEADER + "a,passes,1\n" + row, "line 3: must have 3 columns as the header has: ");
  }

  @Test
  void refusesAFieldThatIsNotWhatItsColumnHolds() throws IOException {
    refuses(
        HEADER + "a,passes,1\nb,measures,many\n",
        "line 3, column predicted: must be a number: \"many\"");
  }

  @Test
  void refusesAGzipFileThatIsCutOff() throws IOException {
    byte[] whole = gzip(HEADER + "a,passes,1\n".repeat(1000));
    Path file = folder.resolve("cut.csv.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refuses(
        file, "must be readable as CSV text, plain or gzip: Unexpected end of ZLIB input stream");
  }

  @Test
  void refusesAGzipFileWithChangedBytes() throws IOException {
    byte[] bytes = gzip(HEADER + "a,passes,1\n".repeat(1000));
    bytes[bytes.length - 6] ^= 0x55;
    Path file = folder.resolve("changed.csv.gz");
    Files.write(file, bytes);
    refuses(file, "must be readable as CSV text, plain or gzip: Corrupt GZIP trailer");
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, (HEADER + "\u00e4,passes,1\n").getBytes(StandardCharsets.ISO_8859_1));
    refuses(file, "must be readable as CSV text, plain or gzip: it is not UTF-8");
  }

  @Test
  void refusesAWrongLaterFileBeforeItReplaysTheFirst() throws IOException {
    Path broken = write(HEADER + "a,breaks,1\n");
    Path unknown = folder.resolve("unknown.csv");
    Files.writeString(unknown, "x,y\n1,2\n");
    assertThatThrownBy(() -> verifier(1).verify(List.of(broken, unknown)))
        .isInstanceOf(InputException.class);
  }

  @Test
  void tellsTheRowOnWhichAModelBreaks() throws IOException {
    Path file = write(HEADER + "a,passes,1\nb,breaks,1\n");
    assertThatThrownBy(() -> verify(file, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("line 3: a bug");
  }

  private void refuses(String text, String message) throws IOException {
    refuses(write(text), message);
  }

  private static void refuses(Path file, String message) {
    assertThatThrownBy(() -> verify(file, 2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private FileReport verify(String text) throws IOException {
    return verify(write(text), 2);
  }

  private static FileReport verify(Path file, int threads) {
    return verifier(threads).verify(List.of(file)).get(0);
  }

  private static Verifier verifier(int threads) {
    return new Verifier(List.of(new CountingKind()), threads, 3);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
